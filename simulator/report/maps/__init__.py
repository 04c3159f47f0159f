"""Maps of losses, help and ties, never below groups of neighbourhoods.

On our own layout, or on outlines that the user gives.
Begin with maps.py.
"""
