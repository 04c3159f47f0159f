"""Figures as PNG and SVG, one kind a module.

All drawn in one style.
Begin with style.py and folder_figures.py.
"""
