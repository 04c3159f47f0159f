"""Crises without exposure: runs in which nobody lost anything, so that levers cannot be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class NoExposure:
    """Crises (joined by +) of a territory, and in how many runs nobody lost anything, of how many runs."""

    crises: str
    territory: str
    runs: int
    among: int


def find_no_exposure(runs: Mapping[str, np.ndarray]) -> list[NoExposure]:
    """Pairs of territory and crises with at least one run without any loss.

    runs: the columns territory, crises, levers and loss of the runs table. Runs without levers are looked at where
    there are any, otherwise all runs. An exact 0 is no accident of the draw: a crisis that reaches one resident costs
    some functioning.
    """
    crises, territory, levers = (np.asarray(runs[name]).astype(str) for name in ("crises", "territory", "levers"))
    loss, found = np.asarray(runs["loss"], np.float64), []
    for key in sorted(set(zip(crises, territory))):
        rows = (crises == key[0]) & (territory == key[1])
        baseline = rows & (levers == "")
        chosen = loss[baseline if baseline.any() else rows]
        if key[0] and (chosen == 0).any():
            found.append(NoExposure(*key, int((chosen == 0).sum()), len(chosen)))
    return found
