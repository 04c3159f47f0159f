"""Texts that several packages show, by subject; their French is in the catalogue.

Begin with verdict_texts.py.
"""
