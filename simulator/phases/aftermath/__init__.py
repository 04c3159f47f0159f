"""Helpers of the phases of a crisis: who has open needs or aftermath, how these are served, who promises what.

The phases themselves are one folder up: strike, cope, mutual_aid, collective_aid, public_aid, recovery.
Begin with serving.py, then promises.py.
"""
