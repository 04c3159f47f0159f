"""`resilience describe`: levers, crises, parameters, phases and the description after ODD+D, printed from declarations.

Begin with command.py.
"""
