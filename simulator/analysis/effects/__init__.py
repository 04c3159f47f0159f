"""What a lever changed: arms, paired differences, costs.

Paired by seed and read from records only.
Begin with table.py (effects of every arm) and paired.py (differences with intervals).
"""
