"""Follows each resident who is hit: losses to fixed days, the day on which they are back, the day of death."""

from __future__ import annotations

import numpy as np

from ..kernel.compiled import chunk_range, parallel_kernel
from ..world.population.people import HIT
from ..world.world import World
from .resident_status import RecordedStep

YEAR_DAYS = 365
"""Losses are told to this day for every crisis, besides those to its horizon."""
BACK_HOLDS_DAYS = 28
"""Days that functioning must stay at the level that counts as back. In steps of a week, four of them."""
NEVER = -1
"""A day that has not come."""
COLUMNS = ("hit_on", "fell_on", "well_since", "back_on", "died_on")
LONGEST_STEP = 7


class HitFollowUp:
    """Call `add_step` after each step; days are counted from the first day of the first crisis.

    hit_on, fell_on, well_since, back_on, died_on: int32[n] each, NEVER where it has not happened. fell_on: first day
    after being hit with functioning below the level that counts as back. back_on: first day from which it was there
    again for BACK_HOLDS_DAYS. losses: day to int64[n], functioning lost up to that day, millionths of a person-day.
    """

    def __init__(self, horizon: int) -> None:
        self.horizon = horizon
        self.losses: dict[int, np.ndarray] = {}
        self.days: dict[str, np.ndarray] = {}
        self._open_marks = sorted({min(YEAR_DAYS, horizon), horizon}) if horizon > 0 else []
        self._earlier: tuple[int, np.ndarray] | None = None

    def copy(self) -> HitFollowUp:
        """A copy that continues independently, for a fork."""
        other = HitFollowUp(self.horizon)
        other.losses, other._open_marks = dict(self.losses), list(self._open_marks)
        other.days = {name: values.copy() for name, values in self.days.items()}
        other._earlier = self._earlier
        return other

    def add_step(self, world: World, context: RecordedStep) -> None:
        """Follow the step that was just played; nothing before the first crisis or after the horizon."""
        if context.onset is None or not self._open_marks:
            return
        people = world.people
        if not self.days:
            self.days = {name: np.full(people.rows, NEVER, np.int32) for name in COLUMNS}
            self._earlier = (0, np.zeros(people.rows, np.int64))
        begin, end = max(0, context.day - context.onset), context.day + context.span - context.onset
        follow_hit_residents(people.alive, people.functioning, people.crisis_marks,
                             np.float32(world.settings.functioning.well), np.int32(begin), np.int32(end),
                             *(self.days[name] for name in COLUMNS))
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


@parallel_kernel
def follow_hit_residents(alive, functioning, marks, well, begin, end, hit_on, fell_on, well_since, back_on, died_on,
                         chunk, chunks):
    """One step, from day `begin` to day `end` since onset. All columns by resident; well: what counts as back."""
    for i in chunk_range(alive.size, chunk, chunks):
        if (marks[i] & HIT) > 0 and hit_on[i] < 0:
            hit_on[i] = begin
        if alive[i] == 0 and died_on[i] < 0:
            died_on[i] = end
        if alive[i] == 0 or hit_on[i] < 0:
            continue
        if functioning[i] < well:
            if fell_on[i] < 0:
                fell_on[i] = begin
            well_since[i] = -1
        elif fell_on[i] >= 0 and back_on[i] < 0:
            if well_since[i] < 0:
                well_since[i] = end
            if end - well_since[i] >= BACK_HOLDS_DAYS:
                back_on[i] = well_since[i]
