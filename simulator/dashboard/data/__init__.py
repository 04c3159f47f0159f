"""What the page reads of a results folder.

Reads records through analysis; no Streamlit here.
Begin with comparison.py.
"""
