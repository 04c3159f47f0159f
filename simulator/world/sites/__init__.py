"""Sites (local projects), whom they may reach, who belongs to them at the start.

Begin with site.py.
"""
