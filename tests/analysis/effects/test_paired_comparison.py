import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from simulator.analysis.effects.paired_comparison import (
    compare_paired_values,
    compute_t_half_width,
    correct_holm,
    estimate_more_seeds,
    select_best_by_t_test,
)

BASE = np.array([10.0, 12.0, 9.0, 11.0, 10.5])


def test_interval_and_p_are_those_of_the_paired_t_test():
    arm = BASE - np.array([1.0, 0.5, 0.8, 1.2, 0.1])
    found, known = compare_paired_values(BASE, arm), stats.ttest_rel(arm, BASE)
    assert found.p == pytest.approx(known.pvalue)
    assert (found.low, found.high) == pytest.approx(tuple(known.confidence_interval()))
    assert found.prob_benefit == pytest.approx(1 - known.pvalue / 2)
    assert found.prob_benefit_next < found.prob_benefit and found.excludes_zero and found.more_seeds == 0
    assert found.relative == pytest.approx(found.difference / BASE.mean())
    assert found.variance_ratio == pytest.approx((BASE.var(ddof=1) + arm.var(ddof=1)) / (arm - BASE).var(ddof=1))


def test_intervals_have_their_coverage():
    """Of 95 % intervals over 6 seeds, about 95 in 100 contain the true difference."""
    rng = np.random.default_rng(1)
    without = rng.normal(10, 1, (2000, 6))
    change = rng.normal(-0.3, 0.4, (2000, 6))
    effects = [compare_paired_values(a, a + d) for a, d in zip(without, change)]
    assert np.mean([effect.low <= -0.3 <= effect.high for effect in effects]) == pytest.approx(0.95, abs=0.015)


def test_the_probability_for_the_next_seed_is_calibrated():
    rng = np.random.default_rng(2)
    predicted, seen = [], []
    for d in rng.normal(-0.2, 0.4, (3000, 7)):
        predicted.append(compare_paired_values(np.zeros(6), d[:6]).prob_benefit_next)
        seen.append(d[6] < 0)
    assert np.mean(predicted) == pytest.approx(np.mean(seen), abs=0.04)


def test_the_bootstrap_starts_at_eight_pairs_and_is_reproducible():
    d = np.random.default_rng(3).normal(1, 0.5, 12)
    assert np.isnan(compare_paired_values(np.zeros(7), d[:7]).bootstrap_low)
    first, again = compare_paired_values(np.zeros(12), d), compare_paired_values(np.zeros(12), d)
    assert (first.bootstrap_low, first.bootstrap_high) == (again.bootstrap_low, again.bootstrap_high)
    assert first.bootstrap_low == pytest.approx(first.low, abs=0.12)


def test_a_lever_without_effect_has_effect_zero():
    found = compare_paired_values(BASE, BASE.copy())
    assert (found.difference, found.low, found.high, found.p, found.more_seeds) == (0, 0, 0, 1, 0)
    assert np.isnan(found.prob_benefit) and not found.excludes_zero
    same = compare_paired_values(np.zeros(9), np.full(9, -2.0))
    assert (same.low, same.high, same.prob_benefit, same.bootstrap_low) == (-2, -2, 1, -2)


def test_few_or_censored_pairs():
    one = compare_paired_values(BASE[:1], BASE[:1] - 1)
    assert one.n == 1 and one.difference == -1 and np.isnan(one.low) and one.more_seeds == -1
    assert compare_paired_values(np.array([np.nan, 1.0, 2.0]), np.array([1.0, np.nan, 3.0])).n == 1
    assert compare_paired_values(np.array([]), np.array([])).n == 0


@settings(max_examples=40, deadline=None)
@given(st.floats(-2, 2), st.floats(0.01, 3), st.integers(2, 40), st.floats(0.001, 1))
def test_the_seeds_estimated_settle_the_question_and_one_less_would_not(mean, spread, n, smallest):
    more = estimate_more_seeds(mean, spread, n, smallest)
    goal = max(smallest, abs(mean))
    if more > 0:
        assert compute_t_half_width(spread, n + more) < goal
        assert more == 1 or compute_t_half_width(spread, n + more - 1) >= goal
    elif more == 0:
        assert compute_t_half_width(spread, n) <= goal


def test_holm_by_hand():
    assert correct_holm({"a": 0.01, "b": 0.04, "c": 0.03}) == pytest.approx({"a": 0.03, "b": 0.06, "c": 0.06})
    found = correct_holm({"a": 0.9, "b": float("nan")})
    assert found["a"] == 0.9 and np.isnan(found["b"])


def test_holm_controls_false_positives():
    rng = np.random.default_rng(4)
    alarms = 0
    for _ in range(600):
        p = {str(k): compare_paired_values(np.zeros(7), d).p for k, d in enumerate(rng.normal(0, 1, (5, 7)))}
        alarms += min(correct_holm(p).values()) < 0.05
    assert alarms / 600 < 0.075


def test_the_best_arm_and_those_not_distinguishable_from_it():
    rng = np.random.default_rng(5)
    base = rng.normal(10, 1, 12)
    values = {"none": base, "good": base - 2 + rng.normal(0, 0.1, 12), "equal": base - 2 + rng.normal(0, 0.1, 12)}
    assert select_best_by_t_test(values) == ["good", "equal"]
    assert select_best_by_t_test(values, direction=1) == ["none"]
    assert select_best_by_t_test({"a": np.array([np.nan])}) == []
