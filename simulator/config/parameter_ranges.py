"""The declared range of every number of the model and of the calendar, by dotted name."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from ..parameters import Model
from ..scenario.run import Calendar
from .errors import UsageError


def list_parameter_ranges() -> dict[str, tuple[float, float]]:
    """Dotted name of every parameter of the model and of the calendar to its range."""
    return {**_collect_ranges(Model, "model"), **_collect_ranges(Calendar, "calendar")}


def _collect_ranges(kind: Any, prefix: str) -> dict[str, tuple[float, float]]:
    found: dict[str, tuple[float, float]] = {}
    for item in fields(kind):
        default = item.default_factory() if callable(item.default_factory) else None
        if is_dataclass(default):
            found |= _collect_ranges(type(default), f"{prefix}.{item.name}")
        elif "unit" in item.metadata:
            found[f"{prefix}.{item.name}"] = (item.metadata["low"], item.metadata["high"])
    return found


def check_parameter_ranges(calendar: Calendar, model: Model) -> None:
    """UsageError for the first parameter out of its range."""
    try:
        calendar.check("calendar.")
        model.check()
    except ValueError as problem:
        raise UsageError("{text}; set it within its range", text=problem.args[0]) from None
