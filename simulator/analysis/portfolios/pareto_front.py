"""Portfolios that no other beats on every objective, and what is left of them when they are played again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

import numpy as np

from ..effects.paired import LEVEL
from ..effects.sequence import PLANNED, interval

OBJECTIVES = ("loss", "equity", "worst_decile")
"""Less is better: mean loss, the poorest fifth's loss minus the richest's, mean loss in the worst tenth of cases."""
WORST = 10
"""One scenario in so many counts as the worst."""


def on_front(points: np.ndarray) -> np.ndarray:
    """bool[n] of float64[n, k], less is better: no other point is as good everywhere and better somewhere."""
    points = np.asarray(points, np.float64)
    no_worse = (points[:, None, :] <= points[None, :, :]).all(2)
    better = (points[:, None, :] < points[None, :, :]).any(2)
    return np.logical_not((no_worse & better).any(0))


def worst_decile(values: np.ndarray, better: int = -1) -> np.ndarray:
    """Mean over the worst tenth of scenarios, at least one: float64[..., scenarios] to float64[...]."""
    values = np.asarray(values, np.float64)
    count = ceil(values.shape[-1] / WORST)
    ordered = np.sort(values, axis=-1)
    return (ordered[..., -count:] if better < 0 else ordered[..., :count]).mean(-1)


def objectives(loss: np.ndarray, equity: np.ndarray) -> np.ndarray:
    """float64[seeds, 3] in the order of OBJECTIVES from loss and equity, both float64[seeds, scenarios]."""
    return np.stack([loss.mean(1), equity.mean(1), worst_decile(loss)], axis=1)


@dataclass(frozen=True)
class Confirmed:
    """A portfolio of the front, played again with fresh seeds. Arrays: one value per objective.

    optimism: fresh minus searched, above 0 where the search flattered (the winner's curse). stays: still on the front
    by fresh means. beaten: names of those better on every objective beyond doubt.
    """

    searched: np.ndarray
    fresh: np.ndarray
    low: np.ndarray
    high: np.ndarray
    stays: bool
    beaten: tuple[str, ...]

    @property
    def optimism(self) -> np.ndarray:
        """float64[k]: fresh minus searched."""
        return self.fresh - self.searched


def confirm(searched: Mapping[str, np.ndarray], fresh: Mapping[str, np.ndarray], level: float = LEVEL,
            planned: int = PLANNED) -> dict[str, Confirmed]:
    """Portfolio to what fresh seeds say. searched: float64[k]; fresh: float64[seeds, k], seeds unknown to the search.

    Intervals hold together over portfolios and objectives, and whenever playing stopped.
    """
    names = list(searched)
    means = np.array([fresh[name].mean(0) for name in names])
    stays = on_front(means)
    many = means.size
    each = 1.0 - (1.0 - level) / max(1, many)
    out = {}
    for name, mean, stay in zip(names, means, stays):
        ends = np.array([interval(column, each, planned) for column in fresh[name].T])
        beaten = tuple(other for other in names if other != name
                       and _beats(fresh[other], fresh[name], 1.0 - (1.0 - level) / max(1, len(names) - 1), planned))
        out[name] = Confirmed(np.asarray(searched[name], np.float64), mean, ends[:, 0], ends[:, 1], bool(stay), beaten)
    return out


def _beats(one: np.ndarray, other: np.ndarray, level: float, planned: int) -> bool:
    """True if one is better than the other on every objective, beyond doubt."""
    return all(interval(a - b, level, planned)[1] < 0 for a, b in zip(one.T, other.T))
