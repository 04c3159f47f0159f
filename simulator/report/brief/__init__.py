"""The brief: one page to print, and its annex.

Reads results through analysis.
Begin with page.py.
"""
