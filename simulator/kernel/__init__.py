"""Compiled loops, keyed random numbers and tables of columns: numpy and numba only, nothing of the model.

Begin with compiled.py (the decorators), then table.py (columns) and keyed_random.py (draws).
"""
