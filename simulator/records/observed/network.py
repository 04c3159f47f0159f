"""The network at one moment: degrees and components over trust, mixing against chance, kinds, clustering (model 9)."""

from __future__ import annotations

import numpy as np

from ...kernel.slots import whole
from ...rules.kind import KINDS
from ...world.ties.network import clustering, degree_by_kind, external_internal, giant_curve, grown
from ...world.world import World
from ..standing import BANDS

LEVELS = tuple(k / 10 for k in range(1, 10))
EGOS = 2000
"""Residents, about, whose clustering is measured."""
SAMPLE = 1
"""Round of the draw that picks them: apart from everything that is simulated."""


def network(world: World, moment: str, day: int) -> dict[str, np.ndarray]:
    """The network table's rows of one moment."""
    rows = [*_levels(world), *_mixing(world), *_kinds(world)]
    rows.append(("clustering", "all", clustering(world, min(1.0, EGOS / max(1, world.people.rows)), SAMPLE)))
    return {"moment": np.full(len(rows), moment, object), "day": np.full(len(rows), day),
            "measure": np.array([row[0] for row in rows], object), "of": np.array([row[1] for row in rows], object),
            "value": np.array([row[2] for row in rows], float)}


def _levels(world: World) -> list[tuple[str, str, float]]:
    adults = max(1, int(grown(world.people).sum()))
    mutual = np.minimum(whole(world.ties.trust), whole(world.ties.mirror))
    held = whole(world.ties.other) >= 0
    degrees = [("degree", f"{level:.1f}", float((held & (mutual >= level)).sum() / adults)) for level in LEVELS]
    curve = giant_curve(world, LEVELS)
    giant = [("giant", f"{level:.1f}", float(share)) for level, share in zip(LEVELS, curve, strict=True)]
    return [*degrees, *giant, ("giant_area", "all", float(np.trapezoid(curve, LEVELS)))]


def _mixing(world: World) -> list[tuple[str, str, float]]:
    people, out = world.people, []
    adult = grown(people)
    for name, label in (("group", people.group), ("ses", people.ses), ("diploma", people.diploma), ("job", people.job),
                        ("age", np.digitize(people.age, BANDS).astype(np.uint8))):
        shares = np.bincount(label[adult]) / max(1, adult.sum())
        out.append(("ei", name, external_internal(world.ties, label)))
        out.append(("ei_random", name, float(2 * (1 - (shares**2).sum()) - 1)))
    return out


def _kinds(world: World) -> list[tuple[str, str, float]]:
    counts = degree_by_kind(world.ties)[grown(world.people)]
    return [("kind", kind, float(counts[:, k].mean()) if len(counts) else 0.0) for k, kind in enumerate(KINDS)]
