"""Floor 7: Mesa's face of the engine: TerritoryModel, Resident, and decisions a researcher may override."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .institution import Institution
    from .model import TerritoryModel
    from .resident import Resident
    from .residents import Residents, Views
    from .site import Site

__all__ = ["Institution", "Resident", "Residents", "Site", "TerritoryModel", "Views"]

_HOME = {"Institution": "institution", "Resident": "resident", "Residents": "residents", "Site": "site",
         "TerritoryModel": "model", "Views": "residents"}


def __getattr__(name: str) -> Any:
    # Mesa takes a second to import: only who asks for a name here pays for it.
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOME[name]}", __name__), name)
