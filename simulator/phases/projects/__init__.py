"""Helpers of `join` and `meet`: who wants to join, who comes, who leads.

The phases themselves are one folder up.
Begin with join_intent.py.
"""
