"""A lever during a run: when it acts, whom it reaches, and how strongly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Protocol

import numpy as np

from ..cards.errors import make_removed_handle_error
from ..cards.reader import CardError
from ..cards.renamed import HANDLES as RENAMED_HANDLES
from ..cards.renamed import RELEASE, REMOVED_HANDLES
from ..i18n.translation import Message
from ..world.world import World
from .active_period import NOT_STARTED, ActivePeriod, build_active_period
from .card import AT_LEVERS, Lever, Modifier
from .handles import HANDLES
from .planned_sites import PlannedSite, plan_lever_sites
from .reach import LeverReach, resolve_reach


class LeverCalendar(Protocol):
    """What levers need of a calendar: the date on which levers start, and the day number of a date."""

    levers: str

    def day(self, iso: str) -> int:
        """Day number, 0 at the run's start."""


class ActiveLever:
    """A lever during a run. Whom it reaches and the sites it opens are fixed once, in `resolve`, and never change.

    In each step: `if active.needs_resolving(day): active.resolve(world)`, then each of `active.planned_sites` becomes
    a row of Sites.
    """

    def __init__(self, lever: Lever, start_day: int) -> None:
        self.lever, self.start_day = lever, start_day
        waits = bool(lever.window.trigger)
        self.period: ActivePeriod = NOT_STARTED if waits else build_active_period(lever.window, start_day)
        self.days_above = 0
        """Consecutive days on which the trigger has been above its level."""
        self.reach: LeverReach | None = None
        self.planned_sites: tuple[PlannedSite, ...] = ()
        self.opened_uids = np.zeros(0, np.uint32)
        """Uids of the sites it opens, once it is resolved."""

    def check_trigger(self, day: int, span: int, in_crisis: bool, unmet: float | None) -> None:
        """Check the trigger after the step of `span` days from `day`; once it fires, the lever starts on the next day.

        in_crisis: whether a crisis is on. unmet: share of the step's needs that stayed unmet, 0 to 1; None when needs
        were not evaluated in this step (in calm weeks they are once a week).
        """
        window = self.lever.window
        if not window.trigger or self.period is not NOT_STARTED or self.lever.dose == 0 or day + span <= self.start_day:
            return
        if window.trigger == "unmet" and unmet is None:
            return
        triggered = in_crisis if window.trigger == "crisis" else (unmet or 0.0) > window.trigger_level
        self.days_above = self.days_above + span if triggered else 0
        if self.days_above >= window.trigger_days:
            self.start_day = day + span
            self.period = build_active_period(window, self.start_day)

    def needs_resolving(self, day: int) -> bool:
        """True if it acts on this day and has not been resolved yet."""
        return self.reach is None and self.lever.dose > 0 and self.period.is_active(day)

    def resolve(self, world: World) -> None:
        """Fix whom it reaches and where its sites go, from the current world; a second call changes nothing."""
        if self.reach is None:
            self.reach = resolve_reach(self.lever, world)
            self.planned_sites = tuple(plan_lever_sites(self.lever, world, self.period))
            self.opened_uids = np.array([plan.uid for plan in self.planned_sites], np.uint32)

    def effective_dose(self, day: int) -> float:
        """Dose x share of the ramp on a day; 0 when the lever does not act."""
        return self.lever.dose * self.period.ramp_share(day)

    def ends_without_handover(self, day: int) -> bool:
        """True in the first weekly step after its end, unless it is handed over."""
        return self.lever.dose > 0 and not self.lever.handed_over and self.period.ended_this_week(day)

    def list_disappointed_rows(self, owner: str, world: World) -> np.ndarray:
        """int64[...]: rows of sites or residents (owner) that its end disappoints: those whose handles it modified.

        A lever on institutions disappoints the residents it targets; one that opens sites disappoints those sites.
        """
        owners = {HANDLES[modifier.handle].owner for modifier in self.lever.modifiers}
        rows = np.zeros(0, np.int64)
        if self.reach is None:
            return rows
        if owner == "resident" and owners & {"resident", "institution"}:
            rows = self.reach.residents
        elif owner == "site":
            concerned = np.isin(world.sites.uid, self.opened_uids)
            if "site" in owners:
                concerned[self.reach.sites] = True
            rows = np.flatnonzero(concerned)
        return rows

    def arrays(self) -> dict[str, np.ndarray]:
        """Its state for a snapshot: whom it reaches, the sites it opens, its trigger."""
        saved = {} if self.reach is None else {**self.reach.arrays(), "opened": self.opened_uids}
        fired = self.period is not NOT_STARTED
        if self.lever.window.trigger and (fired or self.days_above):
            saved["trigger"] = np.array([fired, self.start_day, self.days_above], np.int64)
        return saved

    def restore(self, arrays: dict[str, np.ndarray]) -> None:
        """Restore the state of a snapshot. Its planned sites are already rows of the snapshot's world."""
        if "trigger" in arrays:
            fired, self.start_day, self.days_above = map(int, arrays["trigger"])
            self.period = build_active_period(self.lever.window, self.start_day) if fired else NOT_STARTED
        if "opened" in arrays:
            self.opened_uids = arrays["opened"]
            self.reach = LeverReach(**{name: rows for name, rows in arrays.items()
                                       if name not in ("opened", "trigger")})

    def copy_state(self, other: ActiveLever) -> None:
        """Take over the state of a lever of the same card, for a fork of its run."""
        self.reach, self.planned_sites, self.opened_uids = other.reach, other.planned_sites, other.opened_uids
        self.start_day, self.period, self.days_above = other.start_day, other.period, other.days_above


