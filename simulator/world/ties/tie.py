"""Operations on ties: find, insert, remove and strengthen a tie, and create many at once in a canonical order.

Every kernel takes the tie columns as one `TieColumns`. A row is packed from the left and sorted by the alter's uid, so
its content does not depend on the order in which ties were made. A tie is stored on both sides, each with both trusts.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...kernel.compiled import allocating_kernel, rule
from ...kernel.prefetch import PREFETCH_DISTANCE, prefetch
from ...kernel.simd import load4
from ...kernel.slot_arrays import INLINE_SLOTS, SlotArrays
from ...rules.contact import trust_after_hours
from ...rules.tie_kinds import MAX_TIES
from ..population.people import People, Ties
from .tie_access import prefetch_slots, prefetch_ties


class TieColumns(NamedTuple):
    """The columns of Ties as one argument of a kernel: n residents, MAX_TIES slots each.

    A parallel loop must write through the rules below, or into arrays that are separate arguments: numba 0.6x treats a
    loop that only writes into members of a tuple as dead code and removes it silently.
    """

    degree: np.ndarray
    alter: SlotArrays
    trust: SlotArrays
    alter_trust: SlotArrays
    kind: SlotArrays


class TieProposals(NamedTuple):
    """Proposed ties, m in any order: rows int32[m], kind uint8[m], first trust and hours of contact float64[m]."""

    row_i: np.ndarray
    row_j: np.ndarray
    kind: np.ndarray
    trust: np.ndarray
    hours: np.ndarray


def get_tie_columns(ties: Ties) -> TieColumns:
    """The table's own arrays, not copies."""
    return TieColumns(ties.degree, ties.alter, ties.trust, ties.alter_trust, ties.kind)


@rule
def list_alters(t, first, end, out):
    """Write the alters of all ties of rows first to end - 1 into `out`, one after the other, and return their number.

    Their columns can then be read in one flat loop, which hides memory latency. `out` must have INLINE_SLOTS elements
    more than there are slots in those rows.
    """
    count = 0
    for i in range(first, end):
        degree = np.int64(t.degree[i])
        load4(t.alter.first, i, out, count)
        for k in range(INLINE_SLOTS, degree):
            out[count + k] = t.alter[i, k]
        count += degree
    return count


@rule
def find_tie_slot(t, row, alter_row):
    """Slot of an alter in a row, -1 without a tie."""
    for slot in range(np.int64(t.degree[row])):
        if t.alter[row, slot] == alter_row:
            return slot
    return -1


@rule
def find_slot_in_columns(others, degree, uids, row, alter_row):
    """`find_tie_slot` for kernels that take columns as separate arguments. `uids` is not used."""
    for slot in range(np.int64(degree[row])):
        if others[row, slot] == alter_row:
            return slot
    return -1


@rule
def set_trust(t, row, slot, trust):
    """Write one resident's trust in an alter, and its mirror on the other side."""
    alter = t.alter[row, slot]
    t.trust[row, slot] = trust
    t.alter_trust[alter, find_tie_slot(t, alter, row)] = trust


@rule
def add_contact_hours(t, row, slot, hours, p):
    """Add effective hours of contact: trust grows on both sides, with both mirrors. p: contact parameters."""
    alter = t.alter[row, slot]
    back = find_tie_slot(t, alter, row)
    t.trust[row, slot] = t.alter_trust[alter, back] = trust_after_hours(np.float64(t.trust[row, slot]), hours, p)
    t.alter_trust[row, slot] = t.trust[alter, back] = trust_after_hours(np.float64(t.alter_trust[row, slot]), hours, p)


@rule
def copy_slot(t, row, source, target):
    """Copy one slot of a row over another."""
    t.alter[row, target] = t.alter[row, source]
    t.trust[row, target] = t.trust[row, source]
    t.alter_trust[row, target] = t.alter_trust[row, source]
    t.kind[row, target] = t.kind[row, source]


@rule
def clear_slot(t, row, slot):
    """Reset a slot to its fill values."""
    t.alter[row, slot] = -1
    t.trust[row, slot] = 0.0
    t.alter_trust[row, slot] = 0.0
    t.kind[row, slot] = 0


@rule
def remove_slot(t, row, slot):
    """Remove one side of a tie; the row stays packed and sorted."""
    last = np.int64(t.degree[row]) - 1
    for k in range(slot, last):
        copy_slot(t, row, k + 1, k)
    clear_slot(t, row, last)
    t.degree[row] = last


