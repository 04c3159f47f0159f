"""A panel of ties: the ties of one day, followed to see how long they last."""

from __future__ import annotations

import numpy as np

from ...kernel.compiled import kernel
from ...kernel.slot_arrays import to_dense_array
from ...rules.tie_kinds import TIE_KINDS
from ...world.ties.tie import find_slot_in_columns
from ...world.world import World
from .near_ties import compute_home_distances

PANEL_INTERVAL_DAYS = 91
"""Days between two checks of the panel."""


@kernel
def _mark_existing_ties(low, high, day, degree, other, seen):
    """Set seen[e] to day for the ties (low[e], high[e]) that exist."""
    for e in range(low.size):
        if find_slot_in_columns(other, degree, degree, low[e], high[e]) >= 0:
            seen[e] = day


@kernel
def _average_trust(low, high, degree, other, trust, alter_trust, out):
    """Into out[e]: mean trust of both residents of a tie; 0 if it no longer exists."""
    for e in range(low.size):
        slot = find_slot_in_columns(other, degree, degree, low[e], high[e])
        out[e] = (trust[low[e], slot] + alter_trust[low[e], slot]) / 2.0 if slot >= 0 else 0.0


class TiePanel:
    """The ties of one day, by the rows of the two residents, the smaller uid first (low, high)."""

    def __init__(self, world: World, name: str, day: int) -> None:
        people, ties = world.people, world.ties
        row, slot = np.nonzero(to_dense_array(ties.alter) >= 0)
        other = ties.alter[row, slot]
        first = people.uid[row] < people.uid[other]
        self.name, self.start_day, self.last_checked_day = name, day, day
        self.low, self.high = row[first], other[first].astype(np.int64)
        self.kind = ties.kind[row, slot][first]
        self.trust = ties.trust[row, slot][first], ties.alter_trust[row, slot][first]
        self.distance = compute_home_distances(world, self.low, self.high)
        self.last_seen_day = np.full(len(self.low), day, np.int64)

    def copy(self) -> TiePanel:
        """A copy that continues independently, for a fork."""
        other = TiePanel.__new__(TiePanel)
        other.__dict__.update(self.__dict__)
        other.last_seen_day = self.last_seen_day.copy()
        return other

    def check_ties(self, world: World, day: int, last: bool = False) -> None:
        """Check which of its ties still exist, if the interval has passed or this is the last check."""
        if last or day >= self.last_checked_day + PANEL_INTERVAL_DAYS:
            _mark_existing_ties(self.low, self.high, day, world.ties.degree, world.ties.alter, self.last_seen_day)
            self.last_checked_day = day

    def build_table(self, world: World) -> dict[str, np.ndarray]:
        """The rows of the ties table for this panel, in the order of the two uids."""
        uid, ties, m = world.people.uid.astype(np.int64), world.ties, len(self.low)
        end = np.zeros(m)
        _average_trust(self.low, self.high, ties.degree, ties.alter, ties.trust, ties.alter_trust, end)
        table = {"panel": np.full(m, self.name, object), "panel_day": np.full(m, self.start_day), "low": uid[self.low],
                 "high": uid[self.high], "kind": np.array(TIE_KINDS, object)[self.kind], "trust_low": self.trust[0],
                 "trust_high": self.trust[1], "distance": self.distance, "seen": self.last_seen_day,
                 "until": np.full(m, self.last_checked_day), "trust_end": end}
        order = np.lexsort((table["high"], table["low"]))
        return {name: values[order] for name, values in table.items()}
