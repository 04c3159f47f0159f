"""Records compared with published patterns: targets, measures, checks.

Begin with pattern_targets.py (what was published) and pattern_checks.py (pass or fail).
"""
