"""A crisis during a run: when it is on, who is exposed, and what is left of services."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from ..cards.reader import CardError
from ..i18n.translation import Message
from ..world.world import World
from .card import Crisis, Service
from .exposure import compute_cushion_days, compute_exposure, compute_need_weights, select_closed_sites

SERVICE_NAMES = ("site_activity", "visits", "institution_capacity", "phone", "restocking")


class CrisisCalendar(Protocol):
    """What crises need of a calendar: the day number of a date."""

    def day(self, iso: str) -> int:
        """Day number, 0 at the run's start."""


@dataclass(frozen=True)
class CrisisState:
    """A crisis in one step, as phases read it.

    started: its first day falls in this step. days_since: days from its first day to the step's. exposure float32[n],
    0 to 1, severity included. need_weights float32[n, d]: factor on a resident's need in each domain, 0 for a child.
    """

    card: Crisis
    started: bool
    days_since: int
    exposure: np.ndarray
    need_weights: np.ndarray
    restock: float = 1.0
    """Share of usual restocking that is left to a household at exposure 1."""


class ActiveCrisis:
    """A crisis during a run. Exposure is computed once, from the world in its first step."""

    def __init__(self, card: Crisis, start_day: int) -> None:
        self.card, self.start_day, self.end_day = card, start_day, start_day + card.days
        self._exposure: np.ndarray | None = None
        self._need_weights: np.ndarray | None = None
        self._cushion_days: np.ndarray | None = None

    def copy(self) -> ActiveCrisis:
        """A copy for a fork; exposure that has been computed is shared, as it no longer changes."""
        other = ActiveCrisis(self.card, self.start_day)
        other._exposure, other._cushion_days = self._exposure, self._cushion_days
        other._need_weights = self._need_weights
        return other

    def is_active(self, day: int, span: int = 1) -> bool:
        """True if any of the `span` days from `day` is a day of the crisis."""
        return self.card.severity > 0 and day < self.end_day and self.start_day < day + span

    def has_heat_plans(self, day: int) -> bool:
        """True on the days of a heat wave and those after it on which its deaths still occur."""
        heat = self.card.heat
        return (self.card.severity > 0 and heat.dose + heat.rise > 0
                and self.start_day <= day < self.end_day + heat.after_days)

    def state_at(self, day: int, span: int, world: World) -> CrisisState | None:
        """The crisis in the step of `span` days from `day`, or None when it is not on."""
        if not self.is_active(day, span):
            return None
        days_since = max(0, day - self.start_day)
        if self._need_weights is None:
            self._need_weights = compute_need_weights(self.card, self.start_day, world)
        return CrisisState(self.card, day <= self.start_day < day + span, days_since,
                           self.exposure_after(days_since, world), self._need_weights,
                           compute_service_level(self.card.exposed_services.restock, days_since, 1.0))

    def exposure_after(self, days_since: int, world: World) -> np.ndarray:
        """float32[n]: exposure `days_since` days after the first day: 0 while a cash cushion still lasts."""
        if self._exposure is None:
            self._exposure = compute_exposure(self.card, world)
            self._cushion_days = compute_cushion_days(self.card, world) if self.card.exposure.after_cushion else None
        if self._cushion_days is None:
            return self._exposure
        return np.where(self._cushion_days <= days_since, self._exposure, np.float32(0))


def activate_crises(crises: Iterable[Crisis], calendar: CrisisCalendar) -> tuple[ActiveCrisis, ...]:
    """The crises placed on the calendar, by start and id; without severity 0. CardError for an id used twice."""
    cards = list(crises)
    ids = [card.id for card in cards]
    for name in ids:
        if ids.count(name) > 1:
            raise CardError(Message("scenario: crisis {name} is listed twice: expected each id once; rename one",
                                    name=name))
    active = [ActiveCrisis(card, calendar.day(start)) for card in cards if card.severity > 0 for start in card.starts]
    return tuple(sorted(active, key=lambda crisis: (crisis.start_day, crisis.card.id)))


def compute_service_factors(active: Sequence[ActiveCrisis], day: int) -> dict[str, float]:
    """Handle of the territory -> factor on a day: the product over the crises that are on; without factors of 1."""
    factors: dict[str, float] = {}
    for crisis in sorted(active, key=lambda each: each.card.id):
        if not crisis.is_active(day):
            continue
        days_since, card = day - crisis.start_day, crisis.card
        for name in SERVICE_NAMES:
            level = compute_service_level(getattr(card.services, name), days_since, card.severity)
            if level != 1.0:
                factors[f"territory.{name}"] = factors.get(f"territory.{name}", 1.0) * level
    wave = find_heat_wave(active, day)
    plans = {handle: getattr(wave.heat, name) for name, handle in HEAT_HANDLES.items()} if wave else {}
    return factors | {f"territory.{handle}": factor for handle, factor in plans.items() if factor != 1.0}


def find_heat_wave(active: Sequence[ActiveCrisis], day: int) -> Crisis | None:
    """The card of the heat wave whose plans and warnings act on a day: that which began last, None without one.

    One alone: a wave that comes back before the deaths of the last have ended does not double the plan.
    """
    waves = [crisis for crisis in active if crisis.has_heat_plans(day)]
    return max(waves, key=lambda each: (each.start_day, each.card.id)).card if waves else None


HEAT_HANDLES = {"awareness": "heat_awareness", "care": "heat_care", "air_conditioning": "air_conditioning",
                "cool_places": "cool_places"}
"""Entry of a card's heat (Heat) -> handle of the territory that it scales."""


EXPOSED_HANDLES = {"contact": "resident.contact", "site_access": "resident.site_access"}
"""Service of the exposed (ExposedServices) -> handle of residents that it scales."""


def list_local_factors(active: Sequence[ActiveCrisis], day: int, world: World) -> list[tuple[str, float, np.ndarray]]:
    """(handle, factor, int64 rows): what crises take from the residents they expose and from sites, by id and start."""
    factors = []
    for crisis in sorted(active, key=lambda each: (each.card.id, each.start_day)):
        if not crisis.is_active(day):
            continue
        days_since, card = day - crisis.start_day, crisis.card
        for name, handle in EXPOSED_HANDLES.items():
            level = compute_service_level(getattr(card.exposed_services, name), days_since, card.severity)
            if level != 1.0:
                factors.append((handle, level, np.flatnonzero(crisis.exposure_after(days_since, world) > 0)))
        level = compute_service_level(card.sites.service, days_since, card.severity)
        if card.sites.where != "nowhere" and level != 1.0:
            factors.append(("site.activity", level, np.flatnonzero(select_closed_sites(card, world))))
    wave = find_heat_wave(active, day)
    if wave and wave.heat.calls != 1.0:
        factors.append(("institution.call_rate", wave.heat.calls, np.arange(world.institutions.rows)))
    return [factor for factor in factors if len(factor[2])]


def compute_service_level(service: Service, days_since: int, severity: float) -> float:
    """What is left of a service `days_since` days after a crisis began: 1 - (1 - level) x severity x share faded."""
    if days_since < service.after_days or 0 < service.until_days <= days_since:
        return 1.0
    faded = min(1.0, (days_since - service.after_days + 1) / service.fade_days) if service.fade_days else 1.0
    return max(0.0, 1.0 - (1.0 - service.level) * severity * faded)
