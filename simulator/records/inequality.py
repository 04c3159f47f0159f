"""Indices of inequality over individuals. Values are sorted first, so that the order of residents cannot matter."""

from __future__ import annotations

import numpy as np


def gini_index(values: np.ndarray) -> float:
    """Gini index of non-negative values; 0 when all are equal, NaN when there is nothing to share.

    G = 2 sum(k x_k) / (n sum x) - (n + 1) / n with x sorted, k = 1 … n. Source: Gini 1912; Sen 1973.
    """
    x = np.sort(np.asarray(values, np.float64))
    if x.size == 0 or x[-1] <= 0:
        return float("nan")
    rank = np.arange(1, x.size + 1, dtype=np.float64)
    return float(2.0 * (rank * x).sum() / (x.size * x.sum()) - (x.size + 1) / x.size)


def concentration_index(values: np.ndarray, ranked_by: np.ndarray) -> float:
    """Concentration index of values over people ranked by income: -1 all on the poorest … 1 all on the richest.

    C = 2 cov(x, r) / mean(x), r the fractional rank, shared by ties. Source: Kakwani, Wagstaff & van Doorslaer 1997,
    doi:10.1016/S0304-4076(96)01807-6.
    """
    _, group, size = np.unique(np.asarray(ranked_by), return_inverse=True, return_counts=True)
    total = np.bincount(group, weights=np.asarray(values, np.float64))
    if size.size == 0 or total.sum() <= 0:
        return float("nan")
    n = size.sum()
    rank = (np.cumsum(size) - size / 2.0) / n
    return float(2.0 * (total * rank).sum() / total.sum() - 1.0)


def top_share(values: np.ndarray, share: float = 0.1) -> float:
    """Share of the total held by the `share` of people who hold most; NaN when the total is 0."""
    x = np.sort(np.asarray(values, np.float64))[::-1]
    if x.size == 0 or x[0] <= 0:
        return float("nan")
    return float(x[:int(np.ceil(share * x.size))].sum() / x.sum())


def median_or_nan(values: np.ndarray) -> float:
    """Median; NaN without values."""
    return float(np.median(values)) if len(values) else float("nan")


def medians_by_group(values: np.ndarray, code: np.ndarray, groups: int) -> np.ndarray:
    """float64[groups]: median by group of small integers from 0 on; NaN for an empty group. code: -1 for no group.

    From counts of each value rather than by sorting: the two middle values of n have ranks (n - 1) // 2 and n // 2.
    """
    known = code >= 0
    width = int(values.max(initial=0)) + 1
    counts = np.bincount(code[known] * width + values[known], minlength=groups * width).reshape(groups, width)
    upto, n = counts.cumsum(axis=1), counts.sum(axis=1)
    low, high = ((upto <= rank[:, None]).sum(axis=1) for rank in ((n - 1) // 2, n // 2))
    return np.where(n > 0, (low + high) / 2, np.nan)
