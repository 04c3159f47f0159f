"""A crisis in a run: its days, who is exposed, and what stops working."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from ..cards.reader import CardError
from ..world.world import World
from .card import Crisis, Service
from .exposure import exposure, shut_sites, spared

SERVICES = ("site_open", "meet", "institution", "phone", "shops")


class Dates(Protocol):
    """What a calendar must know: the day number of a date."""

    def day(self, iso: str) -> int:
        """Day number, 0 at the run's start."""


@dataclass(frozen=True)
class Now:
    """A crisis in one step: what the need and live phases see. started: its first day falls in this step."""

    card: Crisis
    started: bool
    days_since: int
    exposure: np.ndarray
    restock: float = 1.0
    """Share of usual restocking left to a household exposed in full; exposure holds the severity."""


class ActiveCrisis:
    """A crisis on its days. Exposure is worked out in the first step it is on, from the world as it is then."""

    def __init__(self, card: Crisis, start_day: int) -> None:
        self.card, self.start_day, self.end_day = card, start_day, start_day + card.days
        self._exposure: np.ndarray | None = None
        self._spared: np.ndarray | None = None

    def copy(self) -> ActiveCrisis:
        """The same crisis for a fork: what it has worked out so far is shared, what comes is its own."""
        other = ActiveCrisis(self.card, self.start_day)
        other._exposure, other._spared = self._exposure, self._spared
        return other

    def is_on(self, day: int, span: int = 1) -> bool:
        """True if any of the `span` days from `day` is a day of the crisis."""
        return self.card.severity > 0 and day < self.end_day and self.start_day < day + span

    def at(self, day: int, span: int, world: World) -> Now | None:
        """The crisis in the step of `span` days from `day`, or None when it is not on."""
        if not self.is_on(day, span):
            return None
        since = max(0, day - self.start_day)
        return Now(self.card, day <= self.start_day < day + span, since, self.exposed(since, world),
                   left_of(self.card.hit.restock, since, 1.0))

    def exposed(self, since: int, world: World) -> np.ndarray:
        """float32[n]: exposure so many days into the crisis."""
        if self._exposure is None:
            self._exposure = exposure(self.card, world)
            self._spared = spared(self.card, world) if self.card.exposure.after_cushion else None
        if self._spared is None:
            return self._exposure
        return np.where(self._spared <= since, self._exposure, np.float32(0))


def activate(crises: Iterable[Crisis], calendar: Dates) -> tuple[ActiveCrisis, ...]:
    """The crises on the calendar, by start and id, without those of severity 0. CardError for an id used twice."""
    cards = list(crises)
    ids = [card.id for card in cards]
    for name in ids:
        if ids.count(name) > 1:
            raise CardError(f"scenario: crisis {name} is listed twice: expected each id once; rename one")
    active = [ActiveCrisis(card, calendar.day(start)) for card in cards if card.severity > 0 for start in card.starts]
    return tuple(sorted(active, key=lambda one: (one.start_day, one.card.id)))


def services(active: Sequence[ActiveCrisis], day: int) -> dict[str, float]:
    """Territory handle -> factor on a day: the product over the crises that are on; absent where nothing is cut."""
    factors: dict[str, float] = {}
    for one in sorted(active, key=lambda crisis: crisis.card.id):
        if not one.is_on(day):
            continue
        for name in SERVICES:
            left = left_of(getattr(one.card.services, name), day - one.start_day, one.card.severity)
            if left != 1.0:
                factors[f"territory.{name}"] = factors.get(f"territory.{name}", 1.0) * left
    return factors


LOCAL = {"contact": "resident.contact", "at_site": "resident.at_site"}
"""What those who are hit lose, and the handle that is turned."""


def local(active: Sequence[ActiveCrisis], day: int, world: World) -> list[tuple[str, float, np.ndarray]]:
    """(handle, factor, int64 rows) of what crises take from those they hit and from sites, by crisis id and start."""
    turns = []
    for one in sorted(active, key=lambda crisis: (crisis.card.id, crisis.start_day)):
        if not one.is_on(day):
            continue
        since, card = day - one.start_day, one.card
        for name, handle in LOCAL.items():
            left = left_of(getattr(card.hit, name), since, card.severity)
            if left != 1.0:
                turns.append((handle, left, np.flatnonzero(one.exposed(since, world) > 0)))
        left = left_of(card.sites.service, since, card.severity)
        if card.sites.where != "nowhere" and left != 1.0:
            turns.append(("site.opening", left, np.flatnonzero(shut_sites(card, world))))
    return [turn for turn in turns if len(turn[2])]


def left_of(service: Service, since: int, severity: float) -> float:
    """What is left of a service so many days into a crisis: 1 - (1 - level) x severity x how far it faded, 0 to 1."""
    if since < service.after_days or 0 < service.until_days <= since:
        return 1.0
    faded = min(1.0, (since - service.after_days + 1) / service.fade_days) if service.fade_days else 1.0
    return max(0.0, 1.0 - (1.0 - service.level) * severity * faded)
