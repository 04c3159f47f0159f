"""A run with some of its numbers moved, named as records.evidence names them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ..scenario.run import Run
from .rebuild import made

TURN_PARTS = 4
"""Parts of the name of a turn: lever, id, turns, place; the handle follows."""
SHARES = ("exposure", "damage")
"""Entries whose numbers lie between 0 and 1."""


def moved(run: Run, moves: Mapping[str, float]) -> Run:
    """The run with these numbers. Names of levers it does not have are left out; KeyError for any other."""
    content = json.loads(json.dumps(run.content(), default=str))
    for name, value in moves.items():
        kind, card, *rest = name.split(".", TURN_PARTS)
        if kind == "model":
            _set(content["model"][card], rest[0], value)
        elif kind == "lever":
            for lever in (one for one in content["levers"] if one["id"] == card):
                lever["turns"][int(rest[1])]["value"] = value
        else:
            crisis = next(one for one in content["scenario"]["crises"] if one["id"] == card)
            crisis[rest[0]] = round(value) if rest[0] == "days" else scaled(rest[0], crisis[rest[0]], value)
    return made(content)


def _set(group: dict[str, Any], name: str, value: float) -> None:
    """A whole number stays whole."""
    group[name] = round(value) if isinstance(group[name], int) else value


def scaled(name: str, entry: Any, factor: float) -> Any:
    """An entry of a crisis card times a factor. Shares of exposure stay within 1, what a service loses is scaled and
    not what is left of it, whole numbers (days, fifths) and words are left alone."""
    if isinstance(entry, dict):
        return {part: _left(one, factor) if part == "level" else scaled(name, one, factor)
                for part, one in entry.items()}
    if not isinstance(entry, float):
        return entry
    return min(1.0, entry * factor) if name in SHARES else entry * factor


def _left(level: float, factor: float) -> float:
    return min(1.0, max(0.0, 1.0 - (1.0 - float(level)) * factor))
