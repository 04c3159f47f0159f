"""The description of the model after ODD+D, generated from declarations and docstrings.

Begin with document.py.
"""
