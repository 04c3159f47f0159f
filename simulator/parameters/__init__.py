"""Floor 0: every number of the model, declared once with unit, range, source and grade."""

from .model import Model
from .quantity import GRADES, Group, quantity

__all__ = ["GRADES", "Group", "Model", "quantity"]
