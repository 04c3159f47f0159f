"""The graph of proposed ties: both sides in sorted rows of any length, merged and cut to the slots (model 5.4)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...kernel.compiled import allocating_kernel, allocating_parallel_kernel, chunk_range, parallel_kernel, rule
from ...kernel.keyed_random import draw_words, to_uniform
from ...kernel.random_streams import TIE_TRUST

WORD_RANGE = 4294967296.0
"""Number of values of a 32-bit random word: a second word divided by it refines the first."""


class TieGraph(NamedTuple):
    """Both sides of every tie, m in all. Row i is first[i] to first[i + 1] - 1 of other and kind.

    first: int64[n + 1]; alter: int32[m], row of the alter, -1 for a removed double; kind: uint8[m].
    """

    first: np.ndarray
    alter: np.ndarray
    kind: np.ndarray


@allocating_kernel
def symmetrise_ties(first, other, kind):
    """The columns of a TieGraph from ties proposed by one side; those without an alter on the map are left out."""
    n = first.size - 1
    offsets = np.zeros(n + 1, np.int64)
    for i in range(n):
        for slot in range(first[i], first[i + 1]):
            if other[slot] >= 0:
                offsets[i + 1] += 1
                offsets[other[slot] + 1] += 1
    for i in range(n):
        offsets[i + 1] += offsets[i]
    end = offsets[:n].copy()
    alters, kinds = np.empty(offsets[n], np.int32), np.empty(offsets[n], np.uint8)
    for i in range(n):
        for slot in range(first[i], first[i + 1]):
            j = other[slot]
            if j >= 0:
                alters[end[i]], kinds[end[i]] = j, kind[slot]
                alters[end[j]], kinds[end[j]] = i, kind[slot]
                end[i] += 1
                end[j] += 1
    return offsets, alters, kinds


@parallel_kernel
def sort_tie_rows(offsets, others, kinds, uids, chunk, chunks):
    """Sort each row by the alter's uid, then by kind. Of doubles the closest kind stays, the others become -1."""
    for i in chunk_range(offsets.size - 1, chunk, chunks):
        start, end = offsets[i], offsets[i + 1]
        for slot in range(start + 1, end):
            j, kind = others[slot], kinds[slot]
            k = slot
            while k > start and (uids[others[k - 1]] > uids[j] or (others[k - 1] == j and kinds[k - 1] > kind)):
                others[k], kinds[k] = others[k - 1], kinds[k - 1]
                k -= 1
            others[k], kinds[k] = j, kind
        previous = -1
        for slot in range(start, end):
            j = others[slot]
            if j == previous:
                others[slot] = -1
            previous = j


@rule
def draw_initial_trust(i, j, kind, uids, key, kind_trust):
    """Initial trust of a pair: that of its kind, times U(0.6, 1.4), from two words so that no two ties are equal."""
    a, b = uids[i], uids[j]
    w = draw_words(key, min(a, b), max(a, b), 0, TIE_TRUST, kind)
    return kind_trust[kind] * (0.6 + 0.8 * (to_uniform(w[0]) + to_uniform(w[1]) / WORD_RANGE))


@allocating_parallel_kernel
def compute_strength_cutoffs(graph, uids, key, kind_trust, max_ties, cutoff, chunk, chunks):
    """Write float64[n]: least trust of the ties that a resident keeps: that of its max_ties-th strongest, else 0."""
    for i in chunk_range(graph.first.size - 1, chunk, chunks):
        start, end = graph.first[i], graph.first[i + 1]
        count = 0
        for slot in range(start, end):
            count += graph.alter[slot] >= 0
        if count > max_ties:
            strength = np.empty(count)
            count = 0
            for slot in range(start, end):
                if graph.alter[slot] >= 0:
                    trust = draw_initial_trust(i, graph.alter[slot], graph.kind[slot], uids, key, kind_trust)
                    k = count
                    while k > 0 and strength[k - 1] > trust:
                        strength[k] = strength[k - 1]
                        k -= 1
                    strength[k] = trust
                    count += 1
            cutoff[i] = strength[count - max_ties]


@parallel_kernel
def fill_tie_slots(degree, other, trust, kind, graph, cutoff, uids, key, kind_trust, chunk, chunks):
    """Write every tie that both sides keep into the slots of Ties; trust is at most 1."""
    for i in chunk_range(graph.first.size - 1, chunk, chunks):
        k = 0
        for slot in range(graph.first[i], graph.first[i + 1]):
            j = graph.alter[slot]
            if j >= 0:
                strength = draw_initial_trust(i, j, graph.kind[slot], uids, key, kind_trust)
                if strength >= cutoff[i] and strength >= cutoff[j]:
                    other[i, k], kind[i, k] = j, graph.kind[slot]
                    trust[i, k] = min(strength, 1.0)
                    k += 1
        degree[i] = k
