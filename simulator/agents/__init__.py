"""The model as Mesa sees it: TerritoryModel, agents as views of table rows, and decisions a researcher may override.

Begin with `model.py`. `by_hand/` is the reference implementation of every stage in plain Python.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .institution import Institution
    from .model import TerritoryModel
    from .resident import Resident
    from .residents import AgentViewSet, Residents
    from .site import Site

__all__ = ["Institution", "Resident", "Residents", "Site", "TerritoryModel", "AgentViewSet"]

_MODULE_OF = {"Institution": "institution", "Resident": "resident", "Residents": "residents", "Site": "site",
              "TerritoryModel": "model", "AgentViewSet": "residents"}
"""Public name to the module that defines it."""


def __getattr__(name: str) -> Any:
    # Imported on first use: Mesa takes a second to import.
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_MODULE_OF[name]}", __name__), name)
