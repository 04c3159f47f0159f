"""Checks of the published patterns: the model's value over seeds, and whether it passes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .pattern_targets import TARGETS, PatternTarget

PASS, FAIL, NOT_MEASURED = "pass", "fail", "not_measured"
TAIL_PERCENT = 5.0
"""Percent cut at each end of the range over seeds that is shown."""


@dataclass(frozen=True)
class PatternCheck:
    """One target checked.

    median: over seeds. low, high: 5th and 95th percentile over seeds. seeds_inside: seeds inside the target's interval,
    of so many `seeds`. status: PASS, FAIL or NOT_MEASURED.
    """

    target: PatternTarget
    median: float
    low: float
    high: float
    seeds_inside: int
    seeds: int
    status: str


def check_patterns(runs: Sequence[Mapping[str, float]]) -> list[PatternCheck]:
    """Check every target. runs: for each run its patterns (`measure_patterns`), NaN where the run cannot tell."""
    return [_check(target, np.array([run.get(target.pattern, np.nan) for run in runs], float)) for target in TARGETS]


def _check(target: PatternTarget, values: np.ndarray) -> PatternCheck:
    values = values[np.isfinite(values)]
    if not len(values):
        return PatternCheck(target, np.nan, np.nan, np.nan, 0, 0, NOT_MEASURED)
    median, (low, high) = float(np.median(values)), np.percentile(values, [TAIL_PERCENT, 100.0 - TAIL_PERCENT])
    inside = int(((values >= target.low) & (values <= target.high)).sum())
    status = PASS if target.low <= median <= target.high else FAIL
    return PatternCheck(target, median, float(low), float(high), inside, len(values), status)