def activate_levers(levers: Iterable[Lever], calendar: LeverCalendar) -> tuple[ActiveLever, ...]:
    """The portfolio placed on the calendar, sorted by card id. CardError if two levers contradict each other."""
    portfolio = []
    for lever in levers:
        start = calendar.levers if lever.window.start == AT_LEVERS else lever.window.start
        portfolio.append(ActiveLever(lever, calendar.day(start)))
    check_portfolio(portfolio)
    return tuple(sorted(portfolio, key=lambda active: active.lever.id))


def check_portfolio(portfolio: Sequence[ActiveLever]) -> None:
    """CardError for an id used twice, an unknown handle or operation, or two `set` on one handle at the same time."""
    ids = [active.lever.id for active in portfolio]
    for name in ids:
        if ids.count(name) > 1:
            raise CardError(Message("portfolio: lever {name} is listed twice: expected each id once; rename or drop "
                                    "one", name=name))
    for active in portfolio:
        for number, modifier in enumerate(active.lever.modifiers):
            _check_modifier(modifier, Message("lever {name}: modifiers.{number}", name=active.lever.id, number=number))
    sets = [(active, modifier.handle) for active in portfolio if active.lever.dose > 0
            for modifier in active.lever.modifiers if modifier.op == "set"]
    for (first, handle), (second, other_handle) in combinations(sets, 2):
        if handle == other_handle and first.period.overlaps(second.period):
            raise CardError(Message("portfolio: levers {one} and {two} both set {handle} at the same time: expected "
                                    "one set at most; drop one, or move its window", one=first.lever.id,
                                    two=second.lever.id, handle=handle))


def _check_modifier(modifier: Modifier, location: Message) -> None:
    """CardError for an unknown handle, or an operation that the handle does not allow."""
    if modifier.handle in RENAMED_HANDLES:
        raise CardError(Message("{where}.handle = {handle!r} is not known: renamed to {new} in {release}; write that "
                                "name", where=location, handle=modifier.handle, new=RENAMED_HANDLES[modifier.handle],
                                release=RELEASE))
    if modifier.handle in REMOVED_HANDLES:
        raise make_removed_handle_error(location, modifier.handle)
    if modifier.handle not in HANDLES:
        raise CardError(Message("{where}.handle = {handle!r} is not known: expected one of {names}; correct the name",
                                where=location, handle=modifier.handle, names=tuple(HANDLES)))
    operations = HANDLES[modifier.handle].operations
    if modifier.op not in operations:
        raise CardError(Message("{where}.op = {op!r} on {handle}: expected {allowed}; change the operation",
                                where=location, op=modifier.op, handle=modifier.handle,
                                allowed=operations or Message("none: it is not for cards")))
