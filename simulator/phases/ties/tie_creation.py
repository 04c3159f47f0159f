"""New ties, wherever they were proposed: at sites (meet) and in everyday places (bind)."""

from __future__ import annotations

import numpy as np

from ...kernel.compiled import kernel
from ...rules.binding import first_trust
from ...world.ties.tie import Births, apply_births
from ...world.world import World

WRITES = ("ties.degree", "ties.other", "ties.trust", "ties.mirror", "ties.kind")
"""What the phase that calls `bear` must have on loan."""


@kernel
def _impressions(climate, p, out):
    for k in range(climate.size):
        out[k] = first_trust(climate[k], p)


def first_impressions(world: World, rows: np.ndarray) -> np.ndarray:
    """float64[m]: first trust in ties that residents int[m] propose, coloured by their neighbourhood's climate."""
    trust = np.empty(len(rows))
    climate = world.neighbourhoods.climate[world.people.neighbourhood[rows]]
    _impressions(climate, world.settings.binding.numbers, trust)
    return trust


def bear(world: World, births: Births) -> tuple[int, int]:
    """Begin the proposed ties. Returns (born, evicted), counted in the ledger; an eviction ends a tie on both sides.

    births: see world/tie.Births, in any order; doubles, existing ties and the dead are passed over. A full row takes a
    newcomer only in place of a weaker tie, and a tie begins only if both sides take it.
    """
    born, evicted = apply_births(world.ties, world.people, births, world.settings.contact.numbers)
    world.ledger.count("born", born)
    world.ledger.count("evicted", evicted)
    return born, evicted
