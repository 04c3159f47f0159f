"""The command line itself: the parser, help texts, progress and tables on the terminal.

The commands are in app/commands.
Begin with main.py.
"""
