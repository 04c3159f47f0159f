"""Intervals that may be looked at after every seed: they hold at all sample sizes at once."""

from __future__ import annotations

from functools import cache
from math import exp, inf, isfinite, log, sqrt

import numpy as np

from .paired import LEVEL, NAN

PLANNED = 10
"""Pairs at which the interval is tightest: those a comparison starts with (model 12.3)."""
WIDEST, NARROWEST = 1e4, 1e-4
"""Search for the mixture's variance between these, in variances of a difference."""
ZOOMS, POINTS = 8, 41
"""Grids laid inside each other, and points of each: the last one is a part in 10^9 wide."""


def interval(d: np.ndarray, level: float = LEVEL, planned: int = PLANNED) -> tuple[float, float]:
    """Interval of the mean of differences float64[n], valid whenever and for whatever reason playing stopped.

    With probability `level`, the intervals after 2, 3, 4, … seeds all hold the true mean. Exact for normal
    differences of unknown variance; for very skewed ones trust it from 10 pairs on. (-inf, inf) while there are too
    few pairs; differences that are all equal count as known from `planned` pairs on. NaN are left out.
    Source: Wang & Ramdas 2024, arXiv:2310.03722: test martingale of a normal mixture over effect sizes.
    """
    d = np.asarray(d, np.float64)
    d = d[np.isfinite(d)]
    if d.size < 2:
        return -inf, inf
    deviation = spread(d)
    half = half_width(deviation, d.size, level, planned) if deviation or d.size >= planned else inf
    return float(d.mean()) - half, float(d.mean()) + half


def spread(d: np.ndarray) -> float:
    """Standard deviation; exactly 0 for values equal up to rounding."""
    found = float(d.std(ddof=1))
    return 0.0 if found <= 1e-12 * max(1.0, float(np.abs(d).max())) else found


def half_width(deviation: float, n: int, level: float = LEVEL, planned: int = PLANNED) -> float:
    """Half the width of `interval` for a standard deviation seen in n pairs; inf while it has no end."""
    if deviation == 0.0:
        return 0.0
    return sqrt(_square(n, mixture(level, planned), level)) * deviation / sqrt(n)


def _square(n: int, g: float, level: float) -> float:
    """Largest t squared at which the mixture of effect sizes N(0, g) does not speak against the mean.

    The Bayes factor of Gönen et al. 2005 (doi:10.1198/000313005X55233), solved for t.
    """
    shrink = 1.0 + n * g
    against = exp((log(shrink) - 2.0 * log(1.0 - level)) / n)
    return (n - 1) * (against - 1.0) / (1.0 - against / shrink) if against < shrink else inf


@cache
def mixture(level: float, planned: int) -> float:
    """Variance of the mixture, in variances of a difference, that makes the interval tightest at `planned` pairs."""
    n, low, high = max(3, planned), log(NARROWEST), log(WIDEST)
    for _ in range(ZOOMS):
        grid = np.linspace(low, high, POINTS)
        best = int(np.argmin([_square(n, exp(at), level) for at in grid]))
        low, high = grid[max(0, best - 1)], grid[min(POINTS - 1, best + 1)]
    return exp((low + high) / 2)


def evidence(d: np.ndarray, null: float = 0.0, level: float = LEVEL, planned: int = PLANNED) -> float:
    """How strongly differences float64[n] speak against a mean of `null`: above 1/(1 - level), `interval` excludes it.

    A test martingale: if the mean is `null`, it ever exceeds k with probability 1/k at most.
    """
    d = np.asarray(d, np.float64)
    d = d[np.isfinite(d)] - null
    n = d.size
    if n < 2:
        return 1.0
    deviation = spread(d)
    if deviation == 0.0:
        return 1.0 if d.mean() == 0.0 or n < planned else inf
    t2, shrink = n * float(d.mean()) ** 2 / deviation**2, 1.0 + n * mixture(level, planned)
    return float(exp(min(700.0, 0.5 * n * log((n - 1 + t2) / (n - 1 + t2 / shrink)) - 0.5 * log(shrink))))


def path(d: np.ndarray, level: float = LEVEL, planned: int = PLANNED) -> np.ndarray:
    """float64[n, 3]: mean, low and high after 1, 2, … n pairs, in the order in which seeds were played."""
    d = np.asarray(d, np.float64)
    d = d[np.isfinite(d)]
    return np.array([[d[:k].mean(), *interval(d[:k], level, planned)] for k in range(1, d.size + 1)]).reshape(-1, 3)


def enough(d: np.ndarray, half: float, level: float = LEVEL, planned: int = PLANNED) -> bool:
    """True once the interval is no wider than plus or minus `half`: a study may stop here and report the interval."""
    low, high = interval(d, level, planned)
    return isfinite(low) and (high - low) / 2.0 <= half


def running(low: float, high: float, before: tuple[float, float] = (-inf, inf)) -> tuple[float, float]:
    """The interval met with earlier ones of the same sequence. NaN twice if nothing is left: a rare miss."""
    low, high = max(low, before[0]), min(high, before[1])
    return (low, high) if low <= high else (NAN, NAN)
