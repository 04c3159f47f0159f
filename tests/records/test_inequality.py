import numpy as np
import pytest

from simulator.records.inequality import concentration_index, gini_index, median_or_nan, medians_by_group, top_share


def test_gini_of_equal_shares_is_zero_and_of_one_owner_almost_one():
    assert gini_index(np.full(50, 3.0)) == pytest.approx(0)
    assert gini_index(np.r_[np.zeros(99), 1]) == pytest.approx(0.99)
    assert gini_index(np.array([1.0, 3.0])) == pytest.approx(0.25)
    assert np.isnan(gini_index(np.zeros(4)))


def test_gini_of_an_exponential_is_one_half():
    x = -np.log1p(-(np.arange(100_000) + 0.5) / 100_000)
    assert gini_index(x) == pytest.approx(0.5, abs=1e-3)


def test_concentration_shows_who_loses():
    income = np.arange(1, 1001)
    assert concentration_index(np.ones(1000), income) == pytest.approx(0)
    assert concentration_index((income <= 200).astype(float), income) == pytest.approx(-0.8)
    assert concentration_index(income.astype(float), income) == pytest.approx(gini_index(income.astype(float)),
                                                                              abs=1e-9)


def test_concentration_shares_ranks_between_equals_in_any_order():
    rng = np.random.default_rng(1)
    income, loss = rng.integers(0, 5, 500), rng.integers(0, 100, 500)
    order = rng.permutation(500)
    assert concentration_index(loss, income) == concentration_index(loss[order], income[order])
    assert concentration_index(loss, np.zeros(500)) == pytest.approx(0)


def test_top_share():
    assert top_share(np.r_[np.ones(9), 91]) == pytest.approx(0.91)


def test_counted_medians_are_those_of_sorted_values():
    rng = np.random.default_rng(4)
    for n in (0, 1, 2, 7, 500):
        values, code = rng.integers(0, 9, n), rng.integers(-1, 4, n)
        sorted_out = [median_or_nan(values[code == group]) for group in range(5)]
        np.testing.assert_array_equal(medians_by_group(values, code, 5), sorted_out)
