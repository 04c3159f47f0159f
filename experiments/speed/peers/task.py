"""The shared task: awareness spreads as a contagion on a small world. Every player takes numbers and graph here.

A day: who has heard (exposed) starts to tell (infectious) with probability 1/4, who tells stops with probability 1/5,
then every one who does not know hears from each telling contact with probability 0.08. Both durations are therefore
geometric, at least a day. One resident in a hundred tells on day 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

NEIGHBOURS, REWIRED = 10, 0.05
TELL, STARTS, STOPS = 0.08, 1 / 4, 1 / 5
"""Probabilities: a contact a day, a day, a day."""
SEEDED, DAYS = 0.01, 100
UNAWARE, EXPOSED, TELLING, DONE = range(4)


@dataclass
class Graph:
    """A Watts-Strogatz small world: ends int32[m], int32[m] of the m = 5 n undirected edges."""

    n: int
    first: np.ndarray
    second: np.ndarray


def small_world(n: int, seed: int) -> Graph:
    """A ring where each has ten neighbours; each edge keeps its first end and moves the other with probability 0.05.

    Source: Watts & Strogatz 1998, doi:10.1038/30918. An edge that would be a loop or stand twice stays where it was.
    """
    luck = np.random.default_rng(seed)
    first = np.repeat(np.arange(n, dtype=np.int64), NEIGHBOURS // 2)
    second = (first + np.tile(np.arange(1, NEIGHBOURS // 2 + 1), n)) % n
    moved = np.flatnonzero(luck.random(first.size) < REWIRED)
    wanted = second.copy()
    wanted[moved] = luck.integers(0, n, moved.size)
    low, high = np.minimum(first, wanted), np.maximum(first, wanted)
    pair = low * n + high
    _, place, count = np.unique(pair, return_inverse=True, return_counts=True)
    bad = moved[(count[place[moved]] > 1) | (low[moved] == high[moved])]
    wanted[bad] = second[bad]
    return Graph(n, first.astype(np.int32), wanted.astype(np.int32))


def rows(graph: Graph) -> tuple[np.ndarray, np.ndarray]:
    """The graph as compressed rows: start int64[n + 1], other int32[2 m]."""
    owner = np.concatenate([graph.first, graph.second])
    other = np.concatenate([graph.second, graph.first])
    order = np.argsort(owner, kind="stable")
    start = np.zeros(graph.n + 1, np.int64)
    np.cumsum(np.bincount(owner, minlength=graph.n), out=start[1:])
    return start, other[order].astype(np.int32)


def seeded(n: int, seed: int) -> np.ndarray:
    """Who tells on day 0: int64[n / 100]."""
    return np.random.default_rng([seed, 1]).choice(n, int(n * SEEDED), replace=False)
