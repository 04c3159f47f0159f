"""The brief: one HTML page for decision makers, with an annex, from stored results.

Begin with page.py.
"""
