import numpy as np
import pytest

from simulator.analysis.effects.cost_effectiveness import compute_fieller_interval, estimate_price_per_day


def test_fieller_of_a_fixed_cost_is_the_inverse_of_the_t_interval():
    from scipy.stats import ttest_1samp

    saved = np.array([90.0, 110.0, 105.0, 95.0, 120.0, 80.0])
    low, high = ttest_1samp(saved, 0).confidence_interval()
    assert compute_fieller_interval(np.full(6, 1000.0), saved) == pytest.approx((1000 / high, 1000 / low))


def test_fieller_covers_the_true_ratio():
    rng = np.random.default_rng(1)
    hits = 0
    for _ in range(1500):
        saved = rng.normal(50, 15, 8)
        cost = 400 + 2 * saved + rng.normal(0, 20, 8)
        low, high = compute_fieller_interval(cost, saved)
        hits += low <= 500 / 50 <= high
    assert hits / 1500 == pytest.approx(0.95, abs=0.02)


def test_without_a_clear_effect_the_price_has_no_upper_end():
    saved = np.array([5.0, -2.0, 4.0, -1.0, 3.0])
    found = estimate_price_per_day(np.full(5, 100.0), saved)
    assert found.status == "unbounded" and found.high == np.inf and 0 < found.low < found.value


def test_a_lever_that_saves_nothing_has_no_price():
    found = estimate_price_per_day(np.full(4, 100.0), np.array([-1.0, -2.0, 0.0, -1.0]))
    assert found.status == "not_better" and np.isnan(found.value)
    assert estimate_price_per_day(np.zeros(0), np.zeros(0)).status == "not_better"


def test_one_seed_has_a_price_without_interval_and_no_cost_is_free():
    assert estimate_price_per_day(np.array([100.0]), np.array([4.0])).status == "single"
    assert estimate_price_per_day(np.array([100.0]), np.array([4.0])).value == 25
    assert estimate_price_per_day(np.zeros(3), np.array([1.0, 2.0, 3.0])).status == "free"


def test_the_range_of_prices_widens_the_interval():
    saved, cost = np.array([90.0, 110.0, 105.0, 95.0]), np.full(4, 1000.0)
    plain, ranged = estimate_price_per_day(cost, saved), estimate_price_per_day(cost, saved, 0.8 * cost, 1.5 * cost)
    assert ranged.low == pytest.approx(0.8 * plain.low) and ranged.high == pytest.approx(1.5 * plain.high)
    assert ranged.value == plain.value
