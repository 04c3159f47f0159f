"""Sheets: each result of an analysis as text, table and figure.

Begin with analysis_sheet.py.
"""
