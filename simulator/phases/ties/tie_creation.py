"""Creation of ties proposed by the phases `meet` (at sites) and `form_ties` (elsewhere)."""

from __future__ import annotations

import numpy as np

from ...kernel.compiled import kernel
from ...rules.tie_formation import first_trust
from ...world.ties.tie import TieProposals, add_proposed_ties
from ...world.world import World

TIE_COLUMNS = ("ties.degree", "ties.alter", "ties.trust", "ties.alter_trust", "ties.kind")
"""Columns that must be writable in the phase that calls `create_ties`."""


def create_ties(world: World, proposals: TieProposals) -> tuple[int, int]:
    """Create the proposed ties. Returns (created, evicted), also counted in the ledger.

    proposals: in any order; doubles, existing ties and the dead are skipped. A resident whose slots are all in use
    takes a new tie only in place of a weaker one, which ends on both sides. A tie begins only if both sides take it.
    """
    created, evicted = add_proposed_ties(world.ties, world.people, proposals, world.settings.contact.numbers)
    world.ledger.count("ties_created", created)
    world.ledger.count("ties_displaced", evicted)
    return created, evicted


def assign_first_trust(world: World, rows: np.ndarray) -> np.ndarray:
    """float64[m]: first trust in ties that the residents in rows int[m] propose, by support in their neighbourhood."""
    trust = np.empty(len(rows))
    support = world.neighbourhoods.support[world.people.neighbourhood[rows]]
    _first_trusts(support, world.settings.tie_formation.numbers, trust)
    return trust


@kernel
def _first_trusts(support, p, out):
    for k in range(support.size):
        out[k] = first_trust(support[k], p)
