"""How often a crisis must come for a lever to pay."""

import numpy as np
import pytest

from simulator.analysis.effects.arms import collect_arms
from simulator.analysis.effects.break_even import (
    compare_calm_years,
    compute_break_even,
    compute_lever_break_even,
    summarise_calm_year,
)
from simulator.records.files.run_files import combine_records
from tests.analysis.fake_runs import fake_study


def test_closed_form():
    """100 000 EUR a year, 40 person-days saved a crisis, 500 EUR a person-day: 200 to save a year, 5 crises a year."""
    got = compute_break_even(100_000, np.array([30.0, 50.0]), 500.0)
    assert got.frequency == pytest.approx(5.0) and got.years_between == pytest.approx(0.2)
    assert compute_break_even(100_000, np.array([30.0, 50.0]), 500.0, calm_benefit=100).frequency == pytest.approx(2.5)
    assert compute_break_even(200_000, np.array([30.0, 50.0]), 500.0).frequency == pytest.approx(2 * got.frequency)


def test_at_the_break_even_frequency_benefit_equals_cost():
    saved = np.random.default_rng(1).normal(10, 3, 20)
    got = compute_break_even(7000.0, saved, 300.0, calm_benefit=4.0)
    assert 300.0 * (got.frequency * saved.mean() + 4.0) == pytest.approx(7000.0)
    assert got.low < got.frequency < got.high and got.status == "frequency"


def test_statuses():
    assert compute_break_even(100.0, np.array([1.0, 2.0]), 10.0, calm_benefit=10.0).status == "always"
    assert compute_break_even(0.0, np.array([1.0, 2.0]), 10.0).years_between == np.inf
    assert compute_break_even(100.0, np.array([-1.0, -2.0]), 10.0).status == "never"
    assert compute_break_even(100.0, np.array([np.nan]), 10.0).status == "never"
    assert compute_break_even(100.0, np.array([2.0]), 10.0).status == "single"
    assert compute_break_even(100.0, np.array([-1.0, 5.0]), 10.0).high == np.inf
    with pytest.raises(ValueError, match="expected euros above 0"):
        compute_break_even(100.0, np.array([2.0]), 0.0)


def test_a_calm_year_counts_weeks_before_the_crisis_alone():
    weeks = 104
    series = {"day": np.arange(weeks) * 7, "span": np.full(weeks, 7), "ties": np.full(weeks, 5.0),
              "members": np.repeat([10, 30], 52), "met_own_food": np.full(weeks, 9000),
              "met_household_assistance": np.full(weeks, 9000),
              "met_site_assistance": np.full(weeks, 2000), "met_friend_know_how": np.full(weeks, 1000),
              "unmet_food": np.full(weeks, 500), "pairs_met": np.full(weeks, 77)}
    got = summarise_calm_year(series, onset=52 * 7)
    assert got == pytest.approx({"met_by_others": 3 * 52, "unmet": 26, "members": 10, "ties": 5})
    assert summarise_calm_year(series, onset=-1)["members"] == pytest.approx(20)
    assert summarise_calm_year(series, onset=-1, since=52 * 7)["members"] == pytest.approx(30)
    assert np.isnan(summarise_calm_year(series, onset=0)["ties"])


def test_a_comparison_pairs_its_seeds_and_spreads_costs_over_years():
    found = {arm.levers: arm for arm in collect_arms(combine_records(fake_study(6, ("outreach",))))}
    none, outreach = found[()], found[("outreach",)]
    seeds = [1, 2, 3, 4, 5, 6]
    saved = none.column("loss", seeds) - outreach.column("loss", seeds)
    last = none.runs[1].series["day"][-1] + none.runs[1].series["span"][-1]
    years = (last - 364) / 365
    got = compute_lever_break_even(none, outreach, 200.0, 364)
    assert got.frequency == pytest.approx(330_000 / years / 200 / saved.mean())
    nothing = dict.fromkeys(summarise_calm_year(none.runs[1].series, -1), 0.0)
    assert compare_calm_years(none, outreach, 364) == pytest.approx(nothing)


def test_only_seeds_that_both_arms_played_count():
    found = {arm.levers: arm for arm in collect_arms(combine_records(fake_study(6, ("outreach",))))}
    none, outreach = found[()], found[("outreach",)]
    whole = compute_lever_break_even(none, outreach, 500.0, 364)
    del none.runs[1], outreach.runs[6]
    part = compute_lever_break_even(none, outreach, 500.0, 364)
    del none.runs[6], outreach.runs[1]
    assert part == compute_lever_break_even(none, outreach, 500.0, 364) != whole
    none.runs.clear()
    assert compute_lever_break_even(none, outreach, 500.0, 364).status == "unknown"
    assert set(compare_calm_years(none, outreach, 364)) == {"met_by_others", "unmet", "members", "ties"}
