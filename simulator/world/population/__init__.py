"""The synthetic population: households, ages, incomes, homes and beliefs that agree with published figures.

Begin with population.py.
"""
