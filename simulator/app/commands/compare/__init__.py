"""`resilience compare`: arms against doing nothing, with common random numbers.

Break-even, assumption screening and the prices shown on the page belong to it.
Begin with command.py.
"""
