"""Confidence sequences: intervals that hold at all sample sizes at once, so that one may look after every seed."""

from __future__ import annotations

from functools import cache
from math import exp, inf, isfinite, log, sqrt

import numpy as np

from .paired_comparison import CONFIDENCE_LEVEL, NAN

PLANNED_PAIRS = 10
"""Pairs at which the interval is tightest: the number a comparison starts with (model 12.3)."""
MAX_MIXTURE_VARIANCE, MIN_MIXTURE_VARIANCE = 1e4, 1e-4
"""Bounds of the search for the mixture's variance, in variances of a difference."""
GRID_ZOOMS, GRID_POINTS = 8, 41
"""Nested grids of that search, and points of each: the last grid is a part in 10^9 wide."""


def compute_anytime_interval(d: np.ndarray, level: float = CONFIDENCE_LEVEL,
                             planned: int = PLANNED_PAIRS) -> tuple[float, float]:
    """Interval of the mean of differences float64[n], valid whenever and for whatever reason sampling stopped.

    With probability `level`, the intervals after 2, 3, 4, … seeds all contain the true mean. Exact for normal
    differences of unknown variance; for very skewed ones reliable from 10 pairs on. (-inf, inf) while there are too
    few pairs; differences that are all equal count as known from `planned` pairs on. NaN are left out.
    Source: Wang & Ramdas 2024, arXiv:2310.03722: test martingale of a normal mixture over effect sizes.
    """
    d = np.asarray(d, np.float64)
    d = d[np.isfinite(d)]
    if d.size < 2:
        return -inf, inf
    deviation = compute_deviation(d)
    half = compute_anytime_half_width(deviation, d.size, level, planned) if deviation or d.size >= planned else inf
    return float(d.mean()) - half, float(d.mean()) + half


def compute_deviation(d: np.ndarray) -> float:
    """Standard deviation; exactly 0 for values equal up to rounding."""
    found = float(d.std(ddof=1))
    return 0.0 if found <= 1e-12 * max(1.0, float(np.abs(d).max())) else found


def compute_anytime_half_width(deviation: float, n: int, level: float = CONFIDENCE_LEVEL,
                               planned: int = PLANNED_PAIRS) -> float:
    """Half the width of `compute_anytime_interval` for the standard deviation of n pairs; inf while unbounded."""
    if deviation == 0.0:
        return 0.0
    return sqrt(_critical_t_squared(n, tune_mixture_variance(level, planned), level)) * deviation / sqrt(n)


def _critical_t_squared(n: int, g: float, level: float) -> float:
    """Largest t squared at which the mixture of effect sizes N(0, g) does not reject the mean.

    It is the Bayes factor of Gönen et al. 2005 (doi:10.1198/000313005X55233), solved for t.
    """
    shrink = 1.0 + n * g
    against = exp((log(shrink) - 2.0 * log(1.0 - level)) / n)
    return (n - 1) * (against - 1.0) / (1.0 - against / shrink) if against < shrink else inf


@cache
def tune_mixture_variance(level: float, planned: int) -> float:
    """Variance of the mixture that makes the interval tightest at `planned` pairs, in variances of a difference."""
    n, low, high = max(3, planned), log(MIN_MIXTURE_VARIANCE), log(MAX_MIXTURE_VARIANCE)
    for _ in range(GRID_ZOOMS):
        grid = np.linspace(low, high, GRID_POINTS)
        best = int(np.argmin([_critical_t_squared(n, exp(x), level) for x in grid]))
        low, high = grid[max(0, best - 1)], grid[min(GRID_POINTS - 1, best + 1)]
    return exp((low + high) / 2)


def compute_e_value(d: np.ndarray, null: float = 0.0, level: float = CONFIDENCE_LEVEL,
                    planned: int = PLANNED_PAIRS) -> float:
    """E-value of differences float64[n] against a mean of `null`: the larger, the stronger the evidence.

    Above 1/(1 - level), `compute_anytime_interval` excludes `null`. It is a test martingale: if the mean is `null`, the
    probability that it ever exceeds k is at most 1/k.
    """
    d = np.asarray(d, np.float64)
    d = d[np.isfinite(d)] - null
    n = d.size
    if n < 2:
        return 1.0
    deviation = compute_deviation(d)
    if deviation == 0.0:
        return 1.0 if d.mean() == 0.0 or n < planned else inf
    t2, shrink = n * float(d.mean()) ** 2 / deviation**2, 1.0 + n * tune_mixture_variance(level, planned)
    return float(exp(min(700.0, 0.5 * n * log((n - 1 + t2) / (n - 1 + t2 / shrink)) - 0.5 * log(shrink))))


def trace_interval_path(d: np.ndarray, level: float = CONFIDENCE_LEVEL, planned: int = PLANNED_PAIRS) -> np.ndarray:
    """float64[n, 3]: mean, low and high after 1, 2, … n pairs, in the order in which seeds were run."""
    d = np.asarray(d, np.float64)
    d = d[np.isfinite(d)]
    return np.array([[d[:k].mean(), *compute_anytime_interval(d[:k], level, planned)]
                     for k in range(1, d.size + 1)]).reshape(-1, 3)


def is_precise_enough(d: np.ndarray, half: float, level: float = CONFIDENCE_LEVEL,
                      planned: int = PLANNED_PAIRS) -> bool:
    """True once the interval is no wider than plus or minus `half`: sampling may stop and the interval be reported."""
    low, high = compute_anytime_interval(d, level, planned)
    return isfinite(low) and (high - low) / 2.0 <= half


def intersect_intervals(low: float, high: float, before: tuple[float, float] = (-inf, inf)) -> tuple[float, float]:
    """The intersection with an earlier interval of the same sequence; (NaN, NaN), which is rare, if it is empty."""
    low, high = max(low, before[0]), min(high, before[1])
    return (low, high) if low <= high else (NAN, NAN)
