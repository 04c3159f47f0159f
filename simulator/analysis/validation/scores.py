"""What the model gives for each published pattern, over seeds, and whether that passes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .targets import TARGETS, Target

PASS, FAIL, UNKNOWN = "pass", "fail", "not_measured"
TAIL = 5.0
"""Percent cut at each end of the spread over seeds that is shown."""


@dataclass(frozen=True)
class Verdict:
    """A target, the median over seeds, the spread of nine tenths of them, how many were inside, and the verdict."""

    target: Target
    median: float
    low: float
    high: float
    inside: int
    seeds: int
    verdict: str


def judged(runs: Sequence[Mapping[str, float]]) -> list[Verdict]:
    """A verdict for each target. runs: patterns of each run (patterns.measured); NaN where one could not tell."""
    return [_judge(target, np.array([run.get(target.pattern, np.nan) for run in runs], float)) for target in TARGETS]


def _judge(target: Target, values: np.ndarray) -> Verdict:
    values = values[np.isfinite(values)]
    if not len(values):
        return Verdict(target, np.nan, np.nan, np.nan, 0, 0, UNKNOWN)
    median, (low, high) = float(np.median(values)), np.percentile(values, [TAIL, 100.0 - TAIL])
    inside = int(((values >= target.low) & (values <= target.high)).sum())
    verdict = PASS if target.low <= median <= target.high else FAIL
    return Verdict(target, median, float(low), float(high), inside, len(values), verdict)
