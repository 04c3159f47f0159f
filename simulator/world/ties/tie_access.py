"""Prefetch rows of ties, and test for a trusted tie; columns are separate arguments, as kernels have them."""

from __future__ import annotations

from ...kernel.compiled import rule
from ...kernel.prefetch import prefetch, prefetch_at
from ...kernel.slot_arrays import INLINE_SLOTS

CACHE_LINE_END = 15
"""Index of the last 4-byte slot of a 64-byte cache line."""


@rule
def prefetch_rest_slots(degree, column, row):
    """Prefetch the slots of a row beyond the first INLINE_SLOTS, if it uses any."""
    target = row if degree[row] > INLINE_SLOTS else 0  # a selection rather than a branch
    prefetch(column.rest, target)
    prefetch_at(column.rest, target, CACHE_LINE_END)


@rule
def prefetch_slots(degree, column, row):
    """Prefetch the slots in use of a row, in one column of ties."""
    prefetch(column, row)
    prefetch_rest_slots(degree, column, row)


@rule
def prefetch_ties(degree, alter, trust, alter_trust, row):
    """Prefetch the columns needed to find a tie of a row and change its trust."""
    prefetch_slots(degree, alter, row)
    prefetch_slots(degree, trust, row)
    prefetch_slots(degree, alter_trust, row)


@rule
def has_trusted_tie(degree, trust, row, least):
    """True when a resident trusts an alter at least `least`, which must be above 0, the trust in a free slot."""
    found = False
    for k in range(INLINE_SLOTS):  # free slots too: faster than a branch on the degree
        found |= trust[row, k] >= least
    if degree[row] > INLINE_SLOTS and not found:
        for k in range(INLINE_SLOTS, degree[row]):
            found |= trust[row, k] >= least
    return found
