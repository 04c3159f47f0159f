"""Levers at equal euros: doses scaled to one yearly budget, and portfolios that share staff and money (model 8).

Costs are counted in the world as it is at the start, before anything is played: a dose is a decision, the same for
every seed. What a run then costs may differ a little, because whom a lever reaches is settled on its own day.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from ..cards.reader import CardError
from ..world.world import World
from .active import ActiveLever, activate
from .card import Lever
from .catalogue import HANDLES
from .cost import Flow, cash_flow
from .cost import staff as staff_of
from .project import PROJECTS

YEAR = 365
HALVINGS = 60
"""Steps of a bisection: a dose to the last bit."""
SAME = 1e-6
"""Budgets this near, as a share, are the same."""


class Dates(Protocol):
    """What a calendar must know: when levers start, the day of a date and the date of a day."""

    levers: str

    def day(self, iso: str) -> int:
        """Day number, 0 at the run's start."""

    def date(self, day: int) -> date:
        """The date of a day number."""


@dataclass(frozen=True)
class Terms:
    """Where and for how long money is counted: from the levers' date to last_day, the day after the run."""

    world: World
    calendar: Dates
    last_day: int

    @property
    def years(self) -> float:
        """Years of the levers in the run."""
        return max(1, self.last_day - self.calendar.day(self.calendar.levers)) / YEAR

    def active(self, lever: Lever) -> ActiveLever:
        """The lever resolved in this world, whatever its dose."""
        one = activate([replace(lever, dose=lever.dose or 1.0)], self.calendar)[0]
        one.resolve(self.world)
        return one

    def flows(self, one: ActiveLever, dose: float) -> tuple[Flow, ...]:
        """What a resolved lever costs at a dose, by year and payer."""
        one.lever = replace(one.lever, dose=dose)
        return cash_flow(one, self.world, self.last_day, self.calendar).flows

    def a_year(self, one: ActiveLever, dose: float) -> float:
        """Discounted EUR a year that a resolved lever costs at a dose, at default prices."""
        one.lever = replace(one.lever, dose=dose)
        return cash_flow(one, self.world, self.last_day, self.calendar).total / self.years


def scalable(lever: Lever) -> None:
    """CardError unless half the dose is half the lever: doses that change nothing cannot be compared at equal euros."""
    for turn in lever.turns:
        if turn.op == "set" and HANDLES[turn.handle].owner != "resident":
            raise CardError(f"lever {lever.id}: sets {turn.handle}, which is the same at any dose: expected a lever "
                            "whose dose can be scaled to a budget; leave it out, or compare without euros=")
    if lever.window.trigger:
        raise CardError(f"lever {lever.id}: starts on a trigger ({lever.window.trigger}), so that its yearly cost is "
                        "not known beforehand: expected a date; leave it out, or compare without euros=")


def at_budget(lever: Lever, euros: float, terms: Terms) -> Lever:
    """The lever at the dose that costs so many EUR a year; whole sites only, for one that opens sites.

    CardError when it cannot be scaled, or only beyond the doses that make sense.
    """
    scalable(lever)
    one = terms.active(lever)
    dose = _dose(lambda tried: terms.a_year(one, tried), euros, lever.dose_high)
    if dose is None:
        most = terms.a_year(one, lever.dose_high)
        raise CardError(f"lever {lever.id}: at its greatest dose {lever.dose_high:g} it costs {most:,.0f} EUR a year "
                        f"and cannot spend {euros:,.0f}: expected a smaller budget; lower euros=, or widen its target")
    scaled = _whole(replace(lever, dose=dose))
    if scaled.dose <= 0 or scaled.dose < lever.dose_low:
        least = terms.a_year(one, lever.dose_low or _one_site(lever))
        raise CardError(f"lever {lever.id}: its least dose costs {least:,.0f} EUR a year, more than {euros:,.0f}: "
                        "expected a budget that pays for it; raise euros=, or narrow its target")
    return scaled


def within(levers: Sequence[Lever], terms: Terms, euros: float | None = None, posts: float | None = None
           ) -> tuple[Lever, ...]:
    """The portfolio with all doses scaled alike: to a yearly budget, then down to the posts that can be filled.

    CardError when one of them cannot be scaled that far.
    """
    ready = tuple(levers)
    if euros is not None:
        for lever in ready:
            scalable(lever)
        active = [terms.active(lever) for lever in ready]
        room = min(lever.dose_high / lever.dose for lever in ready if lever.dose > 0)
        factor = _dose(lambda by: sum(terms.a_year(one, lever.dose * by) for one, lever in zip(active, ready)), euros,
                       room)
        if factor is None:
            raise CardError(f"portfolio {', '.join(lever.id for lever in ready)}: cannot spend {euros:,.0f} EUR a year "
                            "without a dose above its range: expected a smaller budget; lower euros=")
        ready = tuple(_scaled(lever, factor) for lever in ready)
    if posts is not None:
        needed = sum(staff_of(terms.active(lever), terms.world) for lever in ready if lever.dose > 0)
        if needed > posts:
            ready = tuple(_scaled(lever, posts / needed) for lever in ready)
    return ready


def yearly_flows(lever: Lever, terms: Terms) -> tuple[Flow, ...]:
    """Money by year and payer at the card's dose; none for a lever that waits for its trigger."""
    return terms.flows(terms.active(lever), lever.dose) if lever.dose > 0 and not lever.window.trigger else ()


def _dose(cost: Callable[[float], float], euros: float, most: float) -> float | None:
    """The greatest dose up to `most` that costs at most so much; None when even the greatest costs less."""
    if cost(most) < euros * (1 - SAME):
        return None
    low, high = 0.0, most
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if cost(middle) <= euros else (low, middle)
    return high if cost(high) <= euros else low


def _scaled(lever: Lever, factor: float) -> Lever:
    """The lever with its dose times a factor. CardError when that leaves its range or opens no site."""
    scaled = _whole(replace(lever, dose=lever.dose * factor))
    if lever.dose > 0 and (scaled.dose < lever.dose_low or scaled.dose == 0):
        raise CardError(f"lever {lever.id}: a share of {factor:.2g} of its dose {lever.dose:g} is less than it can be: "
                        f"expected {max(lever.dose_low, _one_site(lever)):g} or more; raise the limit, or leave it out")
    return scaled


def _whole(lever: Lever) -> Lever:
    """A lever that opens sites at the dose of whole sites, rounded down."""
    each = _sites_per_dose(lever)
    return lever if not each else replace(lever, dose=int(lever.dose * each + SAME) / each)


def _sites_per_dose(lever: Lever) -> float:
    return sum(turn.value for turn in lever.turns if turn.handle == PROJECTS)


def _one_site(lever: Lever) -> float:
    """The dose of one site, 0 for a lever that opens none."""
    each = _sites_per_dose(lever)
    return 1.0 / each if each else 0.0
