"""Prune ties: ties of the dead end on both sides (model 3, step 12). Reads no handle."""

from __future__ import annotations

import numpy as np

from ..kernel.compiled import kernel
from ..world.ties.tie import get_tie_columns, remove_tie
from ..world.world import World
from .step.context import StepContext

WRITES = ("ties.degree", "ties.alter", "ties.trust", "ties.alter_trust", "ties.kind")


def step(world: World, context: StepContext) -> None:
    """On every step: nobody keeps a tie to the dead."""
    world.ledger.count("ties_ended", context.run_stage(drop_ties_of_dead, world))


def drop_ties_of_dead(world: World, context: StepContext) -> int:
    """End the ties of all who died since this phase last played. Returns how many ended."""
    dead_rows = np.flatnonzero((world.people.alive == 0) & (world.ties.degree > 0))
    return int(remove_all_ties(get_tie_columns(world.ties), dead_rows)) if dead_rows.size else 0


@kernel
def remove_all_ties(t, rows):
    """End every tie of the residents in rows int[m]. Returns how many ended."""
    ended = 0
    for i in rows:
        while t.degree[i] > 0:
            remove_tie(t, i, np.int64(t.degree[i]) - 1)
            ended += 1
    return ended
