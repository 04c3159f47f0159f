"""Commands that hold runs against one another or against published figures: analyse, validate, hindcast, survey.

Begin with analyse.py.
"""
