"""Processes that the page starts, watches and cancels.

Each is a command in a process group of its own, so that it survives a reload of the page.
Begin with job_control.py.
"""
