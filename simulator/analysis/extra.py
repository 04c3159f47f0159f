"""Libraries that only some analyses need: fetched when used, and named when they are not there."""

from __future__ import annotations

import warnings
from importlib import import_module
from types import ModuleType

EXTRAS = {"SALib": "analysis", "optuna": "analysis", "ema_workbench": "analysis", "pandas": "analysis",
          "scipy": "analysis"}
"""Library to the extra of this project that installs it."""


class MissingExtra(ModuleNotFoundError):
    """A library of an extra is not installed. `name` is the library, `extra` what to install."""

    def __init__(self, name: str, extra: str) -> None:
        super().__init__(f"{name} is not installed: pip install 'resilience-simulator[{extra}]'", name=name)
        self.extra = extra


def need(module: str) -> ModuleType:
    """Import a module such as SALib.analyze.sobol. MissingExtra if its library, or one it rests on, is not there."""
    library = module.partition(".")[0]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # other projects' deprecations while they load are not ours to tell
            import_module(library)
            return import_module(module)
    except ModuleNotFoundError as problem:
        raise MissingExtra(problem.name or library, EXTRAS.get(library, "analysis")) from None
