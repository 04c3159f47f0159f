"""Neighbourhood support: the share of adults with somebody to rely on, after the week's visits (model 7.3)."""

from __future__ import annotations

import numpy as np

from ...kernel.compiled import chunk_range, parallel_kernel
from ...kernel.prefetch import PREFETCH_DISTANCE
from ...rules.tie_formation import ADULT_AGE, neighbourhood_support
from ...world.places.row_offsets import compute_neighbourhood_offsets
from ...world.ties.tie import get_tie_columns
from ...world.ties.tie_access import has_trusted_tie, prefetch_rest_slots
from ...world.world import World
from ..step.context import StepContext


def measure_neighbourhood_support(world: World, context: StepContext) -> np.ndarray:
    """float32[z]: support in each neighbourhood, 0 to 1."""
    people = world.people
    edges = compute_neighbourhood_offsets(people, world.neighbourhoods)
    shares = np.empty(len(edges) - 1, np.float32)
    _measure_support(get_tie_columns(world.ties), people.age, people.alive, edges, world.settings.tie_formation.numbers,
                     shares)
    return shares


@parallel_kernel
def _measure_support(t, age, alive, edges, p, shares, chunk, chunks):
    """Write shares float32[z]: support by the number of living adults with a tie of trust p.strong_trust or more."""
    for z in chunk_range(edges.size - 1, chunk, chunks):
        adults, supported = 0, 0
        for i in range(edges[z], edges[z + 1]):
            prefetch_rest_slots(t.degree, t.trust, min(i + PREFETCH_DISTANCE, edges[z + 1] - 1))
            is_adult = (alive[i] > 0) & (age[i] >= ADULT_AGE)
            adults += is_adult
            supported += has_trusted_tie(t.degree, t.trust, i, p.strong_trust) & is_adult
        shares[z] = neighbourhood_support(supported, adults, p)
