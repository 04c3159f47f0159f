"""What a portfolio costs: cash flow by year and payer, and its discounted total, with ranges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np

from ..parameters.quantity import Group, quantity
from ..world.world import World
from .active import ActiveLever
from .card import Price
from .catalogue import HANDLES
from .project import project_count

YEAR, THOUSAND = 365, 1000
"""Days of a year of running costs."""


@dataclass
class Discounting(Group):
    """How years are weighed against each other."""

    rate: float = quantity(0.025, unit="1/yr", low=0.0, high=0.08, source="model 8; 2.5 % is assumed",
                           doc="discount rate")
    year: int = quantity(2025, unit="yr", low=2000, high=2100, source="model 8",
                         doc="year to which money is brought back")


class Dates(Protocol):
    """What a calendar must know: the date of a day number."""

    def date(self, day: int) -> date:
        """The date."""


@dataclass(frozen=True)
class Flow:
    """Money paid in one year by one payer for one lever: default, lowest and highest, EUR of the card's price year."""

    lever: str
    year: int
    payer: str
    kind: str
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class CashFlow:
    """What a lever costs over a run. total, total_low, total_high: EUR, discounted."""

    flows: tuple[Flow, ...]

    @property
    def total(self) -> float:
        """Discounted total at default prices, EUR."""
        return discounted(self.flows)[0]

    @property
    def total_low(self) -> float:
        """Discounted total at the lowest prices, EUR."""
        return discounted(self.flows)[1]

    @property
    def total_high(self) -> float:
        """Discounted total at the highest prices, EUR."""
        return discounted(self.flows)[2]


def units(active: ActiveLever, world: World) -> dict[str, float]:
    """How many of each unit the lever reaches. It must be resolved; registered: residents listed at its dose."""
    if active.reach is None:
        raise ValueError(f"lever {active.lever.id}: expected a resolved lever; call resolve(world) first")
    reach, people = active.reach, world.people
    rows = reach.residents
    return {"lever": 1, "site": len(reach.sites), "resident": len(rows),
            "household": len(np.unique(people.household[rows])), "building": len(np.unique(people.building[rows])),
            "neighbourhood": len(reach.neighbourhoods), "institution": len(reach.institutions),
            "registered": _registered(active, world),
            "project": project_count(active.lever) / active.lever.dose if active.lever.dose else 0,
            "thousand": float(world.institutions.residents[reach.institutions].sum()) / THOUSAND}


def _registered(active: ActiveLever, world: World) -> int:
    """Consenting residents of the target on the register when the lever acts in full."""
    assert active.reach is not None
    handle, dose = HANDLES["institution.register"], active.lever.dose
    coverage = float(handle.base(world))
    for turn in active.lever.turns:
        if turn.handle == handle.name:
            coverage = {"set": turn.value, "add": coverage + turn.value * dose,
                        "scale": coverage * turn.value ** dose}[turn.op]
    rows = active.reach.residents
    coverage = min(max(coverage, handle.low), handle.high)
    return int(((world.people.consent[rows] == 1) & (world.people.register_rank[rows] < coverage)).sum())


def staff(active: ActiveLever, world: World) -> float:
    """Posts to recruit, FTE."""
    part = active.lever.staffing
    return part.fte * _times(part.per, units(active, world), active.lever.dose)


def _times(unit: str, counted: Mapping[str, float], dose: float) -> float:
    """What an amount per unit of dose and per unit reached is multiplied by. The register already knows the dose."""
    return counted[unit] if unit == "registered" and dose > 0 else counted[unit] * dose


def cash_flow(active: ActiveLever, world: World, last_day: int, calendar: Dates) -> CashFlow:
    """Money by year from the lever's start to last_day (the day after the run): set-up when it starts, then running.

    Nothing at dose 0, nor for a lever that is not resolved because it never begins to act.
    """
    lever, span = active.lever, active.span
    end = last_day if span.end is None else min(span.end, last_day)
    if lever.dose == 0 or active.reach is None or active.start_day >= last_day:
        return CashFlow(())
    cost, counted = lever.cost, units(active, world)
    many, posts = _times(cost.unit, counted, lever.dose), staff(active, world)
    flows = _flows(active, "set-up", {calendar.date(active.start_day).year: 1.0},
                   ((cost.setup, lever.dose), (cost.setup_per_unit, many)))
    days: dict[int, float] = {}
    for day in range(span.begin, end):
        year = calendar.date(day).year
        days[year] = days.get(year, 0.0) + 1.0
    share = {year: count / YEAR for year, count in days.items()}
    flows += _flows(active, "running", share, ((cost.per_year, lever.dose), (cost.per_fte_year, posts),
                                               (cost.per_unit_year, many)))
    return CashFlow(tuple(flows))


def _flows(active: ActiveLever, kind: str, share: Mapping[int, float],
           parts: Iterable[tuple[Price, float]]) -> list[Flow]:
    """One flow a year: shares of a year times prices times amounts, when there is anything to pay."""
    parts = list(parts)
    value, low, high = (sum(getattr(price, which) * times for price, times in parts)
                        for which in ("value", "low", "high"))
    if high == 0 and value == 0:
        return []
    lever = active.lever
    return [Flow(lever.id, year, lever.cost.payer, kind, value * part, low * part, high * part)
            for year, part in sorted(share.items())]


def discounted(flows: Iterable[Flow], terms: Discounting | None = None) -> tuple[float, float, float]:
    """Total (default, lowest, highest) in EUR, each year's money divided by (1 + rate)^(year - base year)."""
    terms = terms or Discounting()
    totals = [0.0, 0.0, 0.0]
    for flow in sorted(flows, key=lambda one: (one.lever, one.year, one.kind)):
        weight = (1.0 + terms.rate) ** (terms.year - flow.year)
        for place, money in enumerate((flow.value, flow.low, flow.high)):
            totals[place] += money * weight
    return totals[0], totals[1], totals[2]


def by_payer(flows: Iterable[Flow]) -> dict[tuple[str, int], tuple[float, float, float]]:
    """(payer, year) -> (default, lowest, highest) EUR, undiscounted, sorted."""
    table: dict[tuple[str, int], tuple[float, float, float]] = {}
    for flow in sorted(flows, key=lambda one: (one.payer, one.year, one.lever, one.kind)):
        value, low, high = table.get((flow.payer, flow.year), (0.0, 0.0, 0.0))
        table[flow.payer, flow.year] = (value + flow.value, low + flow.low, high + flow.high)
    return table
