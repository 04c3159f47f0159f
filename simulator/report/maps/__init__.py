"""Maps of losses, help and ties, never below groups of neighbourhoods.

Drawn on tiles, cells or outlines that the user gives. Begin with comparison_maps.py.
"""
