"""What playing arms with the same luck is worth, measured rather than promised."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from .paired import LEVEL, NAN


@dataclass(frozen=True)
class Gain:
    """Variance of an unpaired difference over that of the paired one, with its interval: 1 is no gain, 10 is a tenth
    of the seeds. Below 1, sharing luck would harm."""

    n: int
    ratio: float
    low: float
    high: float


def gain(without: np.ndarray, with_: np.ndarray, level: float = LEVEL) -> Gain:
    """(var a + var b) / var(b - a) of paired values float64[n], with an interval exact for normal values; NaN are out.

    With u = a + b and v = a - b the ratio is (1 + var u / var v) / 2, and the ratio of two correlated variances has
    the interval of Pitman 1939 and Morgan 1939, doi:10.1093/biomet/31.1-2.9. Noisy with few seeds: look at its width.
    """
    a, b = np.asarray(without, np.float64), np.asarray(with_, np.float64)
    known = np.isfinite(a) & np.isfinite(b)
    u, v = (a + b)[known], (a - b)[known]
    n = u.size
    if n < 3 or v.std(ddof=1) <= 1e-12 * max(1.0, float(np.abs(u).max())):
        return Gain(n, NAN, NAN, NAN)
    from scipy.special import stdtrit

    seen = float(u.var(ddof=1) / v.var(ddof=1))
    together = float(np.corrcoef(u, v)[0, 1]) if seen > 0 else 0.0
    k = 1.0 + 2.0 * (1.0 - together**2) * float(stdtrit(n - 2, 0.5 + level / 2.0)) ** 2 / (n - 2)
    wide = k + sqrt(k * k - 1.0)
    return Gain(n, (1.0 + seen) / 2.0, (1.0 + seen / wide) / 2.0, (1.0 + seen * wide) / 2.0)
