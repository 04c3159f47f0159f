"""What runs through a channel: known answers, closed forms and the bookkeeping of seeds."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.analysis.effects.arms import collect_arms
from simulator.analysis.effects.judgement import judge_arms
from simulator.analysis.effects.path_effects import compare_paths, compute_ratio_interval, measure_path_effects
from simulator.records.files.run_files import combine_records
from tests.analysis.fake_runs import fake_study

RNG = np.random.default_rng(4)
SEEDS = 8
WITHOUT = RNG.normal(10, 2, SEEDS)


def cut_of(share: float, noise: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """Values of both arms with a channel cut through which this share of an effect of −2 runs; the level moves too."""
    without = WITHOUT + 3 + RNG.normal(0, 0.5, SEEDS)
    return without, without - 2 * (1 - share) + RNG.normal(0, noise, SEEDS)


USUAL = (WITHOUT, WITHOUT - 2)


@pytest.mark.parametrize("share", [0.0, 0.01, 0.6, 1.0, -0.25])
def test_the_share_of_hand_made_results_comes_back(share):
    path = compare_paths(USUAL, {("ties",): cut_of(share)})["ties",]
    assert path.share == pytest.approx(share) and path.effect.difference == pytest.approx(-2)
    assert path.remaining.difference == pytest.approx(-2 * (1 - share))
    assert path.through.difference == pytest.approx(-2 * share)
    assert path.share_low == pytest.approx(share, abs=1e-6) and path.share_high == pytest.approx(share, abs=1e-6)


def test_effect_is_what_remains_and_what_runs_through():
    usual = (WITHOUT, WITHOUT - 2 + RNG.normal(0, 0.4, SEEDS))
    path = compare_paths(usual, {("sites",): cut_of(0.5, 0.3)})["sites",]
    assert path.remaining.difference + path.through.difference == pytest.approx(path.effect.difference)
    assert path.share_low < path.share < path.share_high and path.through.low < -1 < path.through.high


def test_a_cut_that_changes_no_run_is_exactly_nothing():
    nothing, little = compare_paths(USUAL, {("groups",): USUAL, ("ties",): cut_of(1e-9)}).values()
    assert nothing.is_nothing and nothing.share == 0 and nothing.remaining == nothing.effect
    assert not little.is_nothing


def test_no_share_where_the_sign_of_the_effect_is_not_known():
    usual = (WITHOUT, WITHOUT + np.resize([1.0, -1.0], SEEDS))
    path = compare_paths(usual, {("ties",): cut_of(0.5)})["ties",]
    assert np.isnan(path.share) and np.isnan(path.share_low) and path.through.n == SEEDS


def test_channels_that_work_through_one_another_are_counted_twice_and_stand_ins_not_at_all():
    chain = compare_paths(USUAL, {("ties",): cut_of(0.6), ("trust",): cut_of(0.6), ("ties", "trust"): cut_of(0.6)})
    assert chain["ties", "trust"].overlap.difference == pytest.approx(-1.2), "0.6 of −2 is counted in both"
    stand_in = compare_paths(USUAL, {("sites",): cut_of(0), ("groups",): cut_of(0), ("sites", "groups"): cut_of(0.6)})
    assert stand_in["sites", "groups"].overlap.difference == pytest.approx(1.2)
    apart = compare_paths(USUAL, {("sites",): cut_of(0.2), ("ties",): cut_of(0.3), ("ties", "sites"): cut_of(0.5)})
    assert apart["ties", "sites"].overlap.difference == pytest.approx(0, abs=1e-9)
    assert apart["ties",].overlap is None
    assert compare_paths(USUAL, {("ties", "sites"): cut_of(0.5)})["ties", "sites"].overlap is None


def test_seeds_without_one_of_the_four_runs_are_left_out():
    without, with_ = cut_of(0.5)
    with_[2], without[5] = np.nan, np.nan
    path = compare_paths(USUAL, {("ties",): (without, with_)})["ties",]
    assert path.effect.n == path.remaining.n == path.through.n == SEEDS - 2
    assert path.share == pytest.approx(0.5)


def test_the_interval_of_a_ratio_holds_where_it_should():
    """Of 400 samples of two correlated normals with ratio 0.5, the 95 % intervals hold it in about 95 %."""
    rng, hit = np.random.default_rng(1), 0
    for _ in range(400):
        bottom = rng.normal(-4, 1, 12)
        low, high = compute_ratio_interval(0.5 * bottom + rng.normal(0, 0.6, 12), bottom)
        hit += low <= 0.5 <= high
    assert 0.92 <= hit / 400 <= 0.98
    assert np.isnan(compute_ratio_interval(np.array([1.0]), np.array([2.0]))).all()
    assert np.isnan(compute_ratio_interval(np.array([1.0, 2.0]), np.array([1.0, -1.0]))).all(), "no bounded interval"


def test_arms_are_matched_by_portfolio_whatever_their_order():
    records = fake_study(4, ("outreach", "coordinator"))
    opened, again = combine_records(records), combine_records(records[::-1])
    found = measure_path_effects(opened, {("ties",): again}, "loss")
    assert [arm.levers for arm, _ in found] == [("coordinator",), ("outreach",)]
    assert all(path.is_nothing and path.effect.n == 4 for _, paths in found for path in paths.values())
    others = combine_records([one for one in records if one.content["levers"] != records[1].content["levers"]])
    by_levers = {arm.levers: paths for arm, paths in measure_path_effects(opened, {("ties",): others}, "loss")}
    assert by_levers["outreach",]["ties",].effect.n == 0 and not by_levers["outreach",]["ties",].is_nothing
    assert by_levers["coordinator",]["ties",].effect.n == 4 and by_levers["coordinator",]["ties",].is_nothing


def test_the_effect_shown_is_that_of_the_verdict():
    opened = combine_records(fake_study(6, ("outreach",)))
    arms = collect_arms(opened)
    (arm, paths), = measure_path_effects(opened, {("ties",): opened}, "loss_per_hit")
    judged = judge_arms(arms[0], arms[1:], opened)[arm.portfolio]
    assert paths["ties",].effect.difference == pytest.approx(-judged.gain) and paths["ties",].effect.n == 6
    assert paths["ties",].effect.low == pytest.approx(-judged.high) and paths["ties",].is_nothing
