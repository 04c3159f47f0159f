"""Approximate counts, Gumbel noise and logarithms differ from the exact ones by no more than they promise."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pytest

from simulator.kernel.compiled import kernel
from simulator.kernel.keyed_random import (
    QUANTILE_TOLERANCE,
    approximate_gumbel,
    approximate_log,
    normal_quantile,
    poisson_quantile,
    small_poisson_quantile,
    to_gumbel,
    to_uniform,
)


@kernel
def count_both_ways(u, mean, approximate, exact):
    for k in range(u.size):
        approximate[k], exact[k] = small_poisson_quantile(u[k], mean[k]), poisson_quantile(u[k], mean[k])


def poisson_counts(u: np.ndarray, mean: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    approximate, exact = np.empty(u.size, np.int64), np.empty(u.size, np.int64)
    count_both_ways(u, mean, approximate, exact)
    return approximate, exact


def test_an_approximate_count_is_exact_or_missing() -> None:
    rng = np.random.default_rng(1)
    mean = rng.uniform(0, 2.2, 100_000)
    approximate, exact = poisson_counts(rng.uniform(0, 1, mean.size), mean)
    certain = approximate >= 0
    assert certain[mean < 1].mean() > 0.9 and set(approximate[certain]) == {0, 1, 2}
    assert np.array_equal(approximate[certain], exact[certain])


def test_an_approximate_count_is_missing_near_a_step() -> None:
    mean = np.linspace(0.01, 2.0, 2000)
    step = np.exp(-mean)
    for edge in (step, step * (1 + mean), step * (1 + mean + mean**2 / 2)):
        for off in (-QUANTILE_TOLERANCE / 2, 0.0, QUANTILE_TOLERANCE / 2):
            assert (poisson_counts(edge + off, mean)[0] == -1).all()
        for off in (-2 * QUANTILE_TOLERANCE, 2 * QUANTILE_TOLERANCE):
            approximate, exact = poisson_counts(edge + off, mean)
            assert np.array_equal(approximate[approximate >= 0], exact[approximate >= 0])


@pytest.mark.parametrize("mean", [0.0, 0.3, 2.0, 2.1, 40.0])
def test_counts_invert_the_distribution(mean: float) -> None:
    u = (np.arange(20_000) + 0.5) / 20_000
    approximate, exact = poisson_counts(u, np.full(u.size, mean))
    for count in range(4):
        assert (exact == count).mean() == pytest.approx(math.exp(-mean) * mean**count / math.factorial(count), abs=1e-4)
    assert (approximate == -1).all() if mean > 2 else (approximate[exact <= 2] == exact[exact <= 2]).mean() > 0.999


@kernel
def gumbel_both_ways(word, approximate, exact):
    for k in range(word.size):
        approximate[k], exact[k] = approximate_gumbel(to_uniform(word[k])), to_gumbel(to_uniform(word[k]))


def test_approximate_gumbel_noise_is_within_its_error() -> None:
    top, few = 1 << 32, 200_000  # where u is next to 0, next to 1, and in between
    words = np.concatenate([np.arange(few), top - 1 - np.arange(few), np.random.default_rng(1).integers(0, top, few)])
    approximate, exact = np.empty(words.size), np.empty(words.size)
    gumbel_both_ways(words.astype(np.uint32), approximate, exact)
    assert np.abs(approximate - exact).max() < 1e-11


@pytest.mark.parametrize("x", [1e-300, 1e-9, 0.5, math.sqrt(0.5), 1 - 1e-15, 1 + 1e-15, 3.7, 1e300])
def test_an_approximate_logarithm_is_within_its_error_at_any_size(x: float) -> None:
    assert approximate_log(x) == pytest.approx(math.log(x), rel=1e-12)


@pytest.mark.parametrize("tail", [1e-300, 1e-12, 1e-6, 1e-3, 0.02424, 0.02426, 0.1, 0.3, 0.5])
def test_normal_quantiles_are_those_of_the_standard_library(tail: float) -> None:
    for u in (tail, 1 - tail):
        if 0 < u < 1:
            assert normal_quantile(u) == pytest.approx(NormalDist().inv_cdf(u), rel=1.2e-9, abs=1e-12)


def test_normal_quantiles_rise_with_their_probability_and_are_symmetric() -> None:
    u = np.linspace(1e-9, 1 - 1e-9, 20_001)
    z = np.array([normal_quantile(float(value)) for value in u])
    assert (np.diff(z) > 0).all() and np.abs(z + z[::-1]).max() < 1e-6
    drawn = np.array([normal_quantile(float((k + 0.5) / 20_000)) for k in range(20_000)])
    assert abs(drawn.mean()) < 1e-6 and drawn.std() == pytest.approx(1.0, abs=1e-3)
