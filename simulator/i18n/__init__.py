"""French and English: texts, numbers, dates, refusals.

Records and ids never depend on it.
Begin with number.py.
"""
