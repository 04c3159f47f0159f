"""Confidence sequences: each test says the error rate allowed, fixed before its seeds were drawn."""

from math import inf

import numpy as np
import pytest
from scipy.special import stdtrit

from simulator.analysis.effects.confidence_sequence import (
    compute_anytime_half_width,
    compute_anytime_interval,
    compute_e_value,
    intersect_intervals,
    is_precise_enough,
    trace_interval_path,
    tune_mixture_variance,
)

LOOKS = 60


def ever_missed(draws, begin=2, level=0.95):
    """bool[paths]: whether the true mean 0 is outside at any look from `begin` to the end of draws [paths, n]."""
    n = np.arange(1, draws.shape[1] + 1)
    means = draws.cumsum(1) / n
    deviation = np.sqrt(np.maximum((draws**2).cumsum(1) - n * means**2, 0) / np.maximum(n - 1, 1))
    half = np.array([compute_anytime_half_width(1.0, k, level) if k > 1 else inf for k in n])
    return (np.abs(means) > np.where(np.isfinite(half), half, 1e300) * deviation)[:, begin - 1:].any(1)


def test_coverage_holds_with_a_look_after_every_seed():
    """At most 5 paths in 100 may ever miss; Student's interval, looked at as often, misses in more than 25."""
    draws = np.random.default_rng(11).normal(0, 1, (3000, LOOKS))
    assert ever_missed(draws).mean() <= 0.05
    t = np.array([stdtrit(k - 1, 0.975) / np.sqrt(k) for k in range(2, LOOKS + 1)])
    deviation = np.array([draws[:, :k].std(1, ddof=1) for k in range(2, LOOKS + 1)]).T
    means = (draws.cumsum(1) / np.arange(1, LOOKS + 1))[:, 1:]
    assert (np.abs(means) > t * deviation).any(1).mean() > 0.25


@pytest.mark.parametrize("kind", ["heavy", "skewed"])
def test_differences_that_are_not_normal(kind):
    """From 10 pairs on: 5 in 100 for heavy tails; 9 in 100 for an exponential, which is very skewed."""
    rng = np.random.default_rng(12)
    draws = rng.standard_t(3, (3000, LOOKS)) if kind == "heavy" else rng.exponential(1, (3000, LOOKS)) - 1
    assert ever_missed(draws, begin=10).mean() <= {"heavy": 0.05, "skewed": 0.09}[kind]


def test_optional_stopping_does_not_inflate_the_error():
    """Sampling goes on until 0 is excluded or 60 seeds are drawn: at most 5 studies in 100 may claim an effect."""
    claimed = 0
    for d in np.random.default_rng(13).normal(0, 1, (400, LOOKS)):
        claimed += any(not low <= 0 <= high for _, low, high in trace_interval_path(d))
    assert claimed / 400 <= 0.05


def test_e_value_and_interval_agree():
    rng = np.random.default_rng(14)
    for n in (5, 8, 20):
        d = rng.normal(0.8, 1, n)
        low, high = compute_anytime_interval(d)
        for edge in (low, high):
            assert compute_e_value(d, null=edge) == pytest.approx(20.0, rel=1e-6)
        assert compute_e_value(d, null=d.mean()) < 1


def test_the_interval_is_tightest_where_it_was_planned():
    for planned in (5, 10, 40):
        tightest = compute_anytime_half_width(1.0, planned, planned=planned)
        assert all(compute_anytime_half_width(1.0, planned, planned=other) >= tightest for other in (3, 8, 20, 100))
    assert tune_mixture_variance(0.95, 5) > tune_mixture_variance(0.95, 40)
    assert compute_anytime_half_width(1.0, 20) / (stdtrit(19, 0.975) / np.sqrt(20)) < 1.7, "the cost of looking"


def test_width_shrinks_and_stopping_waits_for_it():
    widths = [compute_anytime_half_width(1.0, n) for n in range(5, 300)]
    assert np.isfinite(widths).all() and (np.diff(widths) < 0).all()
    d = np.random.default_rng(15).normal(1, 1, 200)
    stop = next(k for k in range(2, 200) if is_precise_enough(d[:k], 0.4))
    low, high = compute_anytime_interval(d[:stop])
    assert (high - low) / 2 <= 0.4 and low < 1 < high and not is_precise_enough(d[: stop - 1], 0.4)


def test_few_equal_or_missing_pairs():
    for few in ([1.0], [1.0, 2.0]):
        assert compute_anytime_interval(np.array(few)) == (-inf, inf)
    assert compute_anytime_interval(np.zeros(9)) == (-inf, inf) and compute_anytime_interval(np.zeros(10)) == (0, 0)
    assert compute_e_value(np.zeros(30)) == compute_e_value(np.ones(3)) == 1 and compute_e_value(np.ones(30)) == inf
    d = np.array([1.0, np.nan, 2.0, 4.0, 3.0, 2.5])
    assert compute_anytime_interval(d) == compute_anytime_interval(d[np.isfinite(d)])
    assert intersect_intervals(0, 3, (1, 2)) == (1, 2) and np.isnan(intersect_intervals(0, 1, (2, 3))[0])
