"""Reads files of statistical offices, as they are downloaded, into the data of a territory.

Begin with load.py.
"""
