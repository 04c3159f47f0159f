"""Helpers of the phase `need`: which needs arise, and which were open before.

The phase itself is one folder up.
Begin with need_events.py.
"""
