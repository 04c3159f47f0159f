"""What varies: one setting and the values it may take, listed or between two bounds."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

KEYS = ("low", "high", "levels", "log", "whole")
MOST = 100_000
"""Points of a design, at most."""


@dataclass(frozen=True)
class Axis:
    """A setting and its values: a list, or an interval (log: evenly in logarithms; whole: whole numbers)."""

    name: str
    values: tuple[Any, ...] = ()
    low: float = 0.0
    high: float = 1.0
    levels: int = 0
    log: bool = False
    whole: bool = False

    @property
    def is_interval(self) -> bool:
        """True between two bounds, False for a list of values."""
        return not self.values

    def at(self, place: float) -> Any:
        """The value at a place from 0 to 1."""
        if not self.is_interval:
            return self.values[min(len(self.values) - 1, max(0, int(place * len(self.values))))]
        if self.whole:
            steps = int(self.high) - int(self.low) + 1
            return int(self.low) + min(steps - 1, max(0, int(place * steps)))
        if self.log:
            return float(math.exp(math.log(self.low) + place * (math.log(self.high) - math.log(self.low))))
        return float(self.low + place * (self.high - self.low))

    def listed(self) -> list[Any]:
        """All values of a list; `levels` evenly spaced ones of an interval. ValueError without levels."""
        if not self.is_interval:
            return list(self.values)
        if self.levels < 2:
            raise ValueError(f"vary.{self.name}: a grid takes a list of values, or low, high and levels (2 or more)")
        if self.whole:
            return list(dict.fromkeys(round(self.low + k * (self.high - self.low) / (self.levels - 1))
                                      for k in range(self.levels)))
        return [self.at(k / (self.levels - 1)) for k in range(self.levels)]


def axis(name: str, given: Any, declared: tuple[float, float] | None = None) -> Axis:
    """An axis from plain data: a list, {low, high, …}, `declared` (the number's own range), or one value.

    ValueError saying what was found and what was expected.
    """
    if given == "declared":
        if declared is None:
            raise ValueError(f"vary.{name} = declared: no declared range; expected {{low: …, high: …}}")
        return Axis(name, low=declared[0], high=declared[1])
    if isinstance(given, Mapping):
        return _interval(name, given)
    values = list(given) if isinstance(given, list) else [given]
    if not values:
        raise ValueError(f"vary.{name} = []: expected at least one value, or {{low: …, high: …}}")
    if any(isinstance(value, Mapping) for value in values):
        raise ValueError(f"vary.{name}: expected a list of values, found a mapping in it; write each value by itself")
    if any(value in values[:place] for place, value in enumerate(values)):
        raise ValueError(f"vary.{name}: a value is listed twice; keep one")
    return Axis(name, tuple(tuple(value) if isinstance(value, list) else value for value in values))


def _interval(name: str, given: Mapping[str, Any]) -> Axis:
    unknown = [key for key in given if key not in KEYS]
    if unknown:
        raise ValueError(f"vary.{name}: {unknown[0]!r} is not known; expected {', '.join(KEYS)}")
    low, high = (_number(name, given, key) for key in ("low", "high"))
    levels = given.get("levels", 0)
    if not isinstance(levels, int) or isinstance(levels, bool) or not (levels == 0 or 2 <= levels <= MOST):
        raise ValueError(f"vary.{name}.levels = {levels!r}: expected a whole number, 2 or more")
    flags = {key: given.get(key, False) for key in ("log", "whole")}
    for key, value in flags.items():
        if not isinstance(value, bool):
            raise ValueError(f"vary.{name}.{key} = {value!r}: expected true or false")
    if not low < high:
        raise ValueError(f"vary.{name}: low {low:g} and high {high:g}: expected low below high; swap or change them")
    if flags["log"] and (low <= 0 or flags["whole"]):
        raise ValueError(f"vary.{name}.log: expected low above 0 and no whole numbers; leave log out")
    if flags["whole"] and not (low.is_integer() and high.is_integer()):
        raise ValueError(f"vary.{name}.whole: expected whole bounds, found {low:g} and {high:g}")
    return Axis(name, (), low, high, levels, **flags)


def _number(name: str, given: Mapping[str, Any], key: str) -> float:
    value = given.get(key)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise ValueError(f"vary.{name}.{key} = {value!r}: expected a number; write {{low: 0.5, high: 2}}")
    return float(value)


def labelled(value: Any) -> Any:
    """A value as a table column shows it: names of several cards joined by +."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "+".join(str(one) for one in value)
    return value
