"""Batches of runs that commands play, and the folder they fill.

Between the command line and studies.
Begin with job.py and batch.py.
"""
