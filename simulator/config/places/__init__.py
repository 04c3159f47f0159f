"""Which territory a run is in: places by name, by address point and radius, or from official files.

Begin with territory.py.
"""
