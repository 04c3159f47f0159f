"""How often each arm is best, second, …: rank acceptability over plausible sets of numbers.

Source: Lahdelma, Hokkanen & Salminen 1998 (SMAA), doi:10.1016/S0377-2217(97)00163-X; intervals of shares: Wilson 1927,
doi:10.2307/2276774.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import sqrt

import numpy as np

from ..effects.paired_comparison import CONFIDENCE_LEVEL, NAN

RANK_LEVEL = 0.9
"""Share of the sets whose ranks lie in a rank interval."""


@dataclass(frozen=True)
class ShareInterval:
    """A share of n sets, 0 to 1, with its 95 % interval. n: sets, or the effective number of weighted ones."""

    share: float
    low: float
    high: float
    n: float


@dataclass(frozen=True)
class RankSummary:
    """One arm over the sets.

    helps: share of the sets in which it does better than no lever, however little. pays: share in which it does better
    by as much as makes acting worthwhile, None where that was not asked. best: share in which it does best of all,
    doing nothing included. acceptability: float64[ranks], share of the sets in which it has rank 1, 2, …. low, high:
    ranks between which RANK_LEVEL of the sets lie.
    """

    helps: ShareInterval
    best: ShareInterval
    acceptability: np.ndarray
    low: int
    high: int
    pays: ShareInterval | None = None


def estimate_share(share: float, n: float, level: float = CONFIDENCE_LEVEL) -> ShareInterval:
    """A share with Wilson's interval, which is right for shares of 0 and 1 too; NaN for no set."""
    if n <= 0 or not np.isfinite(share):
        return ShareInterval(NAN, NAN, NAN, 0.0)
    from scipy.special import ndtri

    z = float(ndtri(0.5 + level / 2.0))
    middle, half = share + z * z / (2 * n), z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low, high = (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)
    return ShareInterval(share, max(0.0, low), min(1.0, high), n)


def compute_effective_size(weights: np.ndarray) -> float:
    """How many sets of equal weight tell as much: (sum w)^2 / sum w^2; 0 without any weight. Source: Kish 1965."""
    total = float(weights.sum())
    return total * total / float((weights * weights).sum()) if total > 0 else 0.0


def rank_arms_by_set(changes: Mapping[str, np.ndarray], direction: int = -1) -> dict[str, np.ndarray]:
    """Map each arm to its acceptability of each rank in each set, float64[sets, ranks]; doing nothing is one more rank.

    changes: arm to its change against no lever, float64[sets], no NaN. direction: -1 if less is better. Arms that tie
    share their ranks equally. Doing nothing takes part with a change of 0 and is not among the keys.
    """
    gains = -direction * np.array([*changes.values(), np.zeros(len(next(iter(changes.values()))))])
    better = (gains[None] < gains[:, None]).sum(1)
    ties = (gains[None] == gains[:, None]).sum(1)
    ranks = np.arange(len(gains))
    shares = (ranks >= better[..., None]) & (ranks < (better + ties)[..., None])
    return {name: shares[k] / ties[k][:, None] for k, name in enumerate(changes)}


def summarise_ranks(changes: Mapping[str, np.ndarray], direction: int = -1,
                    weights: np.ndarray | None = None,
                    worthwhile: Mapping[str, np.ndarray] | None = None) -> dict[str, RankSummary]:
    """Map each arm to its ranks over the sets in which every arm is known; empty if there is no such set.

    changes: arm to its change against no lever, float64[sets], NaN where unknown. direction: -1 if less is better, 1 if
    more is. weights: float64[sets] of the sets, equal ones by default. worthwhile: arm to bool[sets], whether it gains
    enough there.
    """
    table = np.array(list(changes.values()), np.float64)
    if not table.size:
        return {}
    known = np.isfinite(table).all(0)
    weights = np.ones(known.size) if weights is None else np.asarray(weights, np.float64)
    known &= weights > 0
    if not known.any():
        return {}
    n, weights = compute_effective_size(weights[known]), weights[known] / weights[known].sum()
    shares = rank_arms_by_set({name: row[known] for name, row in zip(changes, table)}, direction)
    found = {name: _summarise_arm(direction * row[known] > 0, shares[name], weights, n)
             for name, row in zip(changes, table)}
    if worthwhile is None:
        return found
    return {name: replace(one, pays=estimate_share(float(weights @ worthwhile[name][known]), n))
            for name, one in found.items()}


def _summarise_arm(helps: np.ndarray, shares: np.ndarray, weights: np.ndarray, n: float) -> RankSummary:
    acceptability = weights @ shares
    cumulated, tail = np.cumsum(acceptability), (1 - RANK_LEVEL) / 2
    low = int(np.argmax(cumulated > tail + 1e-12)) + 1
    high = int(np.argmax(cumulated >= 1 - tail - 1e-12)) + 1
    return RankSummary(estimate_share(float(weights @ helps), n), estimate_share(float(acceptability[0]), n),
                       acceptability, low, high)
