"""An axis of a design: one setting and the values it takes, listed or between two bounds."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..i18n.translation import Message

INTERVAL_KEYS = ("low", "high", "levels", "log", "whole")
MAX_POINTS = 100_000
"""Largest number of points of a design."""


@dataclass(frozen=True)
class Axis:
    """A setting and its values: a list, or an interval from `low` to `high`.

    levels: values of the interval in a grid. log: spaced evenly in logarithms. whole: whole numbers only.
    """

    name: str
    values: tuple[Any, ...] = ()
    low: float = 0.0
    high: float = 1.0
    levels: int = 0
    log: bool = False
    whole: bool = False

    @property
    def is_interval(self) -> bool:
        """True for an interval, False for a list of values."""
        return not self.values

    def value_at(self, position: float) -> Any:
        """The value at a position from 0 to 1 along the axis."""
        if not self.is_interval:
            return self.values[min(len(self.values) - 1, max(0, int(position * len(self.values))))]
        if self.whole:
            steps = int(self.high) - int(self.low) + 1
            return int(self.low) + min(steps - 1, max(0, int(position * steps)))
        if self.log:
            return float(math.exp(math.log(self.low) + position * (math.log(self.high) - math.log(self.low))))
        return float(self.low + position * (self.high - self.low))

    def list_values(self) -> list[Any]:
        """All values of a list; `levels` evenly spaced ones of an interval. ValueError without levels."""
        if not self.is_interval:
            return list(self.values)
        if self.levels < 2:
            raise ValueError(Message("vary.{name}: a grid takes a list of values, or low, high and levels (2 or more)",
                                     name=self.name))
        if self.whole:
            return list(dict.fromkeys(round(self.low + k * (self.high - self.low) / (self.levels - 1))
                                      for k in range(self.levels)))
        return [self.value_at(k / (self.levels - 1)) for k in range(self.levels)]


def parse_axis(name: str, entry: Any, declared: tuple[float, float] | None = None) -> Axis:
    """An axis from plain data: a list, a mapping {low, high, …}, "declared", or a single value.

    declared: the range declared with the parameter, which the word "declared" stands for. ValueError saying what was
    found and what was expected.
    """
    if entry == "declared":
        if declared is None:
            raise ValueError(Message("vary.{name} = declared: no declared range; expected {{low: …, high: …}}",
                                     name=name))
        return Axis(name, low=declared[0], high=declared[1])
    if isinstance(entry, Mapping):
        return _parse_interval(name, entry)
    values = list(entry) if isinstance(entry, list) else [entry]
    if not values:
        raise ValueError(Message("vary.{name} = []: expected at least one value, or {{low: …, high: …}}", name=name))
    if any(isinstance(value, Mapping) for value in values):
        raise ValueError(Message("vary.{name}: expected a list of values, found a mapping in it; write each value by "
                                 "itself", name=name))
    if any(value in values[:k] for k, value in enumerate(values)):
        raise ValueError(Message("vary.{name}: a value is listed twice; keep one", name=name))
    return Axis(name, tuple(tuple(value) if isinstance(value, list) else value for value in values))


def _parse_interval(name: str, entry: Mapping[str, Any]) -> Axis:
    unknown = [key for key in entry if key not in INTERVAL_KEYS]
    if unknown:
        raise ValueError(Message("vary.{name}: {entry} is not known; expected {known}", name=name,
                                 entry=repr(unknown[0]), known=INTERVAL_KEYS))
    low, high = (_parse_number(name, entry, key) for key in ("low", "high"))
    levels = entry.get("levels", 0)
    if not isinstance(levels, int) or isinstance(levels, bool) or not (levels == 0 or 2 <= levels <= MAX_POINTS):
        raise ValueError(Message("vary.{name}.levels = {value}: expected a whole number, 2 or more", name=name,
                                 value=repr(levels)))
    flags = {key: entry.get(key, False) for key in ("log", "whole")}
    for key, value in flags.items():
        if not isinstance(value, bool):
            raise ValueError(Message("vary.{name}.{key} = {value}: expected true or false", name=name, key=key,
                                     value=repr(value)))
    if not low < high:
        raise ValueError(Message("vary.{name}: low {low:g} and high {high:g}: expected low below high; swap or change "
                                 "them", name=name, low=low, high=high))
    if flags["log"] and (low <= 0 or flags["whole"]):
        raise ValueError(Message("vary.{name}.log: expected low above 0 and no whole numbers; leave log out",
                                 name=name))
    if flags["whole"] and not (low.is_integer() and high.is_integer()):
        raise ValueError(Message("vary.{name}.whole: expected whole bounds, found {low:g} and {high:g}", name=name,
                                 low=low, high=high))
    return Axis(name, (), low, high, levels, **flags)


def _parse_number(name: str, entry: Mapping[str, Any], key: str) -> float:
    value = entry.get(key)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise ValueError(Message("vary.{name}.{key} = {value}: expected a number; write {{low: 0.5, high: 2}}",
                                 name=name, key=key, value=repr(value)))
    return float(value)


def format_axis_value(value: Any) -> Any:
    """A value as it stands in a table: several names of cards are joined by +."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "+".join(map(str, value))
    return value
