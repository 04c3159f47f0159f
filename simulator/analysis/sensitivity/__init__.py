"""Which numbers an effect depends on: Morris, Sobol, shares of variance, assumption screening.

Reads records only.
Begin with indices.py.
"""
