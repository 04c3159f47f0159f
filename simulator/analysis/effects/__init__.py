"""Effects of levers: arms, outcomes, paired differences, costs.

Arms are compared seed by seed, from records alone.
Begin with effects_table.py (every arm, every outcome) and paired_comparison.py (differences with intervals).
"""
