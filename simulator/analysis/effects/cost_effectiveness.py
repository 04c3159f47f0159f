"""Cost-effectiveness: euros per person-day of functioning saved, and when no such price exists."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, sqrt

import numpy as np

from .paired_comparison import CONFIDENCE_LEVEL, NAN


@dataclass(frozen=True)
class PricePerDay:
    """EUR per person-day saved, with its interval.

    status: bounded (value with an interval) · unbounded (an effect of zero cannot be excluded: the interval has only a
    lower end) · not_better (no saving on average: no price) · free (nothing is paid) · single (one seed: no interval).
    """

    value: float
    low: float
    high: float
    status: str


def compute_fieller_interval(cost: np.ndarray, saved: np.ndarray,
                             level: float = CONFIDENCE_LEVEL) -> tuple[float, float]:
    """Fieller's interval of mean(cost) / mean(saved) for paired values float64[n]; high is inf if it is unbounded.

    Solves (c - r s)^2 = t^2 var(c - r s) for r. Source: Fieller 1954, https://www.jstor.org/stable/2984043;
    for cost-effectiveness Willan & O'Brien 1996, doi:10.1002/hec.4730050402.
    """
    from scipy.special import stdtrit

    n = cost.size
    k = float(stdtrit(n - 1, 0.5 + level / 2.0)) ** 2 / n
    covariance = np.cov(cost, saved, ddof=1)
    c, s = float(cost.mean()), float(saved.mean())
    square = s * s - k * covariance[1, 1]
    linear = c * s - k * covariance[0, 1]
    constant = c * c - k * covariance[0, 0]
    root = linear * linear - square * constant
    if root < 0:
        return 0.0, inf
    if square <= 0:
        ends = sorted((linear + sign * sqrt(root)) / square for sign in (-1, 1)) if square < 0 else [0.0, 0.0]
        return max(0.0, ends[1]), inf
    return max(0.0, (linear - sqrt(root)) / square), (linear + sqrt(root)) / square


def estimate_price_per_day(cost: np.ndarray, saved: np.ndarray, cost_low: np.ndarray | None = None,
                           cost_high: np.ndarray | None = None) -> PricePerDay:
    """EUR per person-day from paired values float64[n]: cost in EUR, person-days saved against the baseline.

    cost_low, cost_high: the cost at the low and high end of prices. The interval covers both the variation over seeds
    (Fieller) and this range: its low end is Fieller's with the low cost, its high end Fieller's with the high cost.
    """
    known = np.isfinite(cost) & np.isfinite(saved)
    cost, saved = np.asarray(cost, np.float64)[known], np.asarray(saved, np.float64)[known]
    cheap = cost if cost_low is None else np.asarray(cost_low, np.float64)[known]
    dear = cost if cost_high is None else np.asarray(cost_high, np.float64)[known]
    if saved.size == 0 or saved.mean() <= 0:
        return PricePerDay(NAN, NAN, NAN, "not_better")
    value = float(cost.mean() / saved.mean())
    if dear.max() <= 0:
        return PricePerDay(0.0, 0.0, 0.0, "free")
    if saved.size < 2:
        return PricePerDay(value, NAN, NAN, "single")
    low, high = compute_fieller_interval(cheap, saved)[0], compute_fieller_interval(dear, saved)[1]
    return PricePerDay(value, low, high, "unbounded" if high == inf else "bounded")
