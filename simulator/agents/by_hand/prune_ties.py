"""The sweep played resident by resident."""

from __future__ import annotations

from typing import Any

from ...phases.step.context import Moment
from .tie import by_row, write_row


def bury(model: Any, world: Any, now: Moment) -> int:
    """Everybody drops their ties to the dead, the dead all of theirs. Returns how many ties ended."""
    alive, sides = world.people.alive, 0
    for i, row in enumerate(by_row(world.ties)):
        kept = [tie for tie in row if alive[i] and alive[tie.other]]
        sides += len(row) - len(kept)
        if len(kept) < len(row):
            write_row(world.ties, i, kept)
    return sides // 2


HAND = {"sweep.bury": bury}
