"""A run and its id: the scenario (given), the portfolio of levers (decided), the model's numbers, and a seed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from ..crises.card import Crisis
from ..i18n.translation import Message
from ..levers.card import Lever
from ..parameters import Model, ParameterGroup, parameter
from ..records.schema import SCHEMA_VERSION
from ..world.places.territory import Territory
from ..world.sites.site_card import SiteCard
from .extensions import Extensions

MODEL_VERSION = "0.6.0"
"""Changes whenever results change: part of every run's id."""


@dataclass
class Calendar(ParameterGroup):
    """Dates of a run, as ISO text (the start is a Monday), and lengths of recovery and of the loss horizon."""

    start: str = "2025-01-06"
    levers: str = "2026-01-05"
    recovery_days: int = parameter(90, unit="days", low=14, high=365, grade="derived", doc="daily steps after a crisis",
                                   source="model 3: recovery takes 14 to 45 days")
    horizon_days: int = parameter(365, unit="days", low=30, high=1825, grade="assumption", source="model 9",
                                  doc="days after the first onset over which loss is summed")

    def day(self, iso: str) -> int:
        """Day number of an ISO date, 0 at the start. ValueError for text that is no date."""
        try:
            return (date.fromisoformat(str(iso)) - date.fromisoformat(self.start)).days
        except ValueError:
            raise ValueError(Message("date {value!r}: expected year-month-day such as 2027-08-04", value=iso)) from None

    def date(self, day: int) -> date:
        """The date of a day number."""
        return date.fromisoformat(self.start) + timedelta(days=day)


@dataclass
class Scenario:
    """What is given: the territory, its sites, the calendar and the crises, which may overlap."""

    territory: Territory
    sites: tuple[SiteCard, ...] = ()
    calendar: Calendar = field(default_factory=Calendar)
    crises: tuple[Crisis, ...] = ()


@dataclass(frozen=True)
class Run:
    """A scenario, a portfolio of levers, the model's numbers, a seed. `id` is a hash of it all, with the versions."""

    scenario: Scenario
    model: Model = field(default_factory=Model)
    levers: tuple[Lever, ...] = ()
    seed: int = 1
    observe: tuple[str, ...] = ()
    """Optional tables to record (records/observed). They change what is written, not what is simulated."""
    extensions: Extensions | None = None
    """What is given from outside: residents, mechanisms, handles, a network. None for the model as it is."""

    def content(self) -> dict[str, Any]:
        """Everything that the outcome depends on, as plain data. The order of levers and of crises does not count."""
        plain = asdict(replace(self, extensions=None))
        del plain["extensions"]
        if self.extensions is not None and self.extensions.content():
            plain["extensions"] = self.extensions.content()
        plain["observe"] = sorted(set(self.observe))
        if not self.observe:
            del plain["observe"]
        for holder, cards in ((plain, "levers"), (plain["scenario"], "crises")):
            holder[cards] = sorted(holder[cards], key=lambda card: card["id"])
        if self.scenario.territory.official_data is None:
            del plain["scenario"]["territory"]["official_data"]
        return {"model_version": MODEL_VERSION, "schema_version": SCHEMA_VERSION, **plain}

    @cached_property
    def id(self) -> str:
        """16 hex digits: `hash_run_content` of the content."""
        return hash_run_content(self.content())


def hash_run_content(content: dict[str, Any]) -> str:
    """The id of a run with this content: 16 hex digits of its SHA-256."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
