"""Processes that the page starts, watches and cancels.

Each is a command in a process group of its own, so it survives a reload.
Begin with jobs.py.
"""
