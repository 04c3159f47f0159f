"""Helpers of `need`: which needs arise.

The phase itself is one folder up.
Begin with need_events.py.
"""
