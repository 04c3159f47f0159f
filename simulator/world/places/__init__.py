"""Territories, neighbourhoods, buildings on the map, outlines and official figures.

Begin with territory.py.
"""
