"""Weights of stored sets by a team's ranges: closed forms, and what they leave."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.analysis.uncertainty.priors import PriorRange, weight_sets
from simulator.analysis.uncertainty.rank_acceptability import compute_effective_size

TENTHS = {"x": np.arange(10) / 10.0, "y": np.tile([0.0, 1.0], 5)}


def prior(low, high, sure=0.9):
    return PriorRange(low, high, sure, "the team")


def test_the_weighted_share_inside_a_range_is_the_probability_that_was_given():
    weights = weight_sets(TENTHS, {"x": prior(0.0, 0.25, 0.8)})
    assert weights[:3].sum() / weights.sum() == pytest.approx(0.8) and weights.mean() == pytest.approx(1.0)
    assert len(set(weights[:3])) == 1 == len(set(weights[3:]))


def test_effective_size_of_one_range_in_closed_form():
    share, sure = 0.3, 0.8
    weights = weight_sets(TENTHS, {"x": prior(0.0, 0.25, sure)})
    assert compute_effective_size(weights) == pytest.approx(10 / (sure**2 / share + (1 - sure)**2 / (1 - share)))


def test_a_range_that_says_what_was_played_changes_nothing():
    assert weight_sets(TENTHS, {"x": prior(0.0, 0.25, 0.3)}) == pytest.approx(np.ones(10))
    assert weight_sets(TENTHS, {"x": prior(0.0, 1.0)}) == pytest.approx(np.ones(10)), "every set lies inside"


def test_independent_ranges_multiply_and_sure_ones_leave_the_sets_inside_alone():
    weights = weight_sets(TENTHS, {"x": prior(0.0, 0.45, 1.0), "y": prior(0.5, 1.0, 1.0)})
    assert np.flatnonzero(weights).tolist() == [1, 3] and compute_effective_size(weights) == pytest.approx(2)


def test_a_range_beyond_all_sets_leaves_none():
    weights = weight_sets(TENTHS, {"x": prior(2.0, 3.0)})
    assert not weights.any() and compute_effective_size(weights) == 0
