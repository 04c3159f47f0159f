"""The command line `resilience`: parsing, commands, and the document that describes the model.

Begin with cli/main.py, then commands/.
"""
