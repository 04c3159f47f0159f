"""The network at one time: degree and giant component by trust, homophily, kinds of ties, clustering (model 9)."""

from __future__ import annotations

import numpy as np

from ...kernel.slot_arrays import to_dense_array
from ...rules.tie_kinds import TIE_KINDS
from ...world.ties.network import (
    compute_clustering,
    compute_ei_index,
    count_ties_by_kind,
    giant_component_curve,
    mark_living_adults,
)
from ...world.world import World
from ..resident_status import GROUP_AGE_BANDS

TRUST_LEVELS = tuple(k / 10 for k in range(1, 10))
CLUSTERING_SAMPLE_SIZE = 2000
"""Expected number of residents in the sample for clustering."""
CLUSTERING_DRAW_ROUND = 1
"""Round of the draw of that sample, used by nothing that is simulated."""


def compute_network_table(world: World, time_point: str, day: int) -> dict[str, np.ndarray]:
    """The rows of the network table for one time point: start, levers, onset or end."""
    rows = [*_measure_by_trust_level(world), *_measure_homophily(world), *_measure_degree_by_kind(world)]
    sampled_share = min(1.0, CLUSTERING_SAMPLE_SIZE / max(1, world.people.rows))
    rows.append(("clustering", "all", compute_clustering(world, sampled_share, CLUSTERING_DRAW_ROUND)))
    return {"time_point": np.full(len(rows), time_point, object), "day": np.full(len(rows), day),
            "measure": np.array([row[0] for row in rows], object), "category": np.array([row[1] for row in rows],
                                                                                        object),
            "value": np.array([row[2] for row in rows], float)}


def _measure_by_trust_level(world: World) -> list[tuple[str, str, float]]:
    adults = max(1, int(mark_living_adults(world.people).sum()))
    mutual = np.minimum(to_dense_array(world.ties.trust), to_dense_array(world.ties.alter_trust))
    held = to_dense_array(world.ties.alter) >= 0
    degrees = [("degree", f"{level:.1f}", float((held & (mutual >= level)).sum() / adults)) for level in TRUST_LEVELS]
    curve = giant_component_curve(world, TRUST_LEVELS)
    giant = [("giant_component_share", f"{level:.1f}", float(share)) for level, share in zip(TRUST_LEVELS, curve,
                                                                                             strict=True)]
    return [*degrees, *giant, ("giant_area", "all", float(np.trapezoid(curve, TRUST_LEVELS)))]


def _measure_homophily(world: World) -> list[tuple[str, str, float]]:
    people, out = world.people, []
    adult = mark_living_adults(people)
    for name, label in (("group", people.group), ("ses", people.ses), ("diploma", people.diploma), ("job", people.job),
                        ("age", np.digitize(people.age, GROUP_AGE_BANDS).astype(np.uint8))):
        shares = np.bincount(label[adult]) / max(1, adult.sum())
        out.append(("ei_index", name, compute_ei_index(world.ties, label)))
        out.append(("ei_index_random", name, float(2 * (1 - (shares**2).sum()) - 1)))
    return out


def _measure_degree_by_kind(world: World) -> list[tuple[str, str, float]]:
    counts = count_ties_by_kind(world.ties)[mark_living_adults(world.people)]
    return [("kind", kind, float(counts[:, k].mean()) if len(counts) else 0.0) for k, kind in enumerate(TIE_KINDS)]
