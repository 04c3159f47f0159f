"""Begun ties laid on both sides: rows of any length, sorted by uid, doubles merged, the strongest kept (model 5.4)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...kernel.compiled import making_kernel, making_parallel, parallel, portion, rule
from ...kernel.random import unit, words
from ...kernel.stream import TIE_TRUST

WORDS = 4294967296.0
"""A second word refines the first."""


class Web(NamedTuple):
    """Both sides of every tie: i's are first[i]:first[i + 1]; other's row int32[m] and kind uint8[m]."""

    first: np.ndarray
    other: np.ndarray
    kind: np.ndarray


@making_kernel
def weave(first, other, kind):
    """Web's columns from the ties begun by each; those that lead to nobody here are left out."""
    n = first.size - 1
    edges = np.zeros(n + 1, np.int64)
    for i in range(n):
        for slot in range(first[i], first[i + 1]):
            if other[slot] >= 0:
                edges[i + 1] += 1
                edges[other[slot] + 1] += 1
    for i in range(n):
        edges[i + 1] += edges[i]
    at = edges[:n].copy()
    there, sort = np.empty(edges[n], np.int32), np.empty(edges[n], np.uint8)
    for i in range(n):
        for slot in range(first[i], first[i + 1]):
            j = other[slot]
            if j >= 0:
                there[at[i]], sort[at[i]] = j, kind[slot]
                there[at[j]], sort[at[j]] = i, kind[slot]
                at[i] += 1
                at[j] += 1
    return edges, there, sort


@parallel
def sort_rows(edges, others, kinds, uids, piece, pieces):
    """Sort each row by the other's uid, then by kind; a double becomes -1 and the closer kind stays."""
    for i in portion(edges.size - 1, piece, pieces):
        start, end = edges[i], edges[i + 1]
        for slot in range(start + 1, end):
            j, kind = others[slot], kinds[slot]
            k = slot
            while k > start and (uids[others[k - 1]] > uids[j] or (others[k - 1] == j and kinds[k - 1] > kind)):
                others[k], kinds[k] = others[k - 1], kinds[k - 1]
                k -= 1
            others[k], kinds[k] = j, kind
        held = -1
        for slot in range(start, end):
            j = others[slot]
            if j == held:
                others[slot] = -1
            held = j


@rule
def seed_trust(i, j, kind, uids, key, seed):
    """First trust of a pair: that of its kind, times U(.6, 1.4). Two words, so that no two ties are equally strong."""
    a, b = uids[i], uids[j]
    w = words(key, min(a, b), max(a, b), 0, TIE_TRUST, kind)
    return seed[kind] * (0.6 + 0.8 * (unit(w[0]) + unit(w[1]) / WORDS))


@making_parallel
def cutoffs(web, uids, key, seed, most, least, piece, pieces):
    """Write float64[n]: strength below which a tie is too many for i: that of its `most`-th strongest, else 0."""
    for i in portion(web.first.size - 1, piece, pieces):
        start, end = web.first[i], web.first[i + 1]
        held = 0
        for slot in range(start, end):
            held += web.other[slot] >= 0
        if held > most:
            strength = np.empty(held)
            held = 0
            for slot in range(start, end):
                if web.other[slot] >= 0:
                    own = seed_trust(i, web.other[slot], web.kind[slot], uids, key, seed)
                    k = held
                    while k > 0 and strength[k - 1] > own:
                        strength[k] = strength[k - 1]
                        k -= 1
                    strength[k] = own
                    held += 1
            least[i] = strength[held - most]


@parallel
def fill(degree, other, trust, kind, web, least, uids, key, seed, piece, pieces):
    """Write into the slots of Ties every tie that both sides keep."""
    for i in portion(web.first.size - 1, piece, pieces):
        k = 0
        for slot in range(web.first[i], web.first[i + 1]):
            j = web.other[slot]
            if j >= 0:
                strength = seed_trust(i, j, web.kind[slot], uids, key, seed)
                if strength >= least[i] and strength >= least[j]:
                    other[i, k], kind[i, k] = j, web.kind[slot]
                    trust[i, k] = min(strength, 1.0)
                    k += 1
        degree[i] = k
