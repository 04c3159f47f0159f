"""Ties as rows of slots: find, bring in, take out, strengthen; and many births at once in one canonical order.

Every kernel takes the tie columns as one `TieColumns`. A row is packed from the left and sorted by the other's uid, so
nothing that follows depends on the order in which ties came. A tie is on both sides, with mirrors of both trusts.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...kernel.compiled import making_kernel, rule
from ...kernel.load4 import copy_four
from ...kernel.prefetch import SOON, ahead
from ...kernel.slots import FEW, Slots
from ...rules.contact import after_hours
from ...rules.kind import SLOTS
from ..population.people import People, Ties
from .tie_read import ahead_of, ahead_trusts


class TieColumns(NamedTuple):
    """The arrays of Ties, so that a kernel takes them as one argument: n residents, SLOTS slots.

    A parallel loop must write through the rules below, or into arrays that are arguments of their own: numba 0.6x takes
    a loop that only writes into members of a tuple for dead code and drops it without a word.
    """

    degree: np.ndarray
    other: Slots
    trust: Slots
    mirror: Slots
    kind: Slots


class Births(NamedTuple):
    """Proposed ties, m in any order: rows int32[m], kind uint8[m], first trust and hours together float64[m]."""

    row_i: np.ndarray
    row_j: np.ndarray
    kind: np.ndarray
    trust: np.ndarray
    hours: np.ndarray


def columns(ties: Ties) -> TieColumns:
    """The table's own arrays, not copies."""
    return TieColumns(ties.degree, ties.other, ties.trust, ties.mirror, ties.kind)


@rule
def list_others(t, first, end, out):
    """Put the other side of every tie of the rows first to end into out, one after the other. Returns how many.

    What is wanted of them can then be looked up in one flat loop: memory is asked for many at a time. `out` has FEW
    places more than there are slots in those rows.
    """
    count = 0
    for i in range(first, end):
        degree = np.int64(t.degree[i])
        copy_four(t.other.first, i, out, count)
        for k in range(FEW, degree):
            out[count + k] = t.other[i, k]
        count += degree
    return count


@rule
def slot_of(t, row, other_row):
    """Slot of the other in a row, -1 without a tie."""
    for slot in range(np.int64(t.degree[row])):
        if t.other[row, slot] == other_row:
            return slot
    return -1


@rule
def find_slot(others, degree, uids, row, other_row):
    """slot_of for who holds the columns one by one. `uids` is not read: a row of 24 is quicker read than halved."""
    for slot in range(np.int64(degree[row])):
        if others[row, slot] == other_row:
            return slot
    return -1


@rule
def set_trust(t, row, slot, trust):
    """Write one resident's trust, and the mirror of it on the other side."""
    there = t.other[row, slot]
    t.trust[row, slot] = trust
    t.mirror[there, slot_of(t, there, row)] = trust


@rule
def add_hours(t, row, slot, hours, p):
    """Effective hours together: trust grows on both sides, in all four places. p: contact numbers."""
    there = t.other[row, slot]
    back = slot_of(t, there, row)
    t.trust[row, slot] = t.mirror[there, back] = after_hours(np.float64(t.trust[row, slot]), hours, p)
    t.mirror[row, slot] = t.trust[there, back] = after_hours(np.float64(t.mirror[row, slot]), hours, p)


@rule
def move_slot(t, row, source, target):
    """Copy one slot of a row over another."""
    t.other[row, target] = t.other[row, source]
    t.trust[row, target] = t.trust[row, source]
    t.mirror[row, target] = t.mirror[row, source]
    t.kind[row, target] = t.kind[row, source]


@rule
def clear_slot(t, row, slot):
    """Make a slot as if it had never been used."""
    t.other[row, slot] = -1
    t.trust[row, slot] = 0.0
    t.mirror[row, slot] = 0.0
    t.kind[row, slot] = 0


@rule
def take_out(t, row, slot):
    """Remove one side of a tie; the row stays packed and sorted."""
    last = np.int64(t.degree[row]) - 1
    for k in range(slot, last):
        move_slot(t, row, k + 1, k)
    clear_slot(t, row, last)
    t.degree[row] = last


