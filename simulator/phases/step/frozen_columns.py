"""Behaviours under which nothing changes ties, or beliefs: what a phase wrote into those columns is undone after it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ...kernel.table import list_arrays
from ...world.world import World

FROZEN_COLUMNS = {
    "frozen_ties": ("ties.degree", "ties.alter", "ties.trust", "ties.alter_trust", "ties.kind"),
    "frozen_beliefs": ("people.agency", "people.trust_institutions", "people.trust_general", "people.host_trust"),
}
"""Behaviour -> columns that stay as at the start."""
PHASES_OF_DEATH = ("prune_ties",)
"""Phases that may change frozen columns: a tie ends with a person under every behaviour."""


def are_ties_frozen(world: World) -> bool:
    """True if no tie begins, ends or changes: phases then need not work out what would be undone."""
    return world.settings.behaviour == "frozen_ties"


def copy_frozen_columns(world: World, phase: str, writes: Iterable[str]) -> list[tuple[np.ndarray, np.ndarray]]:
    """(array, copy) of each array that a phase may write but that the behaviour freezes; empty for most behaviours."""
    frozen = FROZEN_COLUMNS.get(world.settings.behaviour, ())
    if not frozen or phase in PHASES_OF_DEATH:
        return []
    columns = [name.split(".") for name in writes if name in frozen]
    return [(array, array.copy()) for array in
            list_arrays(getattr(getattr(world, table), column) for table, column in columns)]


def restore_columns(kept: Iterable[tuple[np.ndarray, np.ndarray]]) -> None:
    """Write the copies back. The arrays must be writable."""
    for array, copy in kept:
        array[...] = copy
