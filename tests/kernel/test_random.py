"""Quick ways to counts and Gumbel noise never differ from the exact ones by more than they say."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulator.kernel.compiled import kernel
from simulator.kernel.random import DOUBT, gumbel, near_gumbel, near_log, poisson, small_count, unit


@kernel
def count_all(u, mean, quick, exact):
    for k in range(u.size):
        quick[k], exact[k] = small_count(u[k], mean[k]), poisson(u[k], mean[k])


def both(u: np.ndarray, mean: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    quick, exact = np.empty(u.size, np.int64), np.empty(u.size, np.int64)
    count_all(u, mean, quick, exact)
    return quick, exact


def test_a_quick_count_is_the_exact_one() -> None:
    rng = np.random.default_rng(1)
    mean = rng.uniform(0, 2.2, 100_000)
    quick, exact = both(rng.uniform(0, 1, mean.size), mean)
    said = quick >= 0
    assert said[mean < 1].mean() > 0.9 and set(quick[said]) == {0, 1, 2}
    assert np.array_equal(quick[said], exact[said])


def test_a_quick_count_says_nothing_where_a_step_is_near() -> None:
    mean = np.linspace(0.01, 2.0, 2000)
    step = np.exp(-mean)
    for edge in (step, step * (1 + mean), step * (1 + mean + mean**2 / 2)):
        for off in (-DOUBT / 2, 0.0, DOUBT / 2):
            assert (both(edge + off, mean)[0] == -1).all()
        for off in (-2 * DOUBT, 2 * DOUBT):
            quick, exact = both(edge + off, mean)
            assert np.array_equal(quick[quick >= 0], exact[quick >= 0])


@pytest.mark.parametrize("mean", [0.0, 0.3, 2.0, 2.1, 40.0])
def test_counts_invert_the_distribution(mean: float) -> None:
    u = (np.arange(20_000) + 0.5) / 20_000
    quick, exact = both(u, np.full(u.size, mean))
    for count in range(4):
        assert (exact == count).mean() == pytest.approx(math.exp(-mean) * mean**count / math.factorial(count), abs=1e-4)
    assert (quick == -1).all() if mean > 2 else (quick[exact <= 2] == exact[exact <= 2]).mean() > 0.999


@kernel
def noise_all(word, quick, exact):
    for k in range(word.size):
        quick[k], exact[k] = near_gumbel(unit(word[k])), gumbel(unit(word[k]))


def test_quick_noise_is_the_exact_one_but_for_what_it_says() -> None:
    top, few = 1 << 32, 200_000  # where u is next to 0, next to 1, and in between
    words = np.concatenate([np.arange(few), top - 1 - np.arange(few), np.random.default_rng(1).integers(0, top, few)])
    quick, exact = np.empty(words.size), np.empty(words.size)
    noise_all(words.astype(np.uint32), quick, exact)
    assert np.abs(quick - exact).max() < 1e-11


@pytest.mark.parametrize("x", [1e-300, 1e-9, 0.5, math.sqrt(0.5), 1 - 1e-15, 1 + 1e-15, 3.7, 1e300])
def test_a_quick_logarithm_is_near_at_any_size(x: float) -> None:
    assert near_log(x) == pytest.approx(math.log(x), rel=1e-12)
