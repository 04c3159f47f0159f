"""Levers at an equal budget: doses scaled to the same cost a year, and portfolios that share staff and money (model 8).

Costs are computed in the initial world, before any step: a dose is a decision, the same for every seed. What a run
then costs may differ a little, because whom a lever reaches is resolved on the day it begins to act.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from ..cards.reader import CardError
from ..i18n.translation import Message
from ..world.world import World
from .active_lever import ActiveLever, activate_levers
from .card import Lever
from .cost import CashFlow, Payment, compute_cash_flow, count_posts
from .handles import HANDLES
from .planned_sites import NEW_SITES_HANDLE

YEAR = 365
BISECTION_STEPS = 60
"""Enough steps for a dose exact to the last bit."""
BUDGET_TOLERANCE = 1e-6
"""Relative tolerance within which two budgets are equal."""


class BudgetCalendar(Protocol):
    """What budgets need of a calendar: when levers start, the day of a date and the date of a day."""

    levers: str

    def day(self, iso: str) -> int:
        """Day number, 0 at the run's start."""

    def date(self, day: int) -> date:
        """The date of a day number."""


@dataclass(frozen=True)
class BudgetContext:
    """The world and dates for which costs are computed: from the levers' date to last_day, the day after the run."""

    world: World
    calendar: BudgetCalendar
    last_day: int

    @property
    def years(self) -> float:
        """Years from the levers' date to the end of the run."""
        return max(1, self.last_day - self.calendar.day(self.calendar.levers)) / YEAR

    def resolve_lever(self, lever: Lever) -> ActiveLever:
        """The lever resolved in this world; a dose of 0 counts as 1."""
        active = activate_levers([replace(lever, dose=lever.dose or 1.0)], self.calendar)[0]
        active.resolve(self.world)
        return active

    def list_payments(self, active: ActiveLever, dose: float) -> tuple[Payment, ...]:
        """What a resolved lever costs at a dose, by year and payer. The lever keeps that dose."""
        return self._compute_cash_flow(active, dose).payments

    def yearly_cost(self, active: ActiveLever, dose: float) -> float:
        """Discounted EUR a year that a resolved lever costs at a dose, at default prices. The lever keeps that dose."""
        return self._compute_cash_flow(active, dose).total / self.years

    def _compute_cash_flow(self, active: ActiveLever, dose: float) -> CashFlow:
        active.lever = replace(active.lever, dose=dose)
        return compute_cash_flow(active, self.world, self.last_day, self.calendar)


def check_scalable(lever: Lever) -> None:
    """CardError unless effect and cost grow with the dose; else no dose makes the lever comparable at equal euros."""
    for modifier in lever.modifiers:
        if modifier.op == "set" and HANDLES[modifier.handle].owner != "resident":
            raise CardError(Message("lever {name}: sets {handle}, which is the same at any dose: expected a lever "
                                    "whose dose can be scaled to a budget; leave it out, or compare without euros=",
                                    name=lever.id, handle=modifier.handle))
    if lever.window.trigger:
        raise CardError(Message("lever {name}: starts on a trigger ({trigger}), so that its yearly cost is not known "
                                "beforehand: expected a date; leave it out, or compare without euros=", name=lever.id,
                                trigger=lever.window.trigger))


def scale_to_budget(lever: Lever, euros: float, budget_context: BudgetContext) -> Lever:
    """The lever at the dose that costs `euros` a year; a lever that opens sites opens whole ones.

    CardError when it cannot be scaled, or only to a dose outside its range.
    """
    check_scalable(lever)
    active = budget_context.resolve_lever(lever)
    dose = _find_dose(lambda dose: budget_context.yearly_cost(active, dose), euros, lever.dose_high)
    if dose is None:
        most = budget_context.yearly_cost(active, lever.dose_high)
        raise CardError(Message("lever {name}: at its greatest dose {dose:g} it costs {most:,.0f} EUR a year and "
                                "cannot spend {euros:,.0f}: expected a smaller budget; lower euros=, or widen its "
                                "target", name=lever.id, dose=lever.dose_high, most=most, euros=euros))
    scaled = _round_to_whole_sites(replace(lever, dose=dose))
    if scaled.dose <= 0 or scaled.dose < lever.dose_low:
        least = budget_context.yearly_cost(active, lever.dose_low or _dose_of_one_site(lever))
        raise CardError(Message("lever {name}: its least dose costs {least:,.0f} EUR a year, more than {euros:,.0f}: "
                                "expected a budget that pays for it; raise euros=, or narrow its target",
                                name=lever.id, least=least, euros=euros))
    return scaled


