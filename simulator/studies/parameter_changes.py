"""A run with some of its parameters changed, under the names of `records.parameter_sources`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ..scenario.run import Run
from .run_content import run_from_content

MAX_NAME_SPLITS = 4
"""Dots at which the name of a modifier's value is split: lever.<id>.modifiers.<position>.<handle>."""
SHARE_ENTRIES = ("exposure", "damage")
"""Entries of a crisis card whose numbers lie between 0 and 1."""


def change_parameters(run: Run, changes: Mapping[str, float]) -> Run:
    """The run with these values. Names of levers that the run lacks are ignored; KeyError for other unknown names."""
    content = json.loads(json.dumps(run.content(), default=str))
    for name, value in changes.items():
        kind, card, *rest = name.split(".", MAX_NAME_SPLITS)
        if kind == "model":
            _set_parameter(content["model"][card], rest[0], value)
        elif kind == "lever":
            for lever in (lever for lever in content["levers"] if lever["id"] == card):
                lever["modifiers"][int(rest[1])]["value"] = value
        else:
            crisis = next(crisis for crisis in content["scenario"]["crises"] if crisis["id"] == card)
            crisis[rest[0]] = round(value) if rest[0] == "days" else scale_crisis_entry(rest[0], crisis[rest[0]], value)
    return run_from_content(content)


def _set_parameter(group: dict[str, Any], name: str, value: float) -> None:
    """Set a parameter of a group; whole numbers stay whole."""
    group[name] = round(value) if isinstance(group[name], int) else value


def scale_crisis_entry(name: str, entry: Any, factor: float) -> Any:
    """An entry of a crisis card multiplied by a factor.

    Shares of exposure are capped at 1. Of a service the loss is scaled, not the level left. Whole numbers (days,
    quintiles) and words stay as they are.
    """
    if isinstance(entry, dict):
        return {key: _scale_service_level(value, factor) if key == "level" else scale_crisis_entry(name, value, factor)
                for key, value in entry.items()}
    if not isinstance(entry, float):
        return entry
    return min(1.0, entry * factor) if name in SHARE_ENTRIES else entry * factor


def _scale_service_level(level: float, factor: float) -> float:
    return min(1.0, max(0.0, 1.0 - (1.0 - float(level)) * factor))
