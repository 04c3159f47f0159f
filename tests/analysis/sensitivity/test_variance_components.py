"""Variance components: closed forms, components that cannot be separated, and simulated data."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.analysis.sensitivity.variance_components import estimate_variance_components


def test_a_worked_table():
    """Two members of two seeds in each of two variants, by hand: mean squares 2, 4 and 32."""
    values = [1.0, 3.0, 3.0, 5.0, 5.0, 7.0, 7.0, 9.0]
    found = estimate_variance_components(np.array(values), [1, 1, 2, 2, 3, 3, 4, 4], ["a"] * 4 + ["b"] * 4)
    assert found.luck == pytest.approx(2.0)
    assert found.numbers == pytest.approx((4.0 - 2.0) / 2)
    assert found.behaviour == pytest.approx((32.0 - 4.0) / 4)
    assert sum(found.share(part) for part in ("luck", "numbers", "behaviour")) == pytest.approx(1.0)


def test_order_of_observations_and_a_constant_do_not_matter():
    rng = np.random.default_rng(1)
    values, member, variant = rng.normal(size=12), np.repeat(np.arange(6), 2), np.repeat(np.arange(3), 4)
    order = rng.permutation(12)
    first = estimate_variance_components(values, member, variant)
    other = estimate_variance_components(values[order] + 7.0, member[order], variant[order])
    for part in ("luck", "numbers", "behaviour"):
        assert getattr(first, part) == pytest.approx(getattr(other, part), abs=1e-12)


def test_components_that_a_design_cannot_separate_are_nan():
    values = np.array([1.0, 2.0, 4.0, 8.0])
    once = estimate_variance_components(values, [1, 2, 3, 4], ["a", "a", "b", "b"])
    assert np.isnan(once.luck) and once.numbers > 0
    one = estimate_variance_components(values, [1, 1, 2, 2], ["a"] * 4)
    assert np.isnan(one.behaviour) and one.luck > 0
    alone = estimate_variance_components(values[:1], [1], ["a"])
    assert np.isnan(alone.total) or alone.total == 0.0
    single = estimate_variance_components(values, [1, 1, 2, 2], ["a", "a", "b", "b"])
    assert single == one, "variants of one member each: numbers hold both"
    missing = estimate_variance_components(np.array([1.0, 3.0, np.nan, 3.0, 5.0]), [1, 1, 1, 2, 2], ["a"] * 5)
    assert missing == estimate_variance_components(np.array([1.0, 3.0, 3.0, 5.0]), [1, 1, 2, 2], ["a"] * 4)


def test_it_finds_the_components_that_were_drawn():
    """On average over 400 unbalanced draws with variances 4 (parameters) and 1 (seeds), within 10 %."""
    rng = np.random.default_rng(3)
    member = np.repeat(np.arange(12), [1, 2, 3] * 4)
    variant = member % 3
    found = [estimate_variance_components(2.0 * rng.normal(size=12)[member] + rng.normal(size=member.size), member,
                                          variant) for _ in range(400)]
    assert np.mean([one.luck for one in found]) == pytest.approx(1.0, rel=0.1)
    assert np.mean([one.numbers for one in found]) == pytest.approx(4.0, rel=0.1)
