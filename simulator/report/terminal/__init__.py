"""What commands print, as plain text: comparisons, single runs, tables.

Begin with comparison_summary.py.
"""
