"""Values of several seeds in one line: how many, their mean and spread, and an interval where there are enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import isfinite

import numpy as np

from .confidence_sequence import PLANNED_PAIRS, compute_anytime_half_width, compute_anytime_interval, compute_deviation
from .paired_comparison import CONFIDENCE_LEVEL, NAN


@dataclass(frozen=True)
class ValueSummary:
    """n: values that are known. mean, deviation: NaN below one and two values. low, high: the 95 % interval of the mean
    that holds at every look at the data; NaN while there are too few values. more_needed: values still missing for an
    interval, 0 if there is one."""

    n: int
    mean: float
    deviation: float
    low: float
    high: float
    more_needed: int


def summarise_values(values: np.ndarray) -> ValueSummary:
    """The summary of float64[n], one value for each seed; NaN are left out."""
    known = np.asarray(values, np.float64)
    known = known[np.isfinite(known)]
    if known.size < 2:
        return ValueSummary(known.size, float(known[0]) if known.size else NAN, NAN, NAN, NAN,
                            find_min_sample_size() - known.size)
    low, high = compute_anytime_interval(known)
    deviation = compute_deviation(known)
    if not isfinite(low):
        least = find_min_sample_size() if deviation else PLANNED_PAIRS
        return ValueSummary(known.size, float(known.mean()), deviation, NAN, NAN, max(1, least - known.size))
    return ValueSummary(known.size, float(known.mean()), deviation, low, high, 0)


@cache
def find_min_sample_size() -> int:
    """The least number of values that differ from which an interval is bounded."""
    return next(n for n in range(2, PLANNED_PAIRS + 1)
                if isfinite(compute_anytime_half_width(1.0, n, CONFIDENCE_LEVEL)))


def average_over_points(values: Mapping[tuple[int, int], float]) -> np.ndarray:
    """float64[seeds]: mean over the points, for each seed that every point has. values: by (point, seed).

    Points share common random numbers, so that the seed is the unit of replication.
    """
    points = {point for point, _ in values}
    seeds = [seed for seed in sorted({seed for _, seed in values})
             if all(np.isfinite(values.get((point, seed), np.nan)) for point in points)]
    return np.array([np.mean([values[point, seed] for point in points]) for seed in seeds])
