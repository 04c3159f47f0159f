"""Helpers of `aid`, `relief`, `reserve` and `institution`: who is asked, what is given, what it changes.

The phases themselves are one folder up.
Begin with helper_choice.py, then answers.py.
"""
