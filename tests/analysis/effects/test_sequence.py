"""Intervals that hold at every look. Error rates were fixed before these seeds were drawn: see each test."""

from math import inf

import numpy as np
import pytest
from scipy.special import stdtrit

from simulator.analysis.effects.sequence import enough, evidence, half_width, interval, mixture, path, running

LOOKS = 60


def ever_missed(draws, begin=2, level=0.95):
    """bool[paths]: does the true mean 0 fall outside at any look from `begin` to the end of draws [paths, n]?"""
    n = np.arange(1, draws.shape[1] + 1)
    means = draws.cumsum(1) / n
    spread = np.sqrt(np.maximum((draws**2).cumsum(1) - n * means**2, 0) / np.maximum(n - 1, 1))
    half = np.array([half_width(1.0, k, level) if k > 1 else inf for k in n])
    return (np.abs(means) > np.where(np.isfinite(half), half, 1e300) * spread)[:, begin - 1:].any(1)


def test_a_look_after_every_seed_costs_no_validity():
    """At most 5 paths in 100 may ever miss; Student's interval, looked at as often, misses in a third of them."""
    draws = np.random.default_rng(11).normal(0, 1, (3000, LOOKS))
    assert ever_missed(draws).mean() <= 0.05
    t = np.array([stdtrit(k - 1, 0.975) / np.sqrt(k) for k in range(2, LOOKS + 1)])
    spread = np.array([draws[:, :k].std(1, ddof=1) for k in range(2, LOOKS + 1)]).T
    means = (draws.cumsum(1) / np.arange(1, LOOKS + 1))[:, 1:]
    assert (np.abs(means) > t * spread).any(1).mean() > 0.25


@pytest.mark.parametrize("kind", ["heavy", "skewed"])
def test_differences_that_are_not_normal(kind):
    """From 10 pairs on: 5 in 100 for heavy tails; 9 in 100 allowed for an exponential, as skewed as can be."""
    rng = np.random.default_rng(12)
    draws = rng.standard_t(3, (3000, LOOKS)) if kind == "heavy" else rng.exponential(1, (3000, LOOKS)) - 1
    assert ever_missed(draws, begin=10).mean() <= {"heavy": 0.05, "skewed": 0.09}[kind]


def test_stopping_when_the_result_pleases_does_not_make_one():
    """Played on until 0 is excluded, at most 60 seeds: at most 5 studies in 100 may claim an effect that is not."""
    claimed = 0
    for d in np.random.default_rng(13).normal(0, 1, (400, LOOKS)):
        claimed += any(not low <= 0 <= high for _, low, high in path(d))
    assert claimed / 400 <= 0.05


def test_evidence_and_interval_say_the_same():
    rng = np.random.default_rng(14)
    for n in (5, 8, 20):
        d = rng.normal(0.8, 1, n)
        low, high = interval(d)
        for edge in (low, high):
            assert evidence(d, null=edge) == pytest.approx(20.0, rel=1e-6)
        assert evidence(d, null=d.mean()) < 1


def test_the_interval_is_tightest_where_it_was_planned():
    for planned in (5, 10, 40):
        here = half_width(1.0, planned, planned=planned)
        assert all(half_width(1.0, planned, planned=other) >= here for other in (3, 8, 20, 100))
    assert mixture(0.95, 5) > mixture(0.95, 40)
    assert half_width(1.0, 20) / (stdtrit(19, 0.975) / np.sqrt(20)) < 1.7, "the price of looking"


def test_width_shrinks_and_stopping_waits_for_it():
    widths = [half_width(1.0, n) for n in range(5, 300)]
    assert np.isfinite(widths).all() and (np.diff(widths) < 0).all()
    d = np.random.default_rng(15).normal(1, 1, 200)
    stop = next(k for k in range(2, 200) if enough(d[:k], 0.4))
    low, high = interval(d[:stop])
    assert (high - low) / 2 <= 0.4 and low < 1 < high and not enough(d[: stop - 1], 0.4)


def test_few_equal_or_missing_pairs():
    assert interval(np.array([1.0])) == (-inf, inf) and interval(np.array([1.0, 2.0])) == (-inf, inf)
    assert interval(np.zeros(9)) == (-inf, inf) and interval(np.zeros(10)) == (0, 0)
    assert evidence(np.zeros(30)) == 1 and evidence(np.ones(30)) == inf and evidence(np.ones(3)) == 1
    d = np.array([1.0, np.nan, 2.0, 4.0, 3.0, 2.5])
    assert interval(d) == interval(d[np.isfinite(d)])
    assert running(0, 3, (1, 2)) == (1, 2) and np.isnan(running(0, 1, (2, 3))[0])
