"""Allocation of what owners (sites, institutions, communes) have among claims, in whole units."""

from __future__ import annotations

import numpy as np

from ...kernel.compiled import chunk_range, kernel, parallel_kernel
from ...kernel.keyed_random import RandomKey, draw_words
from ...kernel.random_streams import SHARE_OUT
from ...rules.relief import allocate_proportionally
from ..step.columns import UID_BITS

RADIX_SORT_LIMIT = np.iinfo(np.uint16).max
"""Owners up to this number fit in 16 bits, for which numpy's radix sort is the fastest."""

FEW_CLAIMS = 1000
"""Fewer claims are sorted at once: one call of NumPy instead of four."""


def allocate_by_owner(owner: np.ndarray, demand: np.ndarray, budget: np.ndarray, priority: np.ndarray) -> np.ndarray:
    """int64[k]: what each claim gets of its demand int64[k] from its owner int[k], who has budget int64[owners].

    The claims on one owner get whole numbers in proportion to their demands; these add up to the budget, or to the
    demands where the budget covers them. What does not divide goes by priority uint64[k].
    """
    out = np.zeros(len(demand), np.int64)
    if len(demand):
        order = sort_by_owner(owner, priority)
        _allocate_by_owner(order, owner.astype(np.int64), demand.astype(np.int64), budget,
                           np.empty((2, len(demand)), np.int64), out)
    return out


@kernel
def _allocate_by_owner(order, owner, demand, budget, sorted_claims, out):
    """sorted_claims: int64[2, k] to work in, demands and shares in the order of owners."""
    wanted, shares = sorted_claims
    for m in range(order.size):
        wanted[m] = demand[order[m]]
    first = 0
    while first < order.size:
        end = first + 1
        while end < order.size and owner[order[end]] == owner[order[first]]:
            end += 1
        allocate_proportionally(wanted[first:end], budget[owner[order[first]]], shares[first:end])
        first = end
    for m in range(order.size):
        out[order[m]] = shares[m]


def sort_by_owner(owner: np.ndarray, priority: np.ndarray) -> np.ndarray:
    """int64[k]: the order by owner int[k] and then by priority uint64[k]; equal priorities keep their order."""
    if len(owner) < FEW_CLAIMS:
        return np.lexsort((priority, owner))
    order = np.argsort(priority)
    sorted_priorities = priority[order]
    if (sorted_priorities[1:] == sorted_priorities[:-1]).any() or owner.max() > RADIX_SORT_LIMIT:
        return np.lexsort((priority, owner))
    return order[np.argsort(owner[order].astype(np.uint16), kind="stable")]


def draw_priorities(key: RandomKey, day: int, domain: np.ndarray, uid: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """uint64[k]: random priorities of the rows int[k], by uid, day and domain int64[k]; the lowest comes first."""
    out = np.empty(len(rows), np.uint64)
    if len(rows):
        _draw_priorities(key, day, domain, uid, rows, out)
    return out


@parallel_kernel
def _draw_priorities(key, day, domain, uid, rows, out, chunk, chunks):
    for k in chunk_range(rows.size, chunk, chunks):
        own_uid = uid[rows[k]]
        word = draw_words(key, own_uid, 0, day, SHARE_OUT, domain[k])[0]
        out[k] = np.uint64(word) << np.uint64(UID_BITS) | np.uint64(own_uid)
