"""The sweep: ties of the dead leave both sides (model 3, step 12). Reads no handle."""

from __future__ import annotations

import numpy as np

from ..kernel.compiled import kernel
from ..world.ties.tie import columns, part
from ..world.world import World
from .step.context import Moment

WRITES = ("ties.degree", "ties.other", "ties.trust", "ties.mirror", "ties.kind")


@kernel
def part_all(t, rows):
    """End every tie of these rows. Returns how many ended."""
    ended = 0
    for i in rows:
        while t.degree[i] > 0:
            part(t, i, np.int64(t.degree[i]) - 1)
            ended += 1
    return ended


def bury(world: World, now: Moment) -> int:
    """End the ties of all who died since the last sweep. Returns how many ended."""
    gone = np.flatnonzero((world.people.alive == 0) & (world.ties.degree > 0))
    return int(part_all(columns(world.ties), gone)) if gone.size else 0


def step(world: World, now: Moment) -> None:
    """Every step: nobody is left with a tie to the dead."""
    world.ledger.count("ended", now.stage("sweep.bury", bury)(world, now))
