"""Helpers of `ask` and `aid`: whom a resident turns to, what is given, what it changes.

The phases themselves are one folder up.
Begin with choose.py, then give.py.
"""
