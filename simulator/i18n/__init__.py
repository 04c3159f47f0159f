"""French and English: texts, numbers, dates, errors.

Records and ids never depend on the language. Begin with number_format.py.
"""
