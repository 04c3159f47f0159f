"""Network measures of the ties: degree, components by trust, mixing, clustering; and export to networkx (model 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...i18n.translation import shorten_fact
from ...kernel.compiled import allocating_kernel, chunk_range, kernel, parallel_kernel
from ...kernel.keyed_random import draw_uniform
from ...kernel.slot_arrays import to_dense_array
from ...kernel.union_find import largest_component_size, merge_pairs, merge_rows, singleton_components
from ...rules.tie_formation import ADULT_AGE
from ...rules.tie_kinds import TIE_KINDS
from ..population.people import People, Ties
from ..world import World
from .tie import find_tie_slot, get_tie_columns

if TYPE_CHECKING:
    import networkx


@parallel_kernel
def _average_trust(t, mean, chunk, chunks):
    for i in chunk_range(t.degree.size, chunk, chunks):
        total = 0.0
        for k in range(t.degree[i]):
            total += t.trust[i, k]
        if t.degree[i]:
            mean[i] = total / t.degree[i]


def summarise_ties(ties: Ties) -> tuple[np.ndarray, np.ndarray]:
    """Number of ties uint8[n] and mean trust float32[n] of each resident, 0 without ties."""
    mean = np.zeros(len(ties), np.float32)
    _average_trust(get_tie_columns(ties), mean)
    return ties.degree, mean


def count_ties_by_kind(ties: Ties) -> np.ndarray:
    """int64[n, kinds]: number of ties of each kind of each resident."""
    used, kinds = to_dense_array(ties.alter) >= 0, to_dense_array(ties.kind)
    return np.stack([(used & (kinds == kind)).sum(axis=1) for kind in range(len(TIE_KINDS))], axis=1)


def mark_living_adults(people: People) -> np.ndarray:
    """bool[n]: living residents aged 15 and over, the nodes of the network."""
    return (people.age >= ADULT_AGE) & (people.alive == 1)


def giant_component_curve(world: World, thresholds: tuple[float, ...], link_households: bool = True) -> np.ndarray:
    """float64[thresholds]: share of living adults in the largest component of ties with trust at or above each one.

    A tie counts when both sides trust at least that much. link_households: members of a household are linked, with
    trust 1. ValueError unless thresholds rise.
    """
    if list(thresholds) != sorted(thresholds):
        raise ValueError(f"thresholds {shorten_fact(str(thresholds))}: expected rising numbers")
    people, ties, is_node = world.people, world.ties, mark_living_adults(world.people)
    parent = singleton_components(people.rows)
    if link_households:
        adults = np.flatnonzero(is_node)
        same = people.household[adults[1:]] == people.household[adults[:-1]]
        merge_pairs(parent, adults[:-1][same], adults[1:][same])
    mutual_trust = np.minimum(to_dense_array(ties.trust), to_dense_array(ties.alter_trust))
    shares, above = np.zeros(len(thresholds)), np.inf
    for k in range(len(thresholds) - 1, -1, -1):
        merge_rows(parent, ties.degree, ties.alter, mutual_trust, thresholds[k], above)
        shares[k], above = largest_component_size(parent, is_node) / max(1, is_node.sum()), thresholds[k]
    return shares


@allocating_kernel
def _count_internal_external(degree, other, label):
    counts = np.zeros(2, np.int64)
    for i in range(degree.size):
        for k in range(degree[i]):
            if i < other[i, k]:
                counts[np.int64(label[i] != label[other[i, k]])] += 1
    return counts


def compute_ei_index(ties: Ties, label: np.ndarray) -> float:
    """E-I index: (ties across labels - ties within) / ties; nan without ties. Source: Krackhardt & Stern 1988.

    label: int[n], group of each resident.
    """
    internal, external = _count_internal_external(ties.degree, ties.alter, label)
    return float(external - internal) / float(internal + external) if internal + external else float("nan")


@kernel
def _count_closed_pairs(t, rows):
    closed, pairs = 0, 0
    for i in rows:
        for k in range(t.degree[i]):
            for l in range(k):
                pairs += 1
                closed += find_tie_slot(t, t.alter[i, k], t.alter[i, l]) >= 0
    return closed, pairs


def compute_clustering(world: World, share: float = 1.0, stream: int = 0) -> float:
    """Share of pairs of a resident's alters that are tied to each other, over all residents; nan without pairs.

    share: of residents to look at, drawn at random with `stream`.
    """
    rows = np.array([i for i in np.flatnonzero(world.ties.degree > 1)
                     if share >= 1 or draw_uniform(world.key, world.people.uid[i], 0, 0, stream) < share], np.int64)
    closed, pairs = _count_closed_pairs(get_tie_columns(world.ties), rows)
    return closed / pairs if pairs else float("nan")


def export_networkx(world: World, min_trust: float = 0.0, rows: np.ndarray | None = None) -> networkx.Graph:
    """A networkx.Graph of residents by uid, with the ties in which both sides trust at least `min_trust`.

    rows: of the residents to include; all living adults by default. Node attributes: row, age, group, ses,
    neighbourhood, member. Edge attributes: trust (mean of both sides), kind.
    """
    import networkx

    people, ties = world.people, world.ties
    chosen = np.flatnonzero(mark_living_adults(people)) if rows is None else np.asarray(rows)
    included = np.zeros(people.rows, bool)
    included[chosen] = True
    graph = networkx.Graph()
    for i in chosen:
        graph.add_node(int(people.uid[i]), row=int(i), **{name: int(people.arrays()[name][i]) for name in (
            "age", "group", "ses", "neighbourhood", "member")})
    for i in chosen:
        for k in range(int(ties.degree[i])):
            j, trust, alter_trust = int(ties.alter[i, k]), float(ties.trust[i, k]), float(ties.alter_trust[i, k])
            if i < j and included[j] and min(trust, alter_trust) >= min_trust:
                graph.add_edge(int(people.uid[i]), int(people.uid[j]), trust=(trust + alter_trust) / 2,
                               kind=TIE_KINDS[ties.kind[i, k]])
    return graph
