"""Data of the page: choices, folders, and comparisons read from them. No Streamlit here.

Begin with comparison.py.
"""
