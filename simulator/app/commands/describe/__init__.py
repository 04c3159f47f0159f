"""`resilience describe`: levers, crises, parameters, phases and the model after ODD+D.

Everything is printed from declarations.
Begin with command.py.
"""
