import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from simulator.analysis.effects.paired import among_best, compare, half_width, holm, more_seeds

BASE = np.array([10.0, 12.0, 9.0, 11.0, 10.5])


def test_interval_and_p_are_those_of_the_paired_t_test():
    arm = BASE - np.array([1.0, 0.5, 0.8, 1.2, 0.1])
    found, known = compare(BASE, arm), stats.ttest_rel(arm, BASE)
    assert found.p == pytest.approx(known.pvalue)
    assert (found.low, found.high) == pytest.approx(tuple(known.confidence_interval()))
    assert found.helps == pytest.approx(1 - known.pvalue / 2)
    assert found.helps_next < found.helps and found.settled and found.more_seeds == 0
    assert found.relative == pytest.approx(found.difference / BASE.mean())
    assert found.variance_ratio == pytest.approx((BASE.var(ddof=1) + arm.var(ddof=1)) / (arm - BASE).var(ddof=1))


def test_intervals_hold_what_they_promise():
    """Of 95 % intervals over 6 seeds, about 95 in 100 hold the true difference."""
    rng = np.random.default_rng(1)
    luck = rng.normal(10, 1, (2000, 6))
    effect = rng.normal(-0.3, 0.4, (2000, 6))
    held = [(one.low <= -0.3 <= one.high) for one in (compare(a, a + d) for a, d in zip(luck, effect))]
    assert np.mean(held) == pytest.approx(0.95, abs=0.015)


def test_the_next_seed_is_foretold_as_often_as_said():
    rng = np.random.default_rng(2)
    said, seen = [], []
    for d in rng.normal(-0.2, 0.4, (3000, 7)):
        said.append(compare(np.zeros(6), d[:6]).helps_next)
        seen.append(d[6] < 0)
    assert np.mean(said) == pytest.approx(np.mean(seen), abs=0.04)


def test_bootstrap_begins_at_eight_pairs_and_repeats():
    d = np.random.default_rng(3).normal(1, 0.5, 12)
    assert np.isnan(compare(np.zeros(7), d[:7]).bootstrap_low)
    first, again = compare(np.zeros(12), d), compare(np.zeros(12), d)
    assert (first.bootstrap_low, first.bootstrap_high) == (again.bootstrap_low, again.bootstrap_high)
    assert first.bootstrap_low == pytest.approx(first.low, abs=0.12)


def test_a_lever_that_does_nothing_is_called_nothing():
    found = compare(BASE, BASE.copy())
    assert (found.difference, found.low, found.high, found.p, found.more_seeds) == (0, 0, 0, 1, 0)
    assert np.isnan(found.helps) and not found.settled
    same = compare(np.zeros(9), np.full(9, -2.0))
    assert (same.low, same.high, same.helps, same.bootstrap_low) == (-2, -2, 1, -2)


def test_few_or_censored_pairs():
    one = compare(BASE[:1], BASE[:1] - 1)
    assert one.n == 1 and one.difference == -1 and np.isnan(one.low) and one.more_seeds == -1
    assert compare(np.array([np.nan, 1.0, 2.0]), np.array([1.0, np.nan, 3.0])).n == 1
    assert compare(np.array([]), np.array([])).n == 0


@settings(max_examples=40, deadline=None)
@given(st.floats(-2, 2), st.floats(0.01, 3), st.integers(2, 40), st.floats(0.001, 1))
def test_seeds_asked_for_settle_the_question_and_one_less_would_not(mean, spread, n, smallest):
    more = more_seeds(mean, spread, n, smallest)
    goal = max(smallest, abs(mean))
    if more > 0:
        assert half_width(spread, n + more) < goal
        assert more == 1 or half_width(spread, n + more - 1) >= goal
    elif more == 0:
        assert half_width(spread, n) <= goal


def test_holm_by_hand():
    assert holm({"a": 0.01, "b": 0.04, "c": 0.03}) == pytest.approx({"a": 0.03, "b": 0.06, "c": 0.06})
    found = holm({"a": 0.9, "b": float("nan")})
    assert found["a"] == 0.9 and np.isnan(found["b"])


def test_holm_keeps_false_alarms_rare():
    rng = np.random.default_rng(4)
    alarms = 0
    for _ in range(600):
        p = {str(k): compare(np.zeros(7), d).p for k, d in enumerate(rng.normal(0, 1, (5, 7)))}
        alarms += min(holm(p).values()) < 0.05
    assert alarms / 600 < 0.075


def test_the_best_and_those_that_cannot_be_told_from_it():
    rng = np.random.default_rng(5)
    luck = rng.normal(10, 1, 12)
    values = {"none": luck, "good": luck - 2 + rng.normal(0, 0.1, 12), "twin": luck - 2 + rng.normal(0, 0.1, 12)}
    assert among_best(values) == ["good", "twin"]
    assert among_best(values, better=1) == ["none"]
    assert among_best({"a": np.array([np.nan])}) == []
