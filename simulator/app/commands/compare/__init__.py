"""`resilience compare`: arms against doing nothing, with common random numbers.

Also its break-even table, its assumption screening, and the prices that the dashboard shows.
Begin with command.py.
"""
