"""Ties followed through time: how long those of one day last."""

from __future__ import annotations

import numpy as np

from ...kernel.compiled import kernel
from ...kernel.slots import whole
from ...rules.kind import KINDS
from ...world.ties.tie import find_slot
from ...world.world import World
from .near import distances

EVERY = 91
"""Days between two looks."""


@kernel
def _look(low, high, day, degree, other, seen):
    for e in range(low.size):
        if find_slot(other, degree, degree, low[e], high[e]) >= 0:
            seen[e] = day


@kernel
def _trust(low, high, degree, other, trust, mirror, out):
    for e in range(low.size):
        slot = find_slot(other, degree, degree, low[e], high[e])
        out[e] = (trust[low[e], slot] + mirror[low[e], slot]) / 2.0 if slot >= 0 else 0.0


class Panel:
    """The ties of one day, each by the rows of its two residents, smaller identity first."""

    def __init__(self, world: World, name: str, day: int) -> None:
        people, ties = world.people, world.ties
        row, slot = np.nonzero(whole(ties.other) >= 0)
        other = ties.other[row, slot]
        first = people.uid[row] < people.uid[other]
        self.name, self.begun, self.looked = name, day, day
        self.low, self.high = row[first], other[first].astype(np.int64)
        self.kind = ties.kind[row, slot][first]
        self.trust = ties.trust[row, slot][first], ties.mirror[row, slot][first]
        self.distance = distances(world, self.low, self.high)
        self.seen = np.full(len(self.low), day, np.int64)

    def copy(self) -> Panel:
        """The same panel for a fork."""
        other = Panel.__new__(Panel)
        other.__dict__.update(self.__dict__)
        other.seen = self.seen.copy()
        return other

    def look(self, world: World, day: int, last: bool = False) -> None:
        """See which of its ties are there, if it is time."""
        if last or day >= self.looked + EVERY:
            _look(self.low, self.high, day, world.ties.degree, world.ties.other, self.seen)
            self.looked = day

    def table(self, world: World) -> dict[str, np.ndarray]:
        """The ties table of this panel; rows by the two identities."""
        uid, ties, m = world.people.uid.astype(np.int64), world.ties, len(self.low)
        end = np.zeros(m)
        _trust(self.low, self.high, ties.degree, ties.other, ties.trust, ties.mirror, end)
        table = {"panel": np.full(m, self.name, object), "begun": np.full(m, self.begun), "low": uid[self.low],
                 "high": uid[self.high], "kind": np.array(KINDS, object)[self.kind], "trust_low": self.trust[0],
                 "trust_high": self.trust[1], "distance": self.distance, "seen": self.seen,
                 "until": np.full(m, self.looked), "trust_end": end}
        order = np.lexsort((table["high"], table["low"]))
        return {name: values[order] for name, values in table.items()}
