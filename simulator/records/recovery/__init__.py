"""The hit of a crisis: who they are, how long their recovery takes, until when each crisis is followed.

Begin with hit.py.
"""
