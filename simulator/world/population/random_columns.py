"""Keyed random numbers for whole columns: uniform, normal, Beta and Poisson values as functions of (uid, stream)."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np

from ...kernel.compiled import allocating_kernel, kernel, rule
from ...kernel.keyed_random import RandomKey, draw_words, poisson_quantile, to_uniform

QUANTILE_STEPS = 1024
"""Number of intervals of a quantile table."""


@kernel
def _fill_uniform_columns(key, uids, stream, domain, out):
    for i in range(uids.size):
        word = draw_words(key, uids[i], 0, 0, stream, domain)
        for k in range(4):
            out[i, k] = to_uniform(word[k])


def draw_uniform_columns(key: RandomKey, uids: np.ndarray, stream: int, domain: int = 0) -> np.ndarray:
    """float64[n, 4] in (0, 1): the four words of one draw for each uid; `domain` separates draws of one stream."""
    out = np.empty((len(uids), 4))
    _fill_uniform_columns(key, np.ascontiguousarray(uids, np.uint32), stream, domain, out)
    return out


@rule
def normal_quantile(u):
    """Standard normal quantile, to 1.2e-9. Source: P. J. Acklam's rational approximation (2003)."""
    q = u - 0.5
    if abs(q) <= 0.47575:
        r = q * q
        return (((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r
                  + 1.383577518672690e+02) * r - 3.066479806614716e+01) * r + 2.506628277459239e+00) * q / (
            ((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r
              + 6.680131188771972e+01) * r - 1.328068155288572e+01) * r + 1.0)
    tail = math.sqrt(-2.0 * math.log(u if q < 0.0 else 1.0 - u))
    x = (((((-7.784894002430293e-03 * tail - 3.223964580411365e-01) * tail - 2.400758277161838e+00) * tail
           - 2.549732539343734e+00) * tail + 4.374664141464968e+00) * tail + 2.938163982698783e+00) / (
        (((7.784695709041462e-03 * tail + 3.224671290700398e-01) * tail + 2.445134137142996e+00) * tail
         + 3.754408661907416e+00) * tail + 1.0)
    return x if q < 0.0 else -x


@allocating_kernel
def normal_quantiles(u):
    """float64[n]: standard normal quantiles of u."""
    out = np.empty(u.size)
    for i in range(u.size):
        out[i] = normal_quantile(u[i])
    return out


@allocating_kernel
def poisson_quantiles(u, mean):
    """int64[n]: quantiles u of a Poisson distribution."""
    out = np.empty(u.size, np.int64)
    for i in range(u.size):
        out[i] = poisson_quantile(u[i], mean)
    return out


@rule
def interpolate_quantile(table, u):
    """Value at quantile u of a table made by `tabulate_beta_quantiles`, by linear interpolation."""
    position = u * (table.size - 1)
    k = min(int(position), table.size - 2)
    return table[k] + (position - k) * (table[k + 1] - table[k])


@lru_cache(maxsize=256)
def tabulate_beta_quantiles(a: float, b: float) -> Any:
    """float64[QUANTILE_STEPS + 1]: quantiles of Beta(a, b) at evenly spaced probabilities from 0 to 1.

    By quadrature on x = t^4, whose integrand is finite for a > 1/4.
    """
    t = (np.arange(8192) + 0.5) / 8192
    x = t**4
    mass = np.cumsum(t ** (4 * a - 1) * (1 - x) ** (b - 1))
    table = np.interp(np.linspace(0, 1, QUANTILE_STEPS + 1), mass / mass[-1], x)
    table[0], table[-1] = 0.0, 1.0
    return table
