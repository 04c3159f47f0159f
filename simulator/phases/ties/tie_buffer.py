"""Buffers for the ties of a block of residents: loading them side by side, and storing them back.

The inline slots of all residents come first, then the rest slots of the few who have more (see kernel/slot_arrays).
Loading everything before computing lets many reads of memory overlap.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...kernel.compiled import rule
from ...kernel.keyed_random import DrawBuffer, allocate_draw_buffers, get_draw_buffer
from ...kernel.prefetch import prefetch
from ...kernel.simd import load4, store4
from ...kernel.slot_arrays import INLINE_SLOTS
from ...kernel.threads import max_chunks
from ...rules.tie_kinds import MAX_TIES
from ...world.ties.tie import clear_slot, copy_slot
from ...world.ties.tie_access import prefetch_rest_slots

TIE_BLOCK = 64
"""Residents whose ties are loaded together."""


class TieBuffer(NamedTuple):
    """The ties of a block, one after the other, while their week is computed. t: number of ties."""

    draws: DrawBuffer
    """a, b: one's uid and the other's row, then both uids in order; words drawn for visits (first) and end (second)."""
    ego_rate: np.ndarray
    alter_rate: np.ndarray
    trust: np.ndarray
    alter_trust: np.ndarray
    """float32[t]: rates and trust of both sides."""
    kind: np.ndarray
    """uint8[t]: kind of tie."""
    mean: np.ndarray
    """float64[t]: factor on visits, then their expected number, then the share of missing trust that they leave."""
    visits: np.ndarray
    """int16[t]: number of visits, -1 while undecided."""
    undecided: np.ndarray
    """uint32: ties whose visits are undecided."""
    tied: np.ndarray
    """uint32: rows of residents with ties."""
    rows_with_rest: np.ndarray
    """uint32: rows of residents with more than INLINE_SLOTS ties."""
    ended: np.ndarray
    """uint8[t]: 1 for a tie that ends."""


@rule
def get_tie_buffer(buffers, chunk):
    """The buffer of one chunk."""
    return TieBuffer(get_draw_buffer(buffers.draws, chunk), buffers.ego_rate[chunk], buffers.alter_rate[chunk],
                     buffers.trust[chunk], buffers.alter_trust[chunk], buffers.kind[chunk], buffers.mean[chunk],
                     buffers.visits[chunk], buffers.undecided[chunk], buffers.tied[chunk],
                     buffers.rows_with_rest[chunk], buffers.ended[chunk])


@rule
def list_rows_with_ties(t, first, end, buffer):
    """List the residents first to end who have ties (two thirds) and who have more than INLINE_SLOTS (one in ten).

    Returns how many of each. Rest slots are prefetched.
    """
    tied = many = 0
    for i in range(first, end):
        buffer.tied[tied] = buffer.rows_with_rest[many] = i
        tied += t.degree[i] > 0
        many += t.degree[i] > INLINE_SLOTS
    for r in range(many):
        i = np.int64(buffer.rows_with_rest[r])
        prefetch_rest_slots(t.degree, t.alter, i)
        prefetch_rest_slots(t.degree, t.trust, i)
        prefetch_rest_slots(t.degree, t.alter_trust, i)
        prefetch_rest_slots(t.degree, t.kind, i)
    return tied, many


@rule
def load_ties(t, uid_view, rate_view, tied, many, buffer):
    """Copy the ties of the residents listed: inline slots of all, then rest slots. Returns how many ties."""
    tie = 0
    for r in range(tied):
        i = np.int64(buffer.tied[r])
        uid, rate = uid_view[i, 0], rate_view[i, 1]
        # Copies unused slots too: the next resident's ties are written over them.
        load4(t.alter.first, i, buffer.draws.b, tie)
        load4(t.trust.first, i, buffer.trust, tie)
        load4(t.alter_trust.first, i, buffer.alter_trust, tie)
        load4(t.kind.first, i, buffer.kind, tie)
        for k in range(INLINE_SLOTS):
            buffer.draws.a[tie + k], buffer.ego_rate[tie + k] = uid, rate
            prefetch(uid_view, np.int64(max(t.alter.first[i, k], 0)))
        tie += min(np.int64(t.degree[i]), INLINE_SLOTS)
    for r in range(many):
        i = np.int64(buffer.rows_with_rest[r])
        uid, rate = uid_view[i, 0], rate_view[i, 1]
        for k in range(np.int64(t.degree[i]) - INLINE_SLOTS):
            buffer.draws.a[tie], buffer.ego_rate[tie] = uid, rate
            buffer.draws.b[tie], buffer.kind[tie] = t.alter.rest[i, k], t.kind.rest[i, k]
            buffer.trust[tie], buffer.alter_trust[tie] = t.trust.rest[i, k], t.alter_trust.rest[i, k]
            prefetch(uid_view, np.int64(t.alter.rest[i, k]))
            tie += 1
    return tie


@rule
def store_trust(t, tied, many, buffer):
    """Write trust of both sides back into the rows listed; unused inline slots hold 0 and keep it."""
    tie = 0
    for r in range(tied):
        i = np.int64(buffer.tied[r])
        degree = np.int64(t.degree[i])
        store4(t.trust.first, i, degree, buffer.trust, tie)
        store4(t.alter_trust.first, i, degree, buffer.alter_trust, tie)
        tie += min(degree, INLINE_SLOTS)
    for r in range(many):
        i = np.int64(buffer.rows_with_rest[r])
        for k in range(np.int64(t.degree[i]) - INLINE_SLOTS):
            t.trust.rest[i, k], t.alter_trust.rest[i, k] = buffer.trust[tie], buffer.alter_trust[tie]
            tie += 1


@rule
def remove_ended_ties(t, tied, buffer):
    """Remove the ties marked as ended from the rows listed; the others close the gaps."""
    tie, rest = 0, 0
    for r in range(tied):
        rest += min(np.int64(t.degree[buffer.tied[r]]), INLINE_SLOTS)
    for r in range(tied):
        i = np.int64(buffer.tied[r])
        degree, count_left = np.int64(t.degree[i]), 0
        for k in range(degree):
            at = tie if k < INLINE_SLOTS else rest
            tie += k < INLINE_SLOTS
            rest += k >= INLINE_SLOTS
            if not buffer.ended[at]:
                if count_left < k:
                    copy_slot(t, i, k, count_left)
                count_left += 1
        for k in range(count_left, degree):
            clear_slot(t, i, k)
        t.degree[i] = count_left


def allocate_tie_buffers() -> TieBuffer:
    """A TieBuffer for each chunk of a loop."""
    kinds = (np.float32, np.float32, np.float32, np.float32, np.uint8, np.float64, np.int16, np.uint32, np.uint32,
             np.uint32, np.uint8)
    most = TIE_BLOCK * MAX_TIES + INLINE_SLOTS
    return TieBuffer(allocate_draw_buffers(most), *(np.empty((max_chunks(), most), kind) for kind in kinds))
