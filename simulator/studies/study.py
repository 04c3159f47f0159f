"""The card of a study: a question, what varies, with which levers and seeds, and when to stop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..cards.errors import CardLocation, make_card_error, quote_value
from ..cards.reader import build_card, card_entry
from ..i18n.translation import Message, mark
from .axis import Axis, parse_axis
from .design import Design, DesignPoint, PortfolioDesign, generate_design_points

FREE_FORM_ENTRIES = ("set", "vary", "rows", "seeds")
"""Entries whose shape depends on the settings that they name."""


@dataclass
class StoppingRule:
    """Seeds are played in batches until the interval of an outcome's effect is narrow enough."""

    half_width: float = card_entry(low=0, doc=mark("half the width of the 95 % interval at which to stop, in the "
                                                   "outcome's unit"))
    outcome: str = card_entry("loss", doc="the outcome whose interval is looked at")
    least: int = card_entry(10, doc="seeds before the first look", low=2, high=10_000)
    most: int = card_entry(100, doc="seeds at most", low=2, high=10_000)
    batch: int = card_entry(10, doc="seeds between two looks", low=1, high=10_000)


@dataclass
class Study:
    """The card of a study: a design over runs.

    set: settings of every run. vary: setting to its axis. rows: the points of a list design.
    """

    question_fr: str = card_entry(doc=mark("the question, in French"))
    question_en: str = card_entry(doc=mark("the question, in English"))
    label_fr: str = card_entry("", doc="French name")
    label_en: str = card_entry("", doc="English name")
    design: Design = card_entry(Design, doc="how points are laid")
    portfolios: PortfolioDesign = card_entry(PortfolioDesign, doc="the sets of levers played at every point")
    stop: StoppingRule | None = card_entry(None, doc="when there are enough seeds; without it `seeds` says how many")
    ensemble: str = card_entry("", doc="a CSV file of parameter sets beside the study: a column `member`, "
                               "one per setting")
    outcomes: list[str] = card_entry(list, doc="outcomes that answer the question, the first one first")
    set: dict[str, Any] = field(default_factory=dict)
    vary: dict[str, Any] = field(default_factory=dict)
    rows: list[DesignPoint] = field(default_factory=list)
    seeds: Any = 10

    def axes(self, declared: Mapping[str, tuple[float, float]]) -> list[Axis]:
        """The axes. declared: setting to the range declared with the parameter. ValueError as in `parse_axis`."""
        return [parse_axis(name, entry, declared.get(name)) for name, entry in self.vary.items()]

    def points(self, declared: Mapping[str, tuple[float, float]]) -> list[DesignPoint]:
        """The points of the design, in order. declared: as in `axes`. ValueError for an invalid design."""
        self.design.check()
        return generate_design_points(self.design, self.axes(declared), self.rows)


def parse_study(mapping: Mapping[str, Any], where: CardLocation) -> Study:
    """A study from plain data, read at `where`. CardError for an unknown, missing, wrong or out-of-range entry."""
    free = {name: mapping[name] for name in FREE_FORM_ENTRIES if name in mapping}
    study = build_card(Study, {name: value for name, value in mapping.items() if name not in FREE_FORM_ENTRIES}, where)
    for name in ("set", "vary"):
        entry = free.get(name, {})
        if not isinstance(entry, Mapping) or not all(isinstance(key, str) for key in entry):
            raise make_card_error(where, (name,), quote_value(entry), Message("settings and their values"),
                                  Message("write it as name: value"))
    rows = free.get("rows", [])
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) and row for row in rows):
        raise make_card_error(where, ("rows",), quote_value(rows), Message("a list of points"),
                              Message("write each as {{setting: value}}"))
    if rows and study.design.kind != "list":
        raise make_card_error(where, ("rows",), Message("are given"),
                              Message("none for a {kind}", kind=study.design.kind), Message("set design.kind: list"))
    if study.stop is not None and study.stop.most < study.stop.least:
        raise make_card_error(where, ("stop", "most"), quote_value(study.stop.most),
                              Message("{least} (least) or more", least=study.stop.least), Message("raise most"))
    for name, value in free.items():
        setattr(study, name, value)
    return study