@rule
def insert_slot(t, uids, row, alter_row, kind, trust, alter_trust):
    """Add one side of a tie in the order of uids. The row must have a free slot."""
    slot = np.int64(t.degree[row])
    t.degree[row] = slot + 1
    while slot > 0 and uids[t.alter[row, slot - 1]] > uids[alter_row]:
        copy_slot(t, row, slot - 1, slot)
        slot -= 1
    t.alter[row, slot] = alter_row
    t.trust[row, slot] = trust
    t.alter_trust[row, slot] = alter_trust
    t.kind[row, slot] = kind


@rule
def remove_tie(t, row, slot):
    """Remove a tie from both sides."""
    alter = t.alter[row, slot]
    remove_slot(t, alter, find_tie_slot(t, alter, row))
    remove_slot(t, row, slot)


@rule
def find_weakest_slot(t, row):
    """Slot of the tie with least trust; among equals, the alter of smallest uid."""
    slot = 0
    for k in range(1, t.degree[row]):
        if t.trust[row, k] < t.trust[row, slot]:
            slot = k
    return slot


@rule
def can_add_tie(t, row, trust):
    """True when the row has a free slot, or a tie with less trust than this."""
    return t.degree[row] < MAX_TIES or t.trust[row, find_weakest_slot(t, row)] < trust


@rule
def add_tie(t, uids, i, j, kind, trust):
    """Create a tie on both sides, replacing the weakest tie of a full row.

    Returns the number of ties replaced (0 to 2), or -1 without a new tie, if all ties of a full row are as strong.
    """
    if not (can_add_tie(t, i, trust) and can_add_tie(t, j, trust)):
        return -1
    evicted = 0
    for row in (i, j):
        if t.degree[row] == MAX_TIES:
            remove_tie(t, row, find_weakest_slot(t, row))
            evicted += 1
    insert_slot(t, uids, i, j, kind, trust, trust)
    insert_slot(t, uids, j, i, kind, trust, trust)
    return evicted


def order_tie_proposals(uids: np.ndarray, proposals: TieProposals) -> np.ndarray:
    """int64[m]: order in which to create ties: by (smaller uid, larger uid), then the strongest proposal of a pair.

    It depends only on uids and contents, so the order in which proposals were found cannot matter.
    """
    a, b = uids[proposals.row_i].astype(np.uint64), uids[proposals.row_j].astype(np.uint64)
    pair = np.minimum(a, b) << np.uint64(32) | np.maximum(a, b)
    return np.lexsort((proposals.kind, -proposals.hours, -proposals.trust, pair))


@allocating_kernel
def add_ties_in_order(t, uids, alive, proposals, order, p):
    """Create ties in the given order, except for pairs already tied and the dead.

    Returns int64[2]: ties created, and weaker ties evicted for them. p: contact parameters.
    """
    counts, last = np.zeros(2, np.int64), order.size - 1
    for k in range(order.size):
        near, far = order[min(k + PREFETCH_DISTANCE, last)], order[min(k + 2 * PREFETCH_DISTANCE, last)]
        for row in (proposals.row_i[far], proposals.row_j[far]):
            prefetch_ties(t.degree, t.alter, t.trust, t.alter_trust, row)
            prefetch_slots(t.degree, t.kind, row)
        for row in (proposals.row_i[near], proposals.row_j[near]):
            for slot in range(t.degree[row]):  # their uids decide the slot of the new tie
                prefetch(uids, np.int64(t.alter[row, slot]))
        m = order[k]
        i, j = proposals.row_i[m], proposals.row_j[m]
        if i == j or not alive[i] or not alive[j] or find_tie_slot(t, i, j) >= 0:
            continue
        trust = np.float32(trust_after_hours(proposals.trust[m], proposals.hours[m], p))
        evicted = add_tie(t, uids, i, j, proposals.kind[m], trust)
        if evicted >= 0:
            counts[0] += 1
            counts[1] += evicted
    return counts


def add_proposed_ties(ties: Ties, people: People, proposals: TieProposals, p) -> tuple[int, int]:
    """Create the proposed ties, one after the other in canonical order. p: contact parameters.

    Returns the number of ties created, and of weaker ties evicted for them.
    """
    if not len(proposals.row_i):
        return 0, 0
    counts = add_ties_in_order(get_tie_columns(ties), people.uid, people.alive, proposals,
                               order_tie_proposals(people.uid, proposals), p)
    return int(counts[0]), int(counts[1])
