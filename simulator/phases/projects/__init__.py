"""Helpers of the phases `hear`, `join` and `meet`: who wants to join, who attends, who works with whom.

The phases themselves are one folder up.
Begin with join_intent.py.
"""
