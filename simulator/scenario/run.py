"""A run: what nobody here decides (scenario), what a team decides (portfolio), the model's numbers, and a seed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from ..crises.card import Crisis
from ..levers.card import Lever
from ..parameters import Group, Model, quantity
from ..records.schema import SCHEMA_VERSION
from ..world.places.territory import Territory
from ..world.sites.site_card import SiteCard

MODEL_VERSION = "0.6.0"
"""Changes whenever results change: part of every run's id."""


@dataclass
class Calendar(Group):
    """When things happen. Dates are ISO days; the run starts on a Monday."""

    start: str = "2025-01-06"
    levers: str = "2026-01-05"
    recovery_days: int = quantity(90, unit="days", low=14, high=365, grade="derived", doc="daily steps after a crisis",
                                  source="model 3: recovery takes 14 to 45 days")
    horizon_days: int = quantity(365, unit="days", low=30, high=1825, grade="assumption", source="model 9",
                                 doc="days after the first onset over which loss is summed")

    def day(self, iso: str) -> int:
        """Day number of an ISO date, 0 at the start. ValueError if it is not a date."""
        try:
            return (date.fromisoformat(str(iso)) - date.fromisoformat(self.start)).days
        except ValueError:
            raise ValueError(f"date {iso!r}: expected year-month-day such as 2027-08-04") from None

    def date(self, day: int) -> date:
        """The date of a day number."""
        return date.fromisoformat(self.start) + timedelta(days=day)


@dataclass
class Scenario:
    """X: the territory, its site cards, the dates and the crises, a list that may overlap."""

    territory: Territory
    sites: tuple[SiteCard, ...] = ()
    calendar: Calendar = field(default_factory=Calendar)
    crises: tuple[Crisis, ...] = ()


@dataclass(frozen=True)
class Run:
    """One scenario, one portfolio of levers, the model's numbers, one seed. `id` hashes all that, and the versions."""

    scenario: Scenario
    model: Model = field(default_factory=Model)
    levers: tuple[Lever, ...] = ()
    seed: int = 1
    observe: tuple[str, ...] = ()
    """Tables to keep beside those that every run has (records.observed): what is written, never what is simulated."""

    def content(self) -> dict[str, Any]:
        """Everything the run's outcome depends on, as plain data. The order of levers and of crises does not count."""
        plain = asdict(self)
        plain["observe"] = sorted(set(self.observe))
        if not self.observe:
            del plain["observe"]
        for holder, cards in ((plain, "levers"), (plain["scenario"], "crises")):
            holder[cards] = sorted(holder[cards], key=lambda card: card["id"])
        if self.scenario.territory.land is None:
            del plain["scenario"]["territory"]["land"]
        return {"model_version": MODEL_VERSION, "schema_version": SCHEMA_VERSION, **plain}

    @cached_property
    def id(self) -> str:
        """16 hex digits of the content's hash."""
        return key_of(self.content())


def key_of(content: dict[str, Any]) -> str:
    """The id of the run that has this content."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
