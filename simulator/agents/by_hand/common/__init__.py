"""What several reference stages need: lookups of residents and ties, decisions, allocation of help.

Begin with queries.py.
"""
