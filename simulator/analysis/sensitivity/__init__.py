"""Which numbers an effect depends on: Morris, Sobol, variance components, assumption screening.

Works on outcomes by design point and seed, from records alone.
Begin with sensitivity_indices.py.
"""
