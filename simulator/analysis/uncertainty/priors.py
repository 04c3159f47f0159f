"""A team's own ranges for assumed numbers: stored sets weighted by them at once, and how many sets that leaves.

A range says that a number lies within it with a given probability. Each set is weighted by that probability over the
share of the played sets that lie within it, or by the rest over the share of those that do not: importance sampling,
number by number, self-normalised. Source: Kish 1965 (effective size); Owen 2013, Monte Carlo, chapter 9.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

DEFAULT_SURENESS = 0.9
"""Probability that a number lies within its range, where a team does not say."""
MIN_EFFECTIVE_SETS = 10.0
"""Below so many effective sets, weighted shares are too rough: the ranges have to be played."""


@dataclass(frozen=True)
class PriorRange:
    """A number lies between low and high with probability `sure`, says `who`."""

    low: float
    high: float
    sure: float
    who: str


def weight_sets(numbers: Mapping[str, np.ndarray], priors: Mapping[str, PriorRange]) -> np.ndarray:
    """float64[sets], mean 1: the weight of each set; all 0 if ranges and sets exclude each other.

    numbers: dotted name of each number of `priors` to float64[sets], as played.
    """
    weights = np.ones(len(next(iter(numbers.values()))))
    for name, prior in priors.items():
        inside = (numbers[name] >= prior.low) & (numbers[name] <= prior.high)
        share = float(inside.mean())
        within = prior.sure / share if share else 0.0
        beyond = (1 - prior.sure) / (1 - share) if share < 1 else 0.0
        weights = weights * np.where(inside, within if share < 1 else 1.0, beyond if share else 0.0)
    mean = float(weights.mean())
    return weights / mean if mean > 0 else np.zeros_like(weights)
