"""Ties: how they are stored, the ties a run starts with, their steady state.

Begin with tie.py.
"""
