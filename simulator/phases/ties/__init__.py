"""Helpers of `visit` and `bind`: a week of ties, creating ties, buffers.

The phases themselves are one folder up.
Begin with tie_week.py.
"""
