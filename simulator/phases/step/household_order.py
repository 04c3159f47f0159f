"""Rows in the order of their households, so that a loop in pieces plays each household whole and on one thread."""

from __future__ import annotations

import numpy as np

from ...kernel.compiled import parallel, portion, rule
from ...kernel.threads import most_pieces
from .columns import UID_BITS


@parallel
def _out_of_order(rows, uid, household, broken, piece, pieces):
    for m in portion(rows.size, piece, pieces):
        i, before = rows[m], rows[max(m - 1, 0)]
        follows = household[i] > household[before] or household[i] == household[before] and uid[i] > uid[before]
        broken[piece] |= m > 0 and not follows


def by_household(rows: np.ndarray, uid: np.ndarray, household: np.ndarray, *more: np.ndarray) -> tuple[np.ndarray, ...]:
    """Rows int32[m] by household and, within one, by uid, and more arrays [m, .] in the same order.

    They are as they come, unless somebody has been added or moved.
    """
    broken = np.zeros(most_pieces(), np.bool_)
    _out_of_order(rows, uid, household, broken)
    if not broken.any():
        return rows, *more
    order = np.argsort(household[rows].astype(np.int64) << UID_BITS | uid[rows].astype(np.int64))
    return tuple(given[order] for given in (rows, *more))


@rule
def first_of_piece(rows, household, piece, pieces):
    """Where the first household begins that this piece plays: the piece before plays the one that it has begun."""
    cut = portion(rows.size, piece, pieces)
    at = cut.start
    while 0 < at < cut.stop and household[rows[at]] == household[rows[at - 1]]:
        at += 1
    return at


@rule
def end_of_home(rows, at, household):
    """Where the rows that share the household of rows[at] end."""
    end = at + 1
    while end < rows.size and household[rows[end]] == household[rows[at]]:
        end += 1
    return end
