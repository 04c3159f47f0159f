"""Records of runs: their tables, the schema of every column, files and folders of results.

Begin with record.py and schema.py; observed/ holds the tables written on request.
"""
