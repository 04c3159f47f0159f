"""Shares of variance: known answers by hand and by simulation, and when they are not told."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.analysis.uncertainty.variance_shares import count_repeated_sets, estimate_variance_shares

SETS = [k for k in range(10) for _ in (1, 2)]
ONE = ["balanced"] * 20


def test_two_seeds_that_agree_leave_nothing_to_luck_and_sets_that_agree_nothing_to_numbers():
    numbers = estimate_variance_shares(np.repeat(np.arange(10.0), 2), SETS, ONE)
    assert numbers.is_told and numbers.shares["luck"] == (0.0, 0.0, 0.0) and numbers.shares["numbers"][0] == 1.0
    luck = estimate_variance_shares(np.tile([-1.0, 1.0], 10), SETS, ONE)
    assert luck.shares["luck"] == (1.0, 1.0, 1.0) and luck.shares["numbers"][0] == 0.0
    assert np.isnan(luck.shares["behaviour"][0]), "one variant tells nothing of variants"


def test_a_table_by_hand():
    """Means 0 and 4 in turn, seeds at 1 from them: within 2, between 2 (4.444) ..., by the analysis of variance."""
    values = np.array([mean + side for mean in [0.0, 4.0] * 5 for side in (-1, 1)])
    found = estimate_variance_shares(values, SETS, ONE)
    between = (2 * 10 * 4 / 9 - 2.0) / 2
    assert found.components.luck == pytest.approx(2.0) and found.components.numbers == pytest.approx(between)
    assert found.shares["numbers"][0] == pytest.approx(between / (between + 2))


def test_known_variances_are_found_and_lie_in_the_intervals():
    rng, sets, variants, values = np.random.default_rng(5), [], [], []
    shift = {"a": -1.5, "b": 0.0, "c": 1.5}  # variance between variants, as the analysis estimates it: 2.25
    for member in range(150):
        variant, own = "abc"[member % 3], rng.normal(0, 1.0)
        for _ in range(2):
            sets.append(member)
            variants.append(variant)
            values.append(shift[variant] + own + rng.normal(0, 2.0))
    found = estimate_variance_shares(np.array(values), sets, variants)
    true = {"luck": 4.0, "numbers": 1.0, "behaviour": 2.25}
    for part, variance in true.items():
        share, low, high = found.shares[part]
        assert low - 0.02 <= variance / 7.25 <= high + 0.02 and share == pytest.approx(variance / 7.25, abs=0.12)
    assert sum(share for share, _, _ in found.shares.values()) == pytest.approx(1.0)


def test_fewer_than_ten_sets_with_two_seeds_cannot_tell():
    assert count_repeated_sets(["a", "b", "a", "c", "c", "c"]) == 2
    found = estimate_variance_shares(np.arange(29.0), [*range(20), *range(9)], ["balanced"] * 29)
    assert not found.is_told and found.repeated == 9 and np.isnan(found.shares["numbers"][0])
    unknown = np.arange(20.0)
    unknown[0] = np.nan
    assert not estimate_variance_shares(unknown, SETS, ONE).is_told, "an unknown value is no second seed"
