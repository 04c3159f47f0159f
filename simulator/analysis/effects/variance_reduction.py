"""Variance reduction by common random numbers, measured on the runs."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from .paired_comparison import CONFIDENCE_LEVEL, NAN


@dataclass(frozen=True)
class VarianceReduction:
    """Variance of an unpaired difference over that of the paired one, with its interval.

    n: pairs. ratio: 1 is no gain, 10 means that a tenth of the seeds suffices; below 1, common random numbers do harm.
    """

    n: int
    ratio: float
    low: float
    high: float


def measure_variance_reduction(without: np.ndarray, with_: np.ndarray,
                               level: float = CONFIDENCE_LEVEL) -> VarianceReduction:
    """(var a + var b) / var(b - a) of paired values float64[n], with an interval exact for normal values.

    Pairs with a NaN are left out; the result is NaN below 3 pairs or if all differences are equal.

    With u = a + b and v = a - b the ratio is (1 + var u / var v) / 2, and the ratio of two correlated variances has
    the interval of Pitman 1939 and Morgan 1939, doi:10.1093/biomet/31.1-2.9. With few seeds the ratio is noisy:
    read its interval.
    """
    a, b = np.asarray(without, np.float64), np.asarray(with_, np.float64)
    known = np.isfinite(a) & np.isfinite(b)
    u, v = (a + b)[known], (a - b)[known]
    n = u.size
    if n < 3 or v.std(ddof=1) <= 1e-12 * max(1.0, float(np.abs(u).max())):
        return VarianceReduction(n, NAN, NAN, NAN)
    from scipy.special import stdtrit

    ratio = float(u.var(ddof=1) / v.var(ddof=1))
    correlation = float(np.corrcoef(u, v)[0, 1]) if ratio > 0 else 0.0
    k = 1.0 + 2.0 * (1.0 - correlation**2) * float(stdtrit(n - 2, 0.5 + level / 2.0)) ** 2 / (n - 2)
    factor = k + sqrt(k * k - 1.0)
    return VarianceReduction(n, (1.0 + ratio) / 2.0, (1.0 + ratio / factor) / 2.0, (1.0 + ratio * factor) / 2.0)
