"""population=: residents and households of somebody's files, read and checked. Begin with load.py.

`columns.py` is the schema; `tables.py` turns texts into arrays; `eqasim.py` reads the layout of another project.
"""
