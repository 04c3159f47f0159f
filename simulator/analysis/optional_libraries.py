"""Optional libraries: imported when an analysis needs them, with an error that names the missing one."""

from __future__ import annotations

import warnings
from importlib import import_module
from types import ModuleType

from ..i18n.translation import Message

EXTRA_OF_LIBRARY = {
    "SALib": "analysis", "optuna": "analysis", "ema_workbench": "analysis", "pandas": "analysis", "scipy": "analysis",
    "sklearn": "analysis", "dask": "distributed", "distributed": "distributed", "mcp": "mcp", "polars": "frames",
    "pyarrow": "frames", "pyogrio": "geo", "pyproj": "geo", "streamlit": "dashboard"}
"""Library to the extra of this project (pip install '.[extra]') that installs it."""
DEFAULT_EXTRA = "analysis"
"""The extra that is named for a library that is not in EXTRA_OF_LIBRARY: one that another library needs."""


class MissingExtra(ModuleNotFoundError):
    """A library of an extra is not installed. name: the library; extra: the extra that installs it."""

    def __init__(self, name: str, extra: str) -> None:
        super().__init__(describe_missing_library(name, extra), name=name)
        self.extra = extra


def describe_missing_library(module: str, extra: str = "") -> Message:
    """What a user reads of a library that is not installed, and the command that installs it.

    module: the one that could not be imported. extra: by default that of its library in EXTRA_OF_LIBRARY.
    """
    library = module.partition(".")[0]
    return Message("this needs {module!r}, which is not installed: pip install 'resilience-simulator[{extra}]'",
                   module=library, extra=extra or EXTRA_OF_LIBRARY.get(library, DEFAULT_EXTRA))


def import_optional(module: str) -> ModuleType:
    """Import a module such as SALib.analyze.sobol. MissingExtra if its library, or one it depends on, is missing."""
    library = module.partition(".")[0]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # deprecations inside other projects do not concern our users
            import_module(library)
            return import_module(module)
    except ModuleNotFoundError as problem:
        raise MissingExtra(problem.name or library, EXTRA_OF_LIBRARY.get(library, DEFAULT_EXTRA)) from None
