"""What commands print: tables and summaries.

Plain text.
Begin with summary.py.
"""
