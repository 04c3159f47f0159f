"""A run and its id: the scenario (given), the portfolio of levers (decided), the model's numbers, and a seed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any

from .. import MODEL_VERSION as MODEL_VERSION
from ..crises.card import Crisis
from ..i18n.translation import Message
from ..levers.card import Lever
from ..parameters import Model, ParameterGroup, parameter
from ..records.schema import SCHEMA_VERSION
from ..world.places.territory import Territory
from ..world.population.given_population import GivenPopulation
from ..world.sites.site_card import SiteCard
from .extensions import Extensions

ABLATION_STARTS = ("start", "levers", "onset")
"""When channels are switched off: from the start of the run, from the calendar's lever date, or from the onset of its
first crisis."""


@lru_cache(maxsize=4096)
def _count_days(first: str, last: str) -> int:
    """Days from one ISO date to another. Every step asks for the same few."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


@dataclass
class Calendar(ParameterGroup):
    """Dates of a run, as ISO text (the start is a Monday), daily steps, and the horizon over which losses count."""

    start: str = "2025-01-06"
    levers: str = "2026-01-05"
    recovery_days: int = parameter(14, unit="days", low=14, high=730,
                                   doc="daily steps from the first day of a crisis on, at least; weekly steps follow",
                                   source="assumption: weekly steps later change losses by less than 1 %; the work of "
                                   "recovery itself lasts as long as it takes")
    horizon_days: int = parameter(365, unit="days", low=0, high=1825,
                                  source="assumption: a year, or what the crises' cards say (follow_days)",
                                  doc="days after the first onset over which loss is summed")

    def day(self, iso: str) -> int:
        """Day number of an ISO date, 0 at the start. ValueError for text that is no date."""
        try:
            return _count_days(self.start, str(iso))
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
class BehaviourSource:
    """A subclass of Resident that a run was given from outside.

    name: its module and qualified name. sources: dotted name of each class, module and value that it uses to 16 hex
    digits of a SHA-256 of its source or value.
    """

    name: str
    sources: dict[str, str]


@dataclass(frozen=True)
class Run:
    """A scenario, a portfolio of levers, the model's numbers, a seed. `id` is a hash of it all, with the versions."""

    scenario: Scenario
    model: Model = field(default_factory=Model)
    levers: tuple[Lever, ...] = ()
    seed: int = 1
    observe: tuple[str, ...] = ()
    """Optional tables to record (records/observed). They change what is written, not what is simulated."""
    ablate: tuple[str, ...] = ()
    """Channels that are switched off: names of rules/channels.CHANNELS."""
    ablate_from: str = "start"
    """From when on: one of ABLATION_STARTS."""
    residents: BehaviourSource | None = None
    """The class of residents given to `TerritoryModel`, which sets this; None for the model's own."""
    extensions: Extensions | None = None
    """What is given from outside: residents, mechanisms, ties, a population … None for the model as it is."""

    def content(self) -> dict[str, Any]:
        """Everything that the outcome depends on, as plain data. The order of levers and of crises does not count."""
        plain = asdict(replace(self, extensions=None))
        del plain["extensions"]
        if self.extensions is not None and self.extensions.content():
            plain["extensions"] = self.extensions.content()
        plain["observe"] = sorted(set(self.observe))
        if not self.observe:
            del plain["observe"]
        plain["ablate"] = sorted(set(self.ablate))
        if not self.ablate:  # no cut: the same run as without a word of it
            del plain["ablate"], plain["ablate_from"]
        if self.residents is None:
            del plain["residents"]
        for holder, cards in ((plain, "levers"), (plain["scenario"], "crises")):
            holder[cards] = sorted(holder[cards], key=lambda card: card["id"])
        if self.scenario.territory.official_data is None:
            del plain["scenario"]["territory"]["official_data"]
        if not self.scenario.territory.points:
            del plain["scenario"]["territory"]["points"]
        return {"model_version": MODEL_VERSION, "schema_version": SCHEMA_VERSION, **plain}

    @property
    def given_population(self) -> GivenPopulation | None:
        """Residents and households that replace the synthetic ones, if somebody gave any."""
        return None if self.extensions is None else self.extensions.population

    @cached_property
    def id(self) -> str:
        """16 hex digits: `hash_run_content` of the content."""
        return hash_run_content(self.content())


def hash_run_content(content: dict[str, Any]) -> str:
    """The id of a run with this content: 16 hex digits of its SHA-256."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
