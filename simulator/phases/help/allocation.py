"""Sharing out what an owner (a site, an institution) has among claims, with lots that know nothing of rows."""

from __future__ import annotations

import numpy as np

from ...kernel.compiled import kernel, parallel, portion
from ...kernel.random import Key, words
from ...kernel.stream import SHARE_OUT
from ...rules.relief import share_out
from ..step.columns import UID_BITS

SMALL = np.iinfo(np.uint16).max
"""Owners up to this number are sorted by their digits, which is quickest."""


@parallel
def _lots(key, day, domain, uid, rows, out, piece, pieces):
    for k in portion(rows.size, piece, pieces):
        who = uid[rows[k]]
        drawn = words(key, who, 0, day, SHARE_OUT, domain[k])[0]
        out[k] = np.uint64(drawn) << np.uint64(UID_BITS) | np.uint64(who)


def lots(key: Key, day: int, domain: np.ndarray, uid: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """uint64[k]: a lot for each of the rows int[k], by its uid, the day and the domain int64[k]."""
    out = np.empty(len(rows), np.uint64)
    _lots(key, day, domain, uid, rows, out)
    return out


@kernel
def _by_owner(starts, owner, demand, budget, out):
    for g in range(starts.size - 1):
        first, end = starts[g], starts[g + 1]
        share_out(demand[first:end], budget[owner[first]], out[first:end])


def by_owner(owner: np.ndarray, lot: np.ndarray) -> np.ndarray:
    """int64[k]: the order by owner int[k], and of one owner by lot uint64[k]; equal lots keep the order they have."""
    order = np.argsort(lot)
    sorted_lots = lot[order]
    if (sorted_lots[1:] == sorted_lots[:-1]).any() or owner.max() > SMALL:
        return np.lexsort((lot, owner))
    return order[np.argsort(owner[order].astype(np.uint16), kind="stable")]


def shared(owner: np.ndarray, demand: np.ndarray, budget: np.ndarray, lot: np.ndarray) -> np.ndarray:
    """int64[k] of demands int64[k], for each owner int[k] within budget int64[owners]; lots break what does not divide.

    Shares of one owner are proportional to demands, whole, and add up to the budget or to the demands.
    """
    out = np.zeros(len(demand), np.int64)
    if len(demand):
        order = by_owner(owner, lot)
        whose, shares = owner[order].astype(np.int64), np.empty(len(demand), np.int64)
        starts = np.append(np.flatnonzero(np.diff(whose, prepend=-1)), len(owner))
        _by_owner(starts, whose, demand[order].astype(np.int64), budget, shares)
        out[order] = shares
    return out
