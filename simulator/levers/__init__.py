"""Action levers as data: their cards, whom they reach, when they act, the handles they modify, what they cost.

Begin with card.py, then active_lever.py and modifiers.py.
"""
