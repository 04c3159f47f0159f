"""Ratio of hazards between groups, other things equal: a log-linear model of expected deaths."""

from __future__ import annotations

import numpy as np

ROUNDS = 50
CLOSE = 1e-10


def log_linear(deaths: np.ndarray, traits: np.ndarray) -> np.ndarray:
    """float64[k]: coefficients of log E(deaths) = traits float64[n, k] @ coefficients, deaths float64[n] >= 0.

    Poisson likelihood by iterated weighted least squares; it stands for expected deaths too, which need not be whole.
    Source: McCullagh & Nelder 1989, Generalized Linear Models, chapter 6. NaN where nobody dies, nobody of a
    group dies, or traits are collinear.
    """
    k = traits.shape[1]
    if not len(deaths) or deaths.sum() <= 0 or np.linalg.matrix_rank(traits) < k:
        return np.full(k, np.nan)
    b = np.zeros(k)
    mean = np.maximum(deaths, deaths.mean())
    eta = np.log(mean)
    for _ in range(ROUNDS):
        working = eta + (deaths - mean) / mean
        weighted = traits * mean[:, None]
        try:
            new = np.linalg.solve(weighted.T @ traits, weighted.T @ working)
        except np.linalg.LinAlgError:
            return np.full(k, np.nan)
        done, b = np.abs(new - b).max() < CLOSE, new
        eta = np.clip(traits @ b, -50.0, 50.0)
        mean = np.exp(eta)
        if done:
            break
    return b


def adjusted_ratio(deaths: np.ndarray, group: np.ndarray, *others: np.ndarray) -> float:
    """How many times more deaths in the group (bool[n]) than outside it, at equal values of the others float64[n].

    For rare deaths it is the odds ratio of a case-control study. NaN if the group is empty or everybody.
    """
    if not group.any() or group.all():
        return float("nan")
    centred = [(one - one.mean()) / (one.std() or 1.0) for one in map(np.asarray, others)]
    traits = np.column_stack([np.ones(len(deaths)), group.astype(np.float64), *centred])
    return float(np.exp(log_linear(np.asarray(deaths, np.float64), traits)[1]))
