"""Results for spreadsheets: one workbook with numbers as numbers, and CSV files as French Excel reads them.

content.py says which sheets a folder gives, files.py writes them. Begin with content.py.
"""
