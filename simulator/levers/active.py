"""A lever in a run: its days, whom it reaches, and how strongly it acts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Protocol

import numpy as np

from ..cards.reader import CardError
from ..world.world import World
from .card import AT_LEVERS, Lever
from .catalogue import HANDLES
from .project import Plan, plan_sites
from .target import Reach, resolve
from .window import NEVER, Span, span_of


class Dates(Protocol):
    """What a calendar must know: the date levers start, and the day number of a date."""

    levers: str

    def day(self, iso: str) -> int:
        """Day number, 0 at the run's start."""


class ActiveLever:
    """A lever on its days. What it reaches and the sites it opens are fixed once, and then never change.

    In each step: `if active.due(day): active.resolve(world)`, then a row of Sites for each of `active.plans`.
    """

    def __init__(self, lever: Lever, start_day: int) -> None:
        self.lever, self.start_day = lever, start_day
        self.span: Span = NEVER if lever.window.trigger else span_of(lever.window, start_day)
        self.days_above = 0
        """Days in a row on which its trigger has been above its level."""
        self.reach: Reach | None = None
        self.plans: tuple[Plan, ...] = ()
        self.opened = np.zeros(0, np.uint32)
        """Uids of the sites it opens, once it is resolved."""

    def observe(self, day: int, span: int, in_crisis: bool, unmet: float | None) -> None:
        """Watch for the trigger in the step of `span` days from `day`: the lever starts on the day after the sign.

        in_crisis: whether a crisis is on; unmet: share of the step's needs that stayed unmet, 0 to 1,
        None when needs were not looked at (in calm weeks they are once a week).
        """
        window = self.lever.window
        if not window.trigger or self.span is not NEVER or self.lever.dose == 0 or day + span <= self.start_day:
            return
        if window.trigger == "unmet" and unmet is None:
            return
        sign = in_crisis if window.trigger == "crisis" else (unmet or 0.0) > window.trigger_level
        self.days_above = self.days_above + span if sign else 0
        if self.days_above >= window.trigger_days:
            self.start_day = day + span
            self.span = span_of(window, self.start_day)

    def due(self, day: int) -> bool:
        """True in the step in which it must be resolved: it acts from now on, and nobody has resolved it yet."""
        return self.reach is None and self.lever.dose > 0 and self.span.is_on(day)

    def resolve(self, world: World) -> None:
        """Fix whom it reaches and where its sites go, in the world as it is now; a second call changes nothing."""
        if self.reach is None:
            self.reach = resolve(self.lever, world)
            self.plans = tuple(plan_sites(self.lever, world, self.span))
            self.opened = np.array([plan.uid for plan in self.plans], np.uint32)

    def level(self, day: int) -> float:
        """Dose x ramp on a day, 0 when it does not act."""
        return self.lever.dose * self.span.ramp(day)

    def lets_down(self, day: int) -> bool:
        """True in the first weekly step after its end when nobody takes over."""
        return self.lever.dose > 0 and not self.lever.handed_over and self.span.ended_by(day)

    def disappointed(self, owner: str, world: World) -> np.ndarray:
        """int64[...] rows of sites or residents that its end lets down: those whose handles it turns.

        Turning an institution's handles concerns the residents targeted; opening sites concerns those sites.
        """
        owners = {HANDLES[turn.handle].owner for turn in self.lever.turns}
        rows = np.zeros(0, np.int64)
        if self.reach is None:
            return rows
        if owner == "resident" and owners & {"resident", "institution"}:
            rows = self.reach.residents
        elif owner == "site":
            mine = np.zeros(world.sites.rows, bool)
            if "site" in owners:
                mine[self.reach.sites] = True
            rows = np.flatnonzero(mine | np.isin(world.sites.uid, self.opened))
        return rows

    def arrays(self) -> dict[str, np.ndarray]:
        """Its memory for a snapshot: what is fixed so far."""
        kept = {} if self.reach is None else {**self.reach.arrays(), "opened": self.opened}
        if self.lever.window.trigger and (self.span is not NEVER or self.days_above):
            kept["trigger"] = np.array([self.span is not NEVER, self.start_day, self.days_above], np.int64)
        return kept

    def restore(self, arrays: dict[str, np.ndarray]) -> None:
        """Take up the memory of a snapshot; sites already planned are rows of its world."""
        if "trigger" in arrays:
            fired, self.start_day, self.days_above = (int(part) for part in arrays["trigger"])
            self.span = span_of(self.lever.window, self.start_day) if fired else NEVER
        if "opened" in arrays:
            self.opened = arrays["opened"]
            self.reach = Reach(**{name: rows for name, rows in arrays.items() if name not in ("opened", "trigger")})

    def take_up(self, other: ActiveLever) -> None:
        """What a lever of the same card has fixed so far, for a fork."""
        self.reach, self.plans, self.opened = other.reach, other.plans, other.opened
        self.start_day, self.span, self.days_above = other.start_day, other.span, other.days_above


def activate(levers: Iterable[Lever], calendar: Dates) -> tuple[ActiveLever, ...]:
    """The portfolio on the calendar, sorted by card id. CardError if two levers contradict each other."""
    active = [ActiveLever(lever, calendar.day(calendar.levers if lever.window.start == AT_LEVERS
                                              else lever.window.start)) for lever in levers]
    check_portfolio(active)
    return tuple(sorted(active, key=lambda one: one.lever.id))


def check_portfolio(active: Sequence[ActiveLever]) -> None:
    """CardError for an id used twice, a handle or operation that does not exist, or two `set` on one handle at once."""
    ids = [one.lever.id for one in active]
    for name in ids:
        if ids.count(name) > 1:
            raise CardError(f"portfolio: lever {name} is listed twice: expected each id once; rename or drop one")
    for one in active:
        for number, turn in enumerate(one.lever.turns):
            place = f"lever {one.lever.id}: turns.{number}"
            if turn.handle not in HANDLES:
                raise CardError(f"{place}.handle = {turn.handle!r} is not known: expected one of "
                                f"{', '.join(HANDLES)}; correct the name")
            if turn.op not in HANDLES[turn.handle].ops:
                allowed = ", ".join(HANDLES[turn.handle].ops) or "none: it is not for cards"
                raise CardError(f"{place}.op = {turn.op!r} on {turn.handle}: expected {allowed}; change the operation")
    sets = [(one, turn.handle) for one in active if one.lever.dose > 0 for turn in one.lever.turns if turn.op == "set"]
    for (one, handle), (other, same) in combinations(sets, 2):
        if handle == same and one.span.overlaps(other.span):
            raise CardError(f"portfolio: levers {one.lever.id} and {other.lever.id} both set {handle} at the same "
                            "time: expected one set at most; drop one, or move its window")
