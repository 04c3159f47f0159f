"""Local solidarity and resilience in Seine-Saint-Denis: compare action levers before and during a crisis.

    from simulator import Run, Scenario, Territory, play
    record = play(Run(Scenario(Territory("village", communes=["93055"], residents=500))))

Importing this package loads nothing else; each public name is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "1.0.0"
"""The release: the one number of package and model. The last digit rises when no result changes."""
MODEL_VERSION = f"{__version__.rpartition('.')[0]}.0"
"""The release that last changed results: part of every run's id."""

if TYPE_CHECKING:
    from .agents.model import TerritoryModel
    from .agents.resident import Resident
    from .crises.card import Crisis
    from .engine.loop import play
    from .levers.card import Lever
    from .parameters import Model
    from .records.record import Record
    from .records.results import open
    from .scenario.run import Calendar, Run, Scenario
    from .world.places.territory import Territory
    from .world.sites.site_card import SiteCard

PUBLIC_MODULES = {
    "Run": "scenario.run", "Scenario": "scenario.run", "Calendar": "scenario.run", "Model": "parameters",
    "Territory": "world.places.territory", "SiteCard": "world.sites.site_card", "Lever": "levers.card",
    "Crisis": "crises.card", "play": "engine.loop", "Record": "records.record", "open": "records.results",
    "TerritoryModel": "agents.model", "Resident": "agents.resident",
}
"""Public name to the module that defines it, relative to this package."""

__all__ = ["Calendar", "Crisis", "Lever", "Model", "Record", "Resident", "Run", "Scenario", "SiteCard", "Territory",
           "TerritoryModel", "open", "play"]


def __getattr__(name: str) -> Any:
    if name not in PUBLIC_MODULES:
        raise AttributeError(f"module 'simulator' has no attribute {name!r}: expected one of {', '.join(__all__)}")
    return getattr(import_module(f".{PUBLIC_MODULES[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
