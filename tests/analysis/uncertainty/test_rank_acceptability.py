"""Rank acceptability: hand-made tables with known answers."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.analysis.uncertainty.rank_acceptability import (
    compute_effective_size,
    estimate_share,
    rank_arms_by_set,
    summarise_ranks,
)

TABLE = {  # change in loss in four sets: less is better, doing nothing is 0
    "a": np.array([-3.0, -1.0, -2.0, 1.0]),   # first, second, first, third of three (doing nothing is first there)
    "b": np.array([-1.0, -2.0, 0.5, 0.2])}    # second, first, third, second


def test_a_table_by_hand():
    found = summarise_ranks(TABLE)
    assert list(found["a"].acceptability) == [0.5, 0.25, 0.25] and list(found["b"].acceptability) == [0.25, 0.5, 0.25]
    assert (found["a"].best.share, found["b"].best.share) == (0.5, 0.25), "in the fourth set doing nothing is best"
    assert (found["a"].helps.share, found["b"].helps.share) == (0.75, 0.5) and found["a"].helps.n == 4
    assert [(one.low, one.high) for one in found.values()] == [(1, 3), (1, 3)]


def test_more_is_better_turns_the_table_round():
    turned = summarise_ranks({name: -values for name, values in TABLE.items()}, direction=1)
    for name, one in summarise_ranks(TABLE).items():
        assert list(turned[name].acceptability) == list(one.acceptability) and turned[name].helps == one.helps


def test_arms_that_tie_share_their_ranks_and_the_shares_add_up():
    shares = rank_arms_by_set({"a": np.array([-1.0, 0.0]), "b": np.array([-1.0, 2.0])})
    assert shares["a"].tolist() == [[0.5, 0.5, 0.0], [0.5, 0.5, 0.0]] and shares["b"].tolist() == [
        [0.5, 0.5, 0.0], [0.0, 0.0, 1.0]]
    drawn = np.random.default_rng(1).normal(size=(4, 50)).round(1)
    found = rank_arms_by_set(dict(zip("abcd", drawn)))
    for shares_of_arm in found.values():
        np.testing.assert_allclose(shares_of_arm.sum(1), 1.0)
    assert np.all(sum(found.values()).sum(1) <= 4 + 1e-9)


def test_a_rank_interval_holds_nine_sets_in_ten():
    change = np.r_[np.full(18, -2.0), 1.0, 1.0]  # first in 18 of 20 sets, last in two
    other = np.full(20, -1.0)
    found = summarise_ranks({"mostly": change, "other": other})
    assert (found["mostly"].low, found["mostly"].high) == (1, 3)
    rare = summarise_ranks({"mostly": np.r_[np.full(39, -2.0), 1.0], "other": np.full(40, -1.0)})
    assert (rare["mostly"].low, rare["mostly"].high) == (1, 1), "one set in forty lies outside of nine in ten"


def test_sets_in_which_an_arm_is_unknown_are_left_out_and_none_left_is_no_answer():
    holes = {"a": np.array([-1.0, np.nan, 1.0]), "b": np.array([-2.0, -1.0, np.nan])}
    found = summarise_ranks(holes)
    assert found["b"].best.share == 1.0 and found["b"].best.n == 1
    assert summarise_ranks({"a": np.array([np.nan])}) == {} == summarise_ranks({})


def test_wilson_s_interval_at_its_published_values():
    one = estimate_share(0.5, 10)
    assert (one.low, one.high) == pytest.approx((0.2366, 0.7634), abs=1e-4)
    all_of_three = estimate_share(1.0, 3)
    assert all_of_three.high == 1.0 and all_of_three.low == pytest.approx(3 / (3 + 1.959964**2), abs=1e-6)
    assert np.isnan(estimate_share(0.5, 0).low)


def test_weights_of_one_set_are_that_set_and_widen_the_interval():
    alone = summarise_ranks(TABLE, weights=np.array([0.0, 0.0, 0.0, 2.0]))
    assert alone["b"].best.share == 0 and alone["b"].acceptability[1] == 1.0 and alone["b"].helps.n == 1
    even, skew = (summarise_ranks(TABLE, weights=np.array(w)) for w in ([5, 5, 5, 5], [9, 1, 1, 1]))
    assert even["a"].helps == summarise_ranks(TABLE)["a"].helps and skew["a"].helps.n == pytest.approx(144 / 84)
    assert skew["a"].helps.share == pytest.approx(11 / 12)


@pytest.mark.parametrize("weights, size", [([1, 1, 1, 1], 4), ([1, 0, 0, 0], 1), ([0, 0], 0), ([2, 1], 9 / 5)])
def test_effective_size(weights, size):
    assert compute_effective_size(np.array(weights, float)) == pytest.approx(size)
