"""Pareto front of portfolios, and its confirmation on fresh seeds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

import numpy as np

from ..effects.confidence_sequence import PLANNED_PAIRS, compute_anytime_interval
from ..effects.paired_comparison import CONFIDENCE_LEVEL

OBJECTIVES = ("loss", "quintile_gap", "tail_mean")
"""Less is better: mean loss; loss of the poorest minus the richest quintile; mean of the worst tenth of scenarios."""
WORST_ONE_IN = 10
"""The tail mean covers one scenario in so many, the worst ones."""


def mark_pareto_front(points: np.ndarray) -> np.ndarray:
    """bool[n]: which of the points float64[n, k] are on the Pareto front, where less is better.

    A point is on it if no other point is as good on every objective and better on one.
    """
    points = np.asarray(points, np.float64)
    no_worse = (points[:, None, :] <= points[None, :, :]).all(2)
    better = (points[:, None, :] < points[None, :, :]).any(2)
    return np.logical_not((no_worse & better).any(0))


def compute_tail_mean(values: np.ndarray, direction: int = -1) -> np.ndarray:
    """Mean over the worst tenth of scenarios, at least one: float64[..., scenarios] to float64[...].

    direction: -1 if less is better, 1 if more is.
    """
    values = np.asarray(values, np.float64)
    count = ceil(values.shape[-1] / WORST_ONE_IN)
    ordered = np.sort(values, axis=-1)
    return (ordered[..., -count:] if direction < 0 else ordered[..., :count]).mean(-1)


def compute_objectives(loss: np.ndarray, quintile_gap: np.ndarray) -> np.ndarray:
    """float64[seeds, 3] in the order of OBJECTIVES from loss and quintile_gap, both float64[seeds, scenarios]."""
    return np.stack([loss.mean(1), quintile_gap.mean(1), compute_tail_mean(loss)], axis=1)


@dataclass(frozen=True)
class ConfirmedPortfolio:
    """A portfolio of the front, run again with fresh seeds. Arrays hold one value per objective.

    searched: means found by the search. fresh: means over fresh seeds; low, high: their intervals. stays_on_front:
    still on the front by fresh means. dominated_by: portfolios known to be better on every objective.
    """

    searched: np.ndarray
    fresh: np.ndarray
    low: np.ndarray
    high: np.ndarray
    stays_on_front: bool
    dominated_by: tuple[str, ...]

    @property
    def optimism(self) -> np.ndarray:
        """float64[k]: fresh minus searched, above 0 where the search was too optimistic (winner's curse)."""
        return self.fresh - self.searched


def confirm_front(searched: Mapping[str, np.ndarray], fresh: Mapping[str, np.ndarray], level: float = CONFIDENCE_LEVEL,
                  planned: int = PLANNED_PAIRS) -> dict[str, ConfirmedPortfolio]:
    """Evaluate each portfolio of a front on seeds that the search has not used.

    searched: portfolio to float64[k], its means in the search. fresh: portfolio to float64[seeds, k]. Intervals hold
    for all portfolios and objectives together, and whenever sampling stopped.
    """
    names = list(searched)
    means = np.array([fresh[name].mean(0) for name in names])
    mean_level = 1.0 - (1.0 - level) / max(1, means.size)
    pair_level = 1.0 - (1.0 - level) / max(1, len(names) - 1)
    out = {}
    for name, mean, stays in zip(names, means, mark_pareto_front(means)):
        ends = np.array([compute_anytime_interval(column, mean_level, planned) for column in fresh[name].T])
        dominated_by = tuple(other for other in names
                             if other != name and _dominates(fresh[other], fresh[name], pair_level, planned))
        out[name] = ConfirmedPortfolio(np.asarray(searched[name], np.float64), mean, ends[:, 0], ends[:, 1],
                                       bool(stays), dominated_by)
    return out


def _dominates(portfolio: np.ndarray, other: np.ndarray, level: float, planned: int) -> bool:
    """True if the portfolio is known to be better than the other on every objective; float64[seeds, k] each."""
    return all(compute_anytime_interval(a - b, level, planned)[1] < 0 for a, b in zip(portfolio.T, other.T))
