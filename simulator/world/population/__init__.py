"""Households, ages, incomes, homes and beliefs, drawn to agree with published figures.

Begin with population.py.
"""
