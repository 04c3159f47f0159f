"""What a lever costs: payments by year and payer, and their discounted total, each with a range."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np

from ..i18n.translation import Message
from ..parameters.parameter import ParameterGroup, parameter
from ..world.world import World
from .active_lever import ActiveLever
from .card import Price
from .handles import HANDLES
from .planned_sites import count_new_sites

YEAR, THOUSAND = 365, 1000
"""YEAR: days of a year of running costs."""


@dataclass
class Discounting(ParameterGroup):
    """How payments of different years are weighted."""

    rate: float = parameter(0.025, unit="1/yr", low=0.0, high=0.08, grade="published",
                            source="Quinet 2013, Commissariat général à la stratégie et à la prospective: rate without "
                            "risk for public investments in France",
                            doc="discount rate")
    year: int = parameter(2025, unit="yr", low=2000, high=2100, source="assumption: the year of the cards' prices",
                          doc="year to which money is brought back")


class CostCalendar(Protocol):
    """What costs need of a calendar: the date of a day number."""

    def date(self, day: int) -> date:
        """The date."""


@dataclass(frozen=True)
class Payment:
    """Money paid in one year by one payer for one lever.

    kind: "set-up" or "running". value, low, high: at default, lowest and highest prices, EUR of the card's price year.
    """

    lever: str
    year: int
    payer: str
    kind: str
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class CashFlow:
    """What a lever costs over a run: its payments, and their discounted totals."""

    payments: tuple[Payment, ...]

    @property
    def total(self) -> float:
        """Discounted total at default prices, EUR."""
        return sum_discounted(self.payments)[0]

    @property
    def total_low(self) -> float:
        """Discounted total at the lowest prices, EUR."""
        return sum_discounted(self.payments)[1]

    @property
    def total_high(self) -> float:
        """Discounted total at the highest prices, EUR."""
        return sum_discounted(self.payments)[2]


def count_units(active: ActiveLever, world: World) -> dict[str, float]:
    """Unit of COST_UNITS -> how many of them the lever reaches. ValueError for an unresolved lever."""
    if active.reach is None:
        raise ValueError(Message("lever {name}: expected a resolved lever; call resolve(world) first",
                                 name=active.lever.id))
    reach, people = active.reach, world.people
    rows = reach.residents
    return {"lever": 1, "site": len(reach.sites), "resident": len(rows),
            "household": len(np.unique(people.household[rows])), "building": len(np.unique(people.building[rows])),
            "neighbourhood": len(reach.neighbourhoods), "institution": len(reach.institutions),
            "registered": _count_registered(active, world),
            "project": count_new_sites(active.lever) / active.lever.dose if active.lever.dose else 0,
            "thousand": float(world.institutions.residents[reach.institutions].sum()) / THOUSAND}


def _count_registered(active: ActiveLever, world: World) -> int:
    """Consenting residents of the target who are on the register when the lever acts in full, at its dose."""
    assert active.reach is not None
    handle, dose = HANDLES["institution.register"], active.lever.dose
    coverage = float(handle.base(world))
    for modifier in active.lever.modifiers:
        if modifier.handle == handle.name:
            value = modifier.value
            coverage = {"set": value, "add": coverage + value * dose, "scale": coverage * value ** dose}[modifier.op]
    rows = active.reach.residents
    coverage = min(max(coverage, handle.low), handle.high)
    return int(((world.people.consent[rows] == 1) & (world.people.register_rank[rows] < coverage)).sum())


def count_posts(active: ActiveLever, world: World) -> float:
    """Posts to recruit at the lever's dose, FTE."""
    staffing = active.lever.staffing
    return staffing.fte * _unit_multiplier(staffing.per, count_units(active, world), active.lever.dose)


def _unit_multiplier(unit: str, unit_counts: Mapping[str, float], dose: float) -> float:
    """Factor of an amount per unit of dose and per unit reached. The number registered already depends on the dose."""
    return unit_counts[unit] if unit == "registered" and dose > 0 else unit_counts[unit] * dose


def compute_cash_flow(active: ActiveLever, world: World, last_day: int, calendar: CostCalendar) -> CashFlow:
    """Payments by year from the lever's start to last_day, the day after the run: set-up on its start, then running.

    No payments at dose 0, nor for a lever that is not resolved because it never begins to act.
    """
    lever, period = active.lever, active.period
    end = last_day if period.end_day is None else min(period.end_day, last_day)
    if lever.dose == 0 or active.reach is None or active.start_day >= last_day:
        return CashFlow(())
    cost, unit_counts = lever.cost, count_units(active, world)
    unit_amount, posts = _unit_multiplier(cost.unit, unit_counts, lever.dose), count_posts(active, world)
    payments = _list_payments(active, "set-up", {calendar.date(active.start_day).year: 1.0},
                              ((cost.setup, lever.dose), (cost.setup_per_unit, unit_amount)))
    days: dict[int, float] = {}
    for day in range(period.start_day, end):
        year = calendar.date(day).year
        days[year] = days.get(year, 0.0) + 1.0
    share = {year: count / YEAR for year, count in days.items()}
    payments += _list_payments(active, "running", share, ((cost.per_year, lever.dose), (cost.per_fte_year, posts),
                                                          (cost.per_unit_year, unit_amount)))
    return CashFlow(tuple(payments))


def _list_payments(active: ActiveLever, kind: str, share: Mapping[int, float],
                   items: Sequence[tuple[Price, float]]) -> list[Payment]:
    """One payment a year; none when prices are 0. share: year -> share of it to pay. items: prices and amounts."""
    value, low, high = (sum(getattr(price, bound) * amount for price, amount in items)
                        for bound in ("value", "low", "high"))
    if high == 0 and value == 0:
        return []
    lever = active.lever
    return [Payment(lever.id, year, lever.cost.payer, kind, value * paid, low * paid, high * paid)
            for year, paid in sorted(share.items())]


def sum_discounted(payments: Iterable[Payment], discounting: Discounting | None = None) -> tuple[float, float, float]:
    """Totals at (default, lowest, highest) prices in EUR, each payment divided by (1 + rate)^(year - base year)."""
    discounting = discounting or Discounting()
    totals = [0.0, 0.0, 0.0]
    for payment in sorted(payments, key=lambda each: (each.lever, each.year, each.kind)):
        weight = (1.0 + discounting.rate) ** (discounting.year - payment.year)
        for k, money in enumerate((payment.value, payment.low, payment.high)):
            totals[k] += money * weight
    return totals[0], totals[1], totals[2]


def sum_by_payer(payments: Iterable[Payment]) -> dict[tuple[str, int], tuple[float, float, float]]:
    """(payer, year) -> sums at (default, lowest, highest) prices in EUR, undiscounted, sorted."""
    table: dict[tuple[str, int], tuple[float, float, float]] = {}
    for payment in sorted(payments, key=lambda each: (each.payer, each.year, each.lever, each.kind)):
        value, low, high = table.get((payment.payer, payment.year), (0.0, 0.0, 0.0))
        table[payment.payer, payment.year] = (value + payment.value, low + payment.low, high + payment.high)
    return table
