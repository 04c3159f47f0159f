"""Every number of the model, declared once with unit, range, source and grade.

Begin with model.py (all groups of numbers) and parameter.py (how a number is declared).
"""

from .model import Model
from .parameter import GRADES, ParameterGroup, parameter

__all__ = ["GRADES", "Model", "ParameterGroup", "parameter"]