def scale_portfolio(levers: Sequence[Lever], budget_context: BudgetContext, euros: float | None = None,
                    posts: float | None = None) -> tuple[Lever, ...]:
    """The portfolio with all doses scaled by one factor: to a yearly budget, then down to the posts that can be filled.

    euros: EUR a year; posts: FTE; None for no such limit. CardError when a lever cannot be scaled that far.
    """
    scaled = tuple(levers)
    if euros is not None:
        scaled = _scale_to_euros(scaled, budget_context, euros)
    if posts is not None:
        needed = sum(count_posts(budget_context.resolve_lever(lever), budget_context.world)
                     for lever in scaled if lever.dose > 0)
        if needed > posts:
            scaled = tuple(_scale_dose(lever, posts / needed) for lever in scaled)
    return scaled


def _scale_to_euros(levers: tuple[Lever, ...], budget_context: BudgetContext, euros: float) -> tuple[Lever, ...]:
    """The levers with all doses scaled by the one factor at which together they cost `euros` a year."""
    for lever in levers:
        check_scalable(lever)
    actives = [budget_context.resolve_lever(lever) for lever in levers]

    def total_cost(factor: float) -> float:
        return sum(budget_context.yearly_cost(active, lever.dose * factor) for active, lever in zip(actives, levers))

    factor = _find_dose(total_cost, euros, min(lever.dose_high / lever.dose for lever in levers if lever.dose > 0))
    if factor is None:
        raise CardError(Message("portfolio {names}: cannot spend {euros:,.0f} EUR a year without a dose above its "
                                "range: expected a smaller budget; lower euros=",
                                names=[lever.id for lever in levers], euros=euros))
    return tuple(_scale_dose(lever, factor) for lever in levers)


def list_yearly_payments(lever: Lever, budget_context: BudgetContext) -> tuple[Payment, ...]:
    """Payments by year and payer at the card's dose; none at dose 0, nor for a lever that waits for its trigger."""
    if lever.dose == 0 or lever.window.trigger:
        return ()
    return budget_context.list_payments(budget_context.resolve_lever(lever), lever.dose)


def _find_dose(cost: Callable[[float], float], euros: float, most: float) -> float | None:
    """The greatest dose up to `most` that costs at most `euros`; None when even `most` costs less."""
    if cost(most) < euros * (1 - BUDGET_TOLERANCE):
        return None
    low, high = 0.0, most
    for _ in range(BISECTION_STEPS):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if cost(middle) <= euros else (low, middle)
    return high if cost(high) <= euros else low


def _scale_dose(lever: Lever, factor: float) -> Lever:
    """The lever with its dose times a factor. CardError when the dose leaves its range or opens no site."""
    scaled = _round_to_whole_sites(replace(lever, dose=lever.dose * factor))
    if lever.dose > 0 and (scaled.dose < lever.dose_low or scaled.dose == 0):
        least = max(lever.dose_low, _dose_of_one_site(lever))
        raise CardError(Message("lever {name}: a share of {factor:.2g} of its dose {dose:g} is less than it can be: "
                                "expected {least:g} or more; raise the limit, or leave it out", name=lever.id,
                                factor=factor, dose=lever.dose, least=least))
    return scaled


def _round_to_whole_sites(lever: Lever) -> Lever:
    """A lever that opens sites, at the dose that opens whole ones, rounded down; any other lever unchanged."""
    each = _sites_per_dose(lever)
    return lever if not each else replace(lever, dose=int(lever.dose * each + BUDGET_TOLERANCE) / each)


def _sites_per_dose(lever: Lever) -> float:
    return sum(modifier.value for modifier in lever.modifiers if modifier.handle == NEW_SITES_HANDLE)


def _dose_of_one_site(lever: Lever) -> float:
    """The dose of one site, 0 for a lever that opens none."""
    each = _sites_per_dose(lever)
    return 1.0 / each if each else 0.0
