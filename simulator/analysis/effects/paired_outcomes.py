"""One outcome of an arm against another, paired by seed; a time only where both arms reach it in most seeds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from .outcomes import MIN_REACHED_SHARE, OUTCOMES, TIMES
from .paired_comparison import PairedEffect, compare_paired_values

if TYPE_CHECKING:
    from .arms import Arm


def compare_outcome(baseline: Arm, arm: Arm, outcome: str, seeds: Sequence[int]) -> PairedEffect:
    """An outcome of an arm against the baseline. See `compare_paired_outcome`."""
    played = [seed for seed in seeds if seed in baseline.runs and seed in arm.runs]
    return compare_paired_outcome(outcome, baseline.values(outcome, played), arm.values(outcome, played))


def compare_paired_outcome(outcome: str, without: np.ndarray, with_levers: np.ndarray) -> PairedEffect:
    """Paired values of an outcome, float64[seeds], every seed that both arms played.

    A time that an arm does not reach is NaN. A difference of times is told only where both arms reach it in at least
    MIN_REACHED_SHARE of the seeds, over those (n says how many): otherwise it would compare the seeds in which
    recovery was easy. An outcome that is no outcome of this package has no direction.
    """
    if outcome in TIMES and without.size:
        reached = np.isfinite(without) & np.isfinite(with_levers)
        if reached.mean() < MIN_REACHED_SHARE:
            without = np.full(without.shape, np.nan)
    if outcome not in OUTCOMES:
        return compare_paired_values(without, with_levers, 0)
    return compare_paired_values(without, with_levers, OUTCOMES[outcome].direction, OUTCOMES[outcome].smallest_effect)
