"""Sharing out what an owner (a site, an institution) has among claims, with lots that know nothing of rows."""

from __future__ import annotations

import numpy as np

from ..kernel.compiled import making_kernel
from ..kernel.draw import words
from ..kernel.stream import SHARE_OUT
from ..rules.relief import share_out
from .folk import UID_BITS


@making_kernel
def lots(key, day, domain, uid, rows):
    """uint64[k]: a lot for each of the rows, by its uid, the day and the domain."""
    out = np.empty(rows.size, np.uint64)
    for k in range(rows.size):
        who = uid[rows[k]]
        drawn = words(key, who, 0, day, SHARE_OUT, domain[k])[0]
        out[k] = np.uint64(drawn) << np.uint64(UID_BITS) | np.uint64(who)
    return out


@making_kernel
def _by_owner(order, starts, owner, demand, budget, lot, out):
    for g in range(starts.size - 1):
        part = order[starts[g]:starts[g + 1]]
        shares = share_out(demand[part], budget[owner[part[0]]], lot[part])
        for k in range(part.size):
            out[part[k]] = shares[k]


def shared(owner: np.ndarray, demand: np.ndarray, budget: np.ndarray, lot: np.ndarray) -> np.ndarray:
    """int64[k] of demands int64[k], for each owner int[k] within budget int64[owners]; lots break what does not divide.

    Shares of one owner are proportional to demands, whole, and add up to the budget or to the demands.
    """
    out = np.zeros(len(demand), np.int64)
    if len(demand):
        order = np.argsort(owner, kind="stable")
        starts = np.append(np.flatnonzero(np.diff(owner[order].astype(np.int64), prepend=-1)), len(owner))
        _by_owner(order, starts, owner.astype(np.int64), demand.astype(np.int64), budget, lot, out)
    return out
