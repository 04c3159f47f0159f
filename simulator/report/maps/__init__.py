"""Maps of losses, help and ties, never below groups of neighbourhoods.

Drawn on outlines that the user gives, or on communes and groups of neighbourhoods as the model lays them out. Begin
with comparison_maps.py.
"""
