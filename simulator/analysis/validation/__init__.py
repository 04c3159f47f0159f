"""Records against published patterns: targets, measures, scores.

Reads records only.
Begin with targets.py (what was published) and scores.py (pass or not).
"""
