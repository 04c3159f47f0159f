"""The ties as a network: degrees, components over trust, mixing, clustering; and an export for networkx (model 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...kernel.compiled import kernel, making_kernel, parallel, portion
from ...kernel.graph import apart, join_pairs, join_rows, largest
from ...kernel.random import uniform
from ...kernel.slots import whole
from ...rules.binding import ADULT
from ...rules.kind import KINDS
from ..population.people import People, Ties
from ..world import World
from .tie import columns, slot_of

if TYPE_CHECKING:
    import networkx


@parallel
def _means(t, mean, piece, pieces):
    for i in portion(t.degree.size, piece, pieces):
        total = 0.0
        for k in range(t.degree[i]):
            total += t.trust[i, k]
        if t.degree[i]:
            mean[i] = total / t.degree[i]


def summary(ties: Ties) -> tuple[np.ndarray, np.ndarray]:
    """Number of ties uint8[n] and mean trust float32[n] of each resident, 0 for who has none."""
    mean = np.zeros(len(ties), np.float32)
    _means(columns(ties), mean)
    return ties.degree, mean


def degree_by_kind(ties: Ties) -> np.ndarray:
    """int64[n, kinds]: ties of each kind of each resident."""
    held, kinds = whole(ties.other) >= 0, whole(ties.kind)
    return np.stack([(held & (kinds == kind)).sum(axis=1) for kind in range(len(KINDS))], axis=1)


def grown(people: People) -> np.ndarray:
    """bool[n]: living residents aged 15 and over, the ones networks are about."""
    return (people.age >= ADULT) & (people.alive == 1)


def giant_curve(world: World, thresholds: tuple[float, ...], homes: bool = True) -> np.ndarray:
    """float64 per threshold: share of those aged 15+ in the largest component of ties that both trust at least so much.

    homes: members of a household count as linked, with trust 1. ValueError unless thresholds rise.
    """
    if list(thresholds) != sorted(thresholds):
        raise ValueError(f"thresholds {thresholds}: expected rising numbers")
    people, ties, counted = world.people, world.ties, grown(world.people)
    parent = apart(people.rows)
    if homes:
        adults = np.flatnonzero(counted)
        same = people.household[adults[1:]] == people.household[adults[:-1]]
        join_pairs(parent, adults[:-1][same], adults[1:][same])
    mutual = np.minimum(whole(ties.trust), whole(ties.mirror))
    shares, above = np.zeros(len(thresholds)), np.inf
    for at in range(len(thresholds) - 1, -1, -1):
        join_rows(parent, ties.degree, ties.other, mutual, thresholds[at], above)
        shares[at], above = largest(parent, counted) / max(1, counted.sum()), thresholds[at]
    return shares


@making_kernel
def _inside_outside(degree, other, label):
    counts = np.zeros(2, np.int64)
    for i in range(degree.size):
        for k in range(degree[i]):
            if i < other[i, k]:
                counts[np.int64(label[i] != label[other[i, k]])] += 1
    return counts


def external_internal(ties: Ties, label: np.ndarray) -> float:
    """E-I index: (ties across labels - ties within) / ties; nan without ties. Krackhardt & Stern 1988."""
    inside, outside = _inside_outside(ties.degree, ties.other, label)
    return float(outside - inside) / float(inside + outside) if inside + outside else float("nan")


@kernel
def _closed(t, rows):
    closed, pairs = 0, 0
    for i in rows:
        for k in range(t.degree[i]):
            for l in range(k):
                pairs += 1
                closed += slot_of(t, t.other[i, k], t.other[i, l]) >= 0
    return closed, pairs


def clustering(world: World, share: float = 1.0, stream: int = 0) -> float:
    """Share of pairs of one's ties that are tied to each other, over a keyed `share` of residents; else nan."""
    rows = np.array([i for i in np.flatnonzero(world.ties.degree > 1)
                     if share >= 1 or uniform(world.key, world.people.uid[i], 0, 0, stream) < share], np.int64)
    closed, pairs = _closed(columns(world.ties), rows)
    return closed / pairs if pairs else float("nan")


def to_networkx(world: World, least: float = 0.0, rows: np.ndarray | None = None) -> networkx.Graph:
    """A networkx.Graph of residents by uid, ties that both trust at least `least`; rows: only among these residents.

    Node attributes: row, age, group, ses, neighbourhood, member. Edge attributes: trust (mean of both sides), kind.
    """
    import networkx

    people, ties = world.people, world.ties
    chosen = np.flatnonzero(grown(people)) if rows is None else np.asarray(rows)
    inside = np.zeros(people.rows, bool)
    inside[chosen] = True
    graph = networkx.Graph()
    for i in chosen:
        graph.add_node(int(people.uid[i]), row=int(i), **{name: int(people.arrays()[name][i]) for name in (
            "age", "group", "ses", "neighbourhood", "member")})
    for i in chosen:
        for k in range(int(ties.degree[i])):
            j, trust, mirror = int(ties.other[i, k]), float(ties.trust[i, k]), float(ties.mirror[i, k])
            if i < j and inside[j] and min(trust, mirror) >= least:
                graph.add_edge(int(people.uid[i]), int(people.uid[j]), trust=(trust + mirror) / 2,
                               kind=KINDS[ties.kind[i, k]])
    return graph
