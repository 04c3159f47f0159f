"""Crises as data: their cards, who is exposed, what stops working, for how long.

Begin with card.py, then active_crisis.py.
"""
