"""`resilience check`: settings, cards, places, populations and surveys, with nothing simulated.

Begin with check.py.
"""
