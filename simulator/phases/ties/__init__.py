"""Helpers of the phases `visit`, `form_ties` and `meet`: a week of ties, their buffers, creation of ties.

The phases themselves are one folder up.
Begin with tie_week.py.
"""
