"""Climate: in which neighbourhoods people have somebody to rely on (model 7.3); worked out after the week's visits."""

from __future__ import annotations

import numpy as np

from ...kernel.compiled import parallel, portion
from ...kernel.prefetch import SOON
from ...rules.binding import ADULT, climate_of
from ...world.places.span import neighbourhood_edges
from ...world.ties.tie import columns
from ...world.ties.tie_read import ahead_rest, trusts
from ...world.world import World
from ..step.context import Moment


@parallel
def climate_by_place(t, age, alive, edges, p, found, piece, pieces):
    """Write float32[z]: share of living adults with a tie of at least p.strong, floored."""
    for z in portion(edges.size - 1, piece, pieces):
        adults, sure = 0, 0
        for i in range(edges[z], edges[z + 1]):
            ahead_rest(t.degree, t.trust, min(i + SOON, edges[z + 1] - 1))
            counts = (alive[i] > 0) & (age[i] >= ADULT)
            adults += counts
            sure += trusts(t.degree, t.trust, i, p.strong) & counts
        found[z] = climate_of(sure, adults, p)


def climate(world: World, now: Moment) -> np.ndarray:
    """float32[z]: climate of each neighbourhood after the week's visits."""
    people = world.people
    edges = neighbourhood_edges(people, world.neighbourhoods)
    found = np.empty(len(edges) - 1, np.float32)
    climate_by_place(columns(world.ties), people.age, people.alive, edges, world.settings.binding.numbers, found)
    return found
