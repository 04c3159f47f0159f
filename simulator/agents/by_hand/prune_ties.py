"""Prune ties, resident by resident."""

from __future__ import annotations

from typing import Any

from ...phases.step.context import StepContext
from .common.tie_sides import read_all_ties, write_ties


def drop_ties_of_dead(model: Any, world: Any, context: StepContext) -> int:
    """End the ties of the dead on both sides. Returns how many ended."""
    alive, sides = world.people.alive, 0
    for i, row in enumerate(read_all_ties(world.ties)):
        remaining = [tie for tie in row if alive[i] and alive[tie.alter]]
        sides += len(row) - len(remaining)
        if len(remaining) < len(row):
            write_ties(world.ties, i, remaining)
    return sides // 2


REFERENCE_STAGES = (drop_ties_of_dead,)
