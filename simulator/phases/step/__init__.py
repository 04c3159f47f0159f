"""What every phase knows of the step it plays: context, columns, hazards, order of households.

No phase is in here.
Begin with context.py.
"""
