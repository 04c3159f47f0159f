"""Residents in the order of their households, so that one thread plays each household as a whole."""

from __future__ import annotations

import numpy as np

from ...kernel.compiled import chunk_range, parallel_kernel, rule
from ...kernel.threads import max_chunks
from .columns import UID_BITS


@parallel_kernel
def _mark_unsorted(rows, uid, household, is_unsorted, chunk, chunks):
    for m in chunk_range(rows.size, chunk, chunks):
        i, before = rows[m], rows[max(m - 1, 0)]
        follows = household[i] > household[before] or household[i] == household[before] and uid[i] > uid[before]
        is_unsorted[chunk] |= m > 0 and not follows


def sort_by_household(rows: np.ndarray, uid: np.ndarray, household: np.ndarray,
                      *more: np.ndarray) -> tuple[np.ndarray, ...]:
    """Rows int32[m] sorted by household and then by uid, and further arrays [m, ...] in the same order.

    Rows that are sorted already, as they usually are, come back without a copy.
    """
    is_unsorted = np.zeros(max_chunks(), np.bool_)
    _mark_unsorted(rows, uid, household, is_unsorted)
    if not is_unsorted.any():
        return rows, *more
    order = np.argsort(household[rows].astype(np.int64) << UID_BITS | uid[rows].astype(np.int64))
    return tuple(array[order] for array in (rows, *more))


@rule
def first_household_of_chunk(rows, household, chunk, chunks):
    """Position of the first household of a chunk; one that has begun in the chunk before belongs to that chunk."""
    positions = chunk_range(rows.size, chunk, chunks)
    at = positions.start
    while 0 < at < positions.stop and household[rows[at]] == household[rows[at - 1]]:
        at += 1
    return at


@rule
def end_of_household(rows, at, household):
    """Position after the last row that shares the household of rows[at]."""
    end = at + 1
    while end < rows.size and household[rows[end]] == household[rows[at]]:
        end += 1
    return end