@rule
def bring_in(t, uids, row, other_row, kind, trust, mirror):
    """Add one side of a tie at its place by uid. The row must have room."""
    slot = np.int64(t.degree[row])
    t.degree[row] = slot + 1
    while slot > 0 and uids[t.other[row, slot - 1]] > uids[other_row]:
        move_slot(t, row, slot - 1, slot)
        slot -= 1
    t.other[row, slot] = other_row
    t.trust[row, slot] = trust
    t.mirror[row, slot] = mirror
    t.kind[row, slot] = kind


@rule
def part(t, row, slot):
    """Remove a tie from both sides."""
    there = t.other[row, slot]
    take_out(t, there, slot_of(t, there, row))
    take_out(t, row, slot)


@rule
def weakest_slot(t, row):
    """Slot of the least trusted tie; the smallest uid among equals."""
    slot = 0
    for k in range(1, t.degree[row]):
        if t.trust[row, k] < t.trust[row, slot]:
            slot = k
    return slot


@rule
def has_room(t, row, trust):
    """True when the row has a free slot or a tie weaker than a newcomer trusted this much."""
    return t.degree[row] < SLOTS or t.trust[row, weakest_slot(t, row)] < trust


@rule
def unite(t, uids, i, j, kind, trust):
    """Begin a tie on both sides. Returns how many weaker ties made way (0 to 2), or -1 if a side refuses."""
    if not (has_room(t, i, trust) and has_room(t, j, trust)):
        return -1
    evicted = 0
    for row in (i, j):
        if t.degree[row] == SLOTS:
            part(t, row, weakest_slot(t, row))
            evicted += 1
    bring_in(t, uids, i, j, kind, trust, trust)
    bring_in(t, uids, j, i, kind, trust, trust)
    return evicted


def in_order(uids: np.ndarray, births: Births) -> np.ndarray:
    """int64[m]: the proposals' order of birth, by (smaller uid, larger uid), the best of a pair first.

    Nothing but uids and contents decides, so the order in which proposals were found cannot matter.
    """
    a, b = uids[births.row_i].astype(np.uint64), uids[births.row_j].astype(np.uint64)
    pair = np.minimum(a, b) << np.uint64(32) | np.maximum(a, b)
    return np.lexsort((births.kind, -births.hours, -births.trust, pair))


@making_kernel
def unite_all(t, uids, alive, births, order, p):
    """Begin ties in the given order. Returns int64[2]: born, evicted. Passes over tied pairs and the dead."""
    counts = np.zeros(2, np.int64)
    for k in range(order.size):
        at, later, last = order[k], order[min(k + SOON, order.size - 1)], order[min(k + 2 * SOON, order.size - 1)]
        for row in (births.row_i[last], births.row_j[last]):
            ahead_trusts(t.degree, t.other, t.trust, t.mirror, row)
            ahead_of(t.degree, t.kind, row)
        for row in (births.row_i[later], births.row_j[later]):
            for slot in range(t.degree[row]):  # whose uids decide where the newcomer stands
                ahead(uids, np.int64(t.other[row, slot]))
        i, j = births.row_i[at], births.row_j[at]
        if i == j or not alive[i] or not alive[j] or slot_of(t, i, j) >= 0:
            continue
        trust = np.float32(after_hours(births.trust[at], births.hours[at], p))
        evicted = unite(t, uids, i, j, births.kind[at], trust)
        if evicted >= 0:
            counts[0] += 1
            counts[1] += evicted
    return counts


def apply_births(ties: Ties, people: People, births: Births, p) -> tuple[int, int]:
    """Begin the proposed ties, one after the other in canonical order. Returns (born, evicted). p: contact numbers."""
    if not len(births.row_i):
        return 0, 0
    counts = unite_all(columns(ties), people.uid, people.alive, births, in_order(people.uid, births), p)
    return int(counts[0]), int(counts[1])
