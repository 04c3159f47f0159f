"""Mortality ratio between groups, adjusted for covariates by a log-linear model of expected deaths."""

from __future__ import annotations

import numpy as np

MAX_FIT_ITERATIONS = 50
FIT_TOLERANCE = 1e-10


def fit_log_linear(deaths: np.ndarray, covariates: np.ndarray) -> np.ndarray:
    """float64[k]: coefficients of log E(deaths) = covariates @ coefficients.

    deaths: float64[n], not negative; expected deaths need not be whole numbers. covariates: float64[n, k]. The Poisson
    likelihood is maximised by iteratively reweighted least squares. NaN if nobody dies, nobody of a group dies, or
    covariates are collinear. Source: McCullagh & Nelder 1989, Generalized Linear Models, chapter 6.
    """
    k = covariates.shape[1]
    if not len(deaths) or deaths.sum() <= 0 or np.linalg.matrix_rank(covariates) < k:
        return np.full(k, np.nan)
    b = np.zeros(k)
    mean = np.maximum(deaths, deaths.mean())
    eta = np.log(mean)
    for _ in range(MAX_FIT_ITERATIONS):
        working = eta + (deaths - mean) / mean
        weighted = covariates * mean[:, None]
        try:
            new = np.linalg.solve(weighted.T @ covariates, weighted.T @ working)
        except np.linalg.LinAlgError:
            return np.full(k, np.nan)
        done, b = np.abs(new - b).max() < FIT_TOLERANCE, new
        eta = np.clip(covariates @ b, -50.0, 50.0)
        mean = np.exp(eta)
        if done:
            break
    return b


def estimate_mortality_ratio(deaths: np.ndarray, group: np.ndarray, *others: np.ndarray) -> float:
    """How many times more deaths in the group than outside it, at equal values of the other covariates.

    deaths: float64[n]. group: bool[n]. others: covariates, float64[n] each. For rare deaths the ratio equals the odds
    ratio of a case-control study. NaN if the group is empty or holds everybody.
    """
    if not group.any() or group.all():
        return float("nan")
    centred = [(values - values.mean()) / (values.std() or 1.0) for values in map(np.asarray, others)]
    covariates = np.column_stack([np.ones(len(deaths)), group.astype(np.float64), *centred])
    return float(np.exp(fit_log_linear(np.asarray(deaths, np.float64), covariates)[1]))
