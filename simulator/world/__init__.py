"""The state of the model: territory, people, households, ties, sites and institutions. Begin with world.py.

`build.py` makes a world from published figures; `places`, `population`, `ties` and `sites` hold the tables and how each
is generated.
"""
