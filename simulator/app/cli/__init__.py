"""The command line itself: which command was asked for, its help, progress on the terminal.

Commands live in app/commands.
Begin with main.py.
"""
