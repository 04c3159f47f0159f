"""Follows each resident who is hit: losses to fixed days, the day on which they are back, the day of death."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...world.world import World
from ..resident_status import RecordedStep
from .crisis_clock import NEVER, CrisisClock, allocate_days, follow_residents
from .crisis_episodes import CrisisEpisode

YEAR_DAYS = 365
"""Losses are told to this day for every crisis, besides those to its horizon."""
LONGEST_STEP = 7


class HitFollowUp:
    """Call `begin_step` before each step, `add_step` after it; days are counted from the first day of the first crisis.

    hit_on, fell_on, well_since, back_on, died_on: int32[n] each, NEVER where it has not happened. fell_on: first day
    after being hit with functioning below the level that counts as back. back_on: first day from which it was there
    again for BACK_HOLDS_DAYS, after the last crisis that made it fall. losses: day to int64[n], functioning lost up to
    that day, millionths of a person-day. clocks: of several crises, the clock of each.
    """

    def __init__(self, horizon: int, episodes: Sequence[CrisisEpisode] = ()) -> None:
        self.horizon = horizon
        self.losses: dict[int, np.ndarray] = {}
        self.days: dict[str, np.ndarray] = {}
        self.clocks = [CrisisClock(episode) for episode in episodes] if len(episodes) > 1 else []
        self._open_marks = sorted({min(YEAR_DAYS, horizon), horizon}) if horizon > 0 else []
        self._earlier: tuple[int, np.ndarray] | None = None

    def copy(self, episodes: Sequence[CrisisEpisode] = ()) -> HitFollowUp:
        """A copy that continues independently, for a fork; episodes: of the fork, others only before the first."""
        other = HitFollowUp(self.horizon, episodes)
        other.losses, other._open_marks = dict(self.losses), list(self._open_marks)
        other.days = {name: values.copy() for name, values in self.days.items()}
        other._earlier = self._earlier
        if self.days:
            other.clocks = [clock.copy() for clock in self.clocks]
        return other

    def begin_step(self, world: World, context: RecordedStep) -> None:
        """Keep what tells afterwards whom a later crisis hits in the step that is about to be played."""
        if context.onset is not None:
            for clock in self.clocks[1:]:
                clock.begin_step(world, context.day - context.onset, context.span)

    @property
    def awaits_strike(self) -> bool:
        """True in a step of a later crisis, which may damage homes: `note_strike` is then to be called."""
        return any(clock.is_on for clock in self.clocks[1:])

    def note_strike(self, world: World, day: int) -> None:
        """Keep whom a later crisis has just hit at home, in the step of this day: call it after the phase that does."""
        for clock in self.clocks[1:]:
            clock.note_strike(world, day)

    def add_step(self, world: World, context: RecordedStep) -> None:
        """Follow the step that was just played; nothing before the first crisis or after the horizon."""
        if context.onset is None or not self._open_marks:
            return
        people = world.people
        if not self.days:
            self.days = allocate_days(people.rows)
            self._earlier = (0, np.zeros(people.rows, np.int64))
        begin, end = max(0, context.day - context.onset), context.day + context.span - context.onset
        follow_residents(world, people.crisis_marks, begin, end, self.days)
        for number, clock in enumerate(self.clocks):
            clock.add_step(world, begin, end, is_first=number == 0)
            if number and clock.days:
                self.days["back_on"][clock.days["fell_on"] == begin] = NEVER
        self._keep_losses(people.loss_micro, end)

    def _keep_losses(self, lost: np.ndarray, end: int) -> None:
        """Losses to each day that this step reaches; within a step of several days, in proportion to time."""
        assert self._earlier is not None
        while self._open_marks and end >= self._open_marks[0]:
            mark, (before, lost_before) = self._open_marks.pop(0), self._earlier
            share = (mark - before) / (end - before)
            self.losses[mark] = lost_before + np.rint(share * (lost - lost_before)).astype(np.int64)
        if self._open_marks and self._open_marks[0] - end < LONGEST_STEP:
            self._earlier = (end, lost.copy())
