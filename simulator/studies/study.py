"""The card of a study: a question, what varies, with which levers and seeds, and when to stop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..cards.reader import Where, build, entry, refuse
from .axis import Axis, axis
from .design import Design, Point, Portfolios, points

FREE = ("set", "vary", "rows", "seeds")
"""Entries whose shape depends on the settings they name."""


@dataclass
class Stop:
    """Play seeds in batches until an interval is narrow enough."""

    half_width: float = entry(doc="half the width of the 95 % interval at which to stop, in the outcome's unit", low=0)
    outcome: str = entry("loss", doc="the outcome whose interval is looked at")
    least: int = entry(10, doc="seeds before the first look", low=2, high=10_000)
    most: int = entry(100, doc="seeds at most", low=2, high=10_000)
    batch: int = entry(10, doc="seeds between two looks", low=1, high=10_000)


@dataclass
class Study:
    """A design over runs. `set` holds for every run; `vary` is what differs between points."""

    question_fr: str = entry(doc="the question, in French")
    question_en: str = entry(doc="the question, in English")
    label_fr: str = entry("", doc="French name")
    label_en: str = entry("", doc="English name")
    design: Design = entry(Design, doc="how points are laid")
    portfolios: Portfolios = entry(Portfolios, doc="the sets of levers played at every point")
    stop: Stop | None = entry(None, doc="when there are enough seeds; without it `seeds` says how many")
    ensemble: str = entry("", doc="a CSV file of parameter sets beside the study: a column `member`, one per setting")
    outcomes: list[str] = entry(list, doc="outcomes that answer the question, the first one first")
    set: dict[str, Any] = field(default_factory=dict)
    vary: dict[str, Any] = field(default_factory=dict)
    rows: list[Point] = field(default_factory=list)
    seeds: Any = 10

    def axes(self, declared: Mapping[str, tuple[float, float]]) -> list[Axis]:
        """What varies. declared: range of each number of the model. ValueError as `axis`."""
        return [axis(name, given, declared.get(name)) for name, given in self.vary.items()]

    def points(self, declared: Mapping[str, tuple[float, float]]) -> list[Point]:
        """The points of the design, in order. ValueError if it cannot be laid."""
        self.design.check()
        return points(self.design, self.axes(declared), self.rows)


def study_from(mapping: Mapping[str, Any], where: Where) -> Study:
    """A study from plain data. CardError for an unknown, missing, wrong or out-of-range entry."""
    free = {name: mapping[name] for name in FREE if name in mapping}
    study = build(Study, {name: value for name, value in mapping.items() if name not in FREE}, where)
    for name in ("set", "vary"):
        found = free.get(name, {})
        if not isinstance(found, Mapping) or not all(isinstance(key, str) for key in found):
            raise refuse(where, (name,), f"= {found!r}", "settings and their values", "write it as name: value")
    rows = free.get("rows", [])
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) and row for row in rows):
        raise refuse(where, ("rows",), f"= {rows!r}", "a list of points", "write each as {setting: value}")
    if rows and study.design.kind != "list":
        raise refuse(where, ("rows",), "are given", f"none for a {study.design.kind}", "set design.kind: list")
    if study.stop is not None and study.stop.most < study.stop.least:
        raise refuse(where, ("stop", "most"), f"= {study.stop.most}", f"{study.stop.least} (least) or more",
                     "raise most")
    for name, value in free.items():
        setattr(study, name, value)
    return study
