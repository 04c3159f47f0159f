"""Crises that touched nobody: where they strike, no lever can be told from another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Untouched:
    """crises of a territory, joined by +, and in how many runs without levers nobody lost anything."""

    crises: str
    territory: str
    runs: int
    among: int


def untouched(runs: Mapping[str, np.ndarray]) -> list[Untouched]:
    """Territories and crises of whose runs without levers at least one knows no loss at all.

    runs: columns territory, crises, levers, loss of the table of runs. Loss without any lever is taken where it was
    played, else of all runs. An exact 0 cannot be luck: a crisis that reaches one resident costs some functioning.
    """
    crises, place, levers = (np.asarray(runs[name]).astype(str) for name in ("crises", "territory", "levers"))
    loss, found = np.asarray(runs["loss"], np.float64), []
    for key in sorted(set(zip(crises, place))):
        here = (crises == key[0]) & (place == key[1])
        bare = here & (levers == "")
        chosen = loss[bare if bare.any() else here]
        if key[0] and (chosen == 0).any():
            found.append(Untouched(*key, int((chosen == 0).sum()), len(chosen)))
    return found
