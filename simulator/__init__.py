"""Local solidarity and resilience in Seine-Saint-Denis: compare action levers before and during a crisis.

    import simulator as sim
    s = sim.scenario("village", "heatwave", **{"crisis.heatwave.severity": 1.5})
    df = sim.run_many(s, seeds=5, levers=[None, "outreach"])
    print(sim.effects(df))

Importing this package loads nothing else; each public name is imported when it is first used.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

__version__ = "1.0.0"
"""The release: the one number of package and model. The last digit rises when no result changes."""
MODEL_VERSION = f"{__version__.rpartition('.')[0]}.0"
"""The release that last changed results: part of every run's id."""

if TYPE_CHECKING:
    from .agents.resident import Resident
    from .api.adapters import evaluate_salib, save_network, to_ema_model, to_salib_problem
    from .api.cards import load_card
    from .api.comparison import Comparison, compare
    from .api.configuration import Configuration, sample
    from .api.description import describe
    from .api.effects import effects, summarise
    from .api.export import export
    from .api.population import check_population
    from .api.results import open_results
    from .api.run_result import RunResult
    from .api.runs import RunFailedError, run, run_many
    from .api.setting_error import SettingError
    from .api.survey import survey
    from .api.territory_model import TerritoryModel
    from .crises.card import Crisis
    from .engine.loop import play
    from .engine.mechanism import Mechanism, draw_for_rows, mechanism
    from .levers.card import Lever
    from .levers.handles import Handle
    from .parameters import Model
    from .records.record import Record
    from .records.results import Results, open
    from .scenario.run import Calendar, Run, Scenario
    from .world.places.territory import Territory
    from .world.sites.site_card import SiteCard

PUBLIC_MODULES = {
    "scenario": "api.configuration", "sample": "api.configuration", "run": "api.runs", "run_many": "api.runs",
    "effects": "api.effects", "summarise": "api.effects", "compare": "api.comparison", "load_card": "api.cards",
    "open_results": "api.results", "describe": "api.description", "Configuration": "api.configuration",
    "RunResult": "api.run_result", "Comparison": "api.comparison", "SettingError": "api.setting_error",
    "RunFailedError": "api.runs", "Results": "records.results",
    "to_ema_model": "api.adapters", "to_salib_problem": "api.adapters", "evaluate_salib": "api.adapters",
    "Run": "scenario.run", "Scenario": "scenario.run", "Calendar": "scenario.run", "Model": "parameters",
    "Territory": "world.places.territory", "SiteCard": "world.sites.site_card", "Lever": "levers.card",
    "Crisis": "crises.card", "play": "engine.loop", "Record": "records.record", "open": "records.results",
    "mechanism": "engine.mechanism", "Mechanism": "engine.mechanism", "draw_for_rows": "engine.mechanism",
    "check_population": "api.population",
    "survey": "api.survey", "export": "api.export", "Handle": "levers.handles", "save_network": "api.adapters",
    "TerritoryModel": "api.territory_model", "Resident": "agents.resident",
}
"""Public name to the module that defines it, relative to this package."""

__all__ = ["Calendar", "Comparison", "Configuration", "Crisis", "Handle", "Lever", "Mechanism", "Model", "Record",
           "Resident", "Results", "Run", "RunFailedError", "RunResult", "Scenario", "SettingError", "SiteCard",
           "Territory", "TerritoryModel", "check_population", "compare", "describe", "draw_for_rows", "effects",
           "evaluate_salib", "export", "load_card", "mechanism", "open", "open_results", "play", "run", "run_many",
           "sample", "save_network", "scenario", "summarise", "survey", "to_ema_model", "to_salib_problem"]


def load_public(name: str) -> Any:
    """The public object of that name, imported on first use. KeyError for another name."""
    return getattr(import_module(f".{PUBLIC_MODULES[name]}", __name__), name)


def __getattr__(name: str) -> Any:
    if name not in PUBLIC_MODULES:
        raise AttributeError(f"module 'simulator' has no attribute {name!r}: expected one of {', '.join(__all__)}")
    return load_public(name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])


class _CallablePackage(ModuleType):
    """A subpackage with the name of a verb: calling it calls the verb."""

    def __call__(self, *args: Any, **settings: Any) -> Any:
        """As the verb of the same name in `simulator.api`."""
        return self._verb(*args, **settings)

    @property
    def _verb(self) -> Any:
        return load_public(self.__name__.rpartition(".")[2])

    @property
    def __doc__(self) -> str | None:  # type: ignore[override]
        """That of the verb, so that notebooks show how it is called."""
        return self._verb.__doc__  # type: ignore[no-any-return]

    @property
    def __signature__(self) -> Any:
        import inspect

        return inspect.signature(self._verb)


class _Package(ModuleType):
    """This package. Python binds a subpackage here once it is imported; `scenario` stays a verb nevertheless."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name in PUBLIC_MODULES and isinstance(value, ModuleType):
            value.__class__ = _CallablePackage
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
