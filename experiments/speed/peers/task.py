"""The shared task: awareness spreads as a contagion on a small world. All implementations use these numbers.

Every day, who has heard (exposed) starts to tell (infectious) with probability 1/4, who tells stops with probability
1/5; then everybody who is unaware hears from each telling contact with probability 0.08. Both durations are therefore
geometric, at least a day. One resident in a hundred tells on day 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

NEIGHBOURS, REWIRED = 10, 0.05
TELL, STARTS, STOPS = 0.08, 1 / 4, 1 / 5
"""Probabilities: per contact and day, per day, per day."""
SEEDED, DAYS = 0.01, 100
UNAWARE, EXPOSED, TELLING, DONE = range(4)


@dataclass
class Graph:
    """An undirected graph of n nodes. first, second: int32[m], the ends of its m edges."""

    n: int
    first: np.ndarray
    second: np.ndarray


def build_small_world(n: int, seed: int) -> Graph:
    """A Watts-Strogatz small world: a ring with ten neighbours each; an edge is rewired with probability 0.05.

    m = 5 n. An edge keeps its first end. It is not rewired where it would become a loop or a duplicate.
    Source: Watts & Strogatz 1998, doi:10.1038/30918.
    """
    rng = np.random.default_rng(seed)
    first = np.repeat(np.arange(n, dtype=np.int64), NEIGHBOURS // 2)
    second = (first + np.tile(np.arange(1, NEIGHBOURS // 2 + 1), n)) % n
    rewired = np.flatnonzero(rng.random(first.size) < REWIRED)
    wanted = second.copy()
    wanted[rewired] = rng.integers(0, n, rewired.size)
    low, high = np.minimum(first, wanted), np.maximum(first, wanted)
    pair = low * n + high
    _, place, count = np.unique(pair, return_inverse=True, return_counts=True)
    bad = rewired[(count[place[rewired]] > 1) | (low[rewired] == high[rewired])]
    wanted[bad] = second[bad]
    return Graph(n, first.astype(np.int32), wanted.astype(np.int32))


def build_adjacency(graph: Graph) -> tuple[np.ndarray, np.ndarray]:
    """The graph as compressed sparse rows: start int64[n + 1], other int32[2 m]."""
    owner = np.concatenate([graph.first, graph.second])
    other = np.concatenate([graph.second, graph.first])
    order = np.argsort(owner, kind="stable")
    start = np.zeros(graph.n + 1, np.int64)
    np.cumsum(np.bincount(owner, minlength=graph.n), out=start[1:])
    return start, other[order].astype(np.int32)


def draw_first_tellers(n: int, seed: int) -> np.ndarray:
    """int64[n / 100]: the nodes that tell on day 0."""
    return np.random.default_rng([seed, 1]).choice(n, int(n * SEEDED), replace=False)
