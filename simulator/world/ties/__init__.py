"""Ties between residents: storage and access, the ties that a run starts with, and measures of the network.

Begin with tie.py.
"""
