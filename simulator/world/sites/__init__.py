"""Sites (local projects): their cards and layout, the candidates of each resident, and the members at the start.

Begin with site.py.
"""
