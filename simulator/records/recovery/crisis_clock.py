"""The clock of one crisis among several: who is hit by it, and when they are back, up to the next crisis."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ...kernel.compiled import chunk_range, parallel_kernel
from ...world.population.people import HIT
from ...world.world import World
from .crisis_episodes import CrisisEpisode

BACK_HOLDS_DAYS = 28
"""Days that functioning must stay at the level that counts as back. In steps of a week, four of them."""
NEVER = -1
"""A day that has not come."""
COLUMNS = ("hit_on", "fell_on", "well_since", "back_on", "died_on")


class CrisisClock:
    """Follows those hit by one of several crises from its first day until the next one begins, or to the horizon.

    days: as in HitFollowUp, since the first day of the first crisis; empty before this one. A resident hit by an
    earlier crisis is hit again by a new need, by damage at home or by having to leave it.
    """

    def __init__(self, episode: CrisisEpisode) -> None:
        self.episode = episode
        self.days: dict[str, np.ndarray] = {}
        self.marks = np.zeros(0, np.uint16)
        self._backlog: np.ndarray | None = None

    def copy(self) -> CrisisClock:
        """A copy that continues independently, between steps."""
        other = CrisisClock(self.episode)
        other.days, other.marks = {name: values.copy() for name, values in self.days.items()}, self.marks.copy()
        return other

    @property
    def is_on(self) -> bool:
        """True in a step during which the crisis may hit."""
        return self._backlog is not None

    def begin_step(self, world: World, begin: int, span: int) -> None:
        """Keep needs as they stand before a step during which the crisis may hit."""
        if begin < self.episode.end and begin + span > self.episode.first:
            self._backlog = world.people.crisis_backlog.copy()
            if not len(self.marks):
                self.marks = np.zeros(world.people.rows, np.uint16)

    def note_strike(self, world: World, day: int) -> None:
        """Mark whose home the crisis has just damaged, or put them out of, in the step of this day."""
        if self.is_on:
            homes, people = world.households, world.people
            struck = (homes.aftermath_on >= day) | (homes.displaced_on >= day)
            self.marks[struck[people.household] & (people.alive > 0)] = HIT

    def add_step(self, world: World, begin: int, end: int, is_first: bool) -> None:
        """Follow a step from day `begin` to day `end`. is_first: every mark so far is this crisis' own."""
        if not self.episode.first <= begin < self.episode.first + self.episode.clock:
            return
        if self._backlog is not None:
            self.marks[(world.people.crisis_need > self._backlog).any(axis=1)] = HIT
            self._backlog = None
        if not self.days:
            self.days = allocate_days(world.people.rows)
        follow_residents(world, world.people.crisis_marks if is_first else self.marks, begin, end, self.days)


def allocate_days(rows: int) -> dict[str, np.ndarray]:
    """int32[rows] for each of COLUMNS: nothing has happened."""
    return {name: np.full(rows, NEVER, np.int32) for name in COLUMNS}


def follow_residents(world: World, marks: np.ndarray, begin: int, end: int, days: Mapping[str, np.ndarray]) -> None:
    """Add a step to `days`. marks: uint16[n] with HIT for who is hit; begin, end: days since the first onset."""
    people = world.people
    follow_hit_residents(people.alive, people.functioning, marks, np.float32(world.settings.functioning.well),
                         np.int32(begin), np.int32(end), *(days[name] for name in COLUMNS))


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
