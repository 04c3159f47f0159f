"""Figures as PNG and SVG, one kind a module, all in the style of style.py.

Begin with comparison_figures.py.
"""
