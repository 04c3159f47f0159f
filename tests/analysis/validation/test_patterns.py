"""Published patterns measured on tables small enough to count by hand."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.analysis.validation import patterns
from simulator.analysis.validation.patterns import PATTERNS, mark_adults, measure_patterns

KINDS = ("kin", "friend", "neighbour", "other", "project")


def people(n: int = 4, **columns) -> dict[str, np.ndarray]:
    """n adults who know nobody; columns: what differs from that."""
    names = ("isolated", "far_kin", "far_other", "far_friend", "near_far", "calm_gave", "calm_received", "site_days",
             "diploma", "excess_hazard", "home_hazard", "baseline_hazard", "sex", "frailty", "ties", "lives_alone",
             "trust_general", "trust_institutions",
             *(f"near_{kind}" for kind in KINDS))
    table = {"age": np.full(n, 40), "alive_onset": np.ones(n, int), "site": np.full(n, -1),
             "site_before": np.full(n, -1), **{name: np.zeros(n) for name in names}}
    return {**table, **{name: np.asarray(column) for name, column in columns.items()}}


def ties(low: list[float], high: list[float], seen: list[float], begun: float = 0.0, until: float = 2600.0,
         panel: str = "start") -> dict[str, np.ndarray]:
    n = len(low)
    return {"panel": np.full(n, panel, object), "panel_day": np.full(n, begun), "trust_low": np.array(low),
            "trust_high": np.array(high), "seen": np.array(seen), "until": np.full(n, until)}


def test_only_adults_alive_at_onset_count():
    table = people(age=[14, 15, 80, 90], alive_onset=[1, 1, 1, 0], isolated=[1, 1, 0, 1], calm_gave=[9, 0, 2, 9],
                   trust_general=[1, 0.5, 0.49, 1], trust_institutions=[1, 0.5, 0.5, 0])
    assert mark_adults(table).tolist() == [False, True, True, False]
    tables = {"people": table}
    for measure in (patterns.measure_isolated, patterns.measure_gave, patterns.measure_trust_general):
        assert measure(tables) == 0.5
    assert patterns.measure_trust_institutions(tables) == 1 and patterns.measure_received(tables) == 0
    assert np.isnan(patterns.measure_isolated({"people": people(age=[3, 3, 3, 3])}))


def test_ties_off_the_map_count_by_their_probability_of_being_near():
    chance = 0.25
    tables = {"people": people(near_kin=[1, 0, 0, 0], far_kin=[0, 2, 0, 0], near_far=[chance] * 4,
                               near_project=[0, 0, 1, 0], near_neighbour=[0, 0, 0, 3])}
    assert patterns.measure_near_kin(tables) == pytest.approx((1 + (1 - (1 - chance)**2)) / 4)
    assert patterns.measure_near_friend(tables) == patterns.measure_near_neighbour(tables) == 0.25
    assert patterns.measure_near_any(tables) == pytest.approx((3 + 1 - (1 - chance)**2) / 4)


def test_close_ties_are_followed_for_seven_years():
    late = 7 * 365.0
    found = ties([0.2, 0.4, 0.3, 0.1], [0.3, 0.4, 0.3, 0.1], [late, late - 91, late - 92, 0])
    assert patterns.measure_seven_years({"ties": found}) == pytest.approx(2 / 3), "the weak tie does not count"
    short = ties([0.4], [0.4], [late], until=late - 1)
    assert np.isnan(patterns.measure_seven_years({"ties": short})), "too short a run"
    assert np.isnan(patterns.measure_seven_years({"ties": ties([0.4], [0.4], [late], panel="levers")}))


def test_membership_and_its_gradient():
    tables = {"people": people(6, diploma=[0, 0, 0, 0, 2, 2], site=[5, -1, -1, -1, 5, -1])}
    assert patterns.measure_members(tables) == pytest.approx(1 / 3)
    assert patterns.measure_gradient(tables) == pytest.approx(2.0)
    assert np.isnan(patterns.measure_gradient({"people": people(2, diploma=[0, 2], site=[-1, 3])}))


@pytest.mark.parametrize("days", [73.0, 365.0, 730.0])
def test_dropout_is_per_year_whatever_the_time_observed(days):
    tables = {"people": people(site_before=[1, 1, 1, -1], site=[1, 1, -1, 7], site_days=[days] * 4)}
    assert patterns.measure_dropout(tables) == pytest.approx(1 - (2 / 3)**(365 / days))
    assert np.isnan(patterns.measure_dropout({"people": people()}))


def test_heat_is_compared_at_equal_age_and_frailty():
    rng = np.random.default_rng(4)
    n = 4000
    age, frailty, tied = rng.integers(65, 95, n), rng.random(n), rng.random(n) < 0.5
    sex = rng.integers(0, 2, n)
    hazard = 1e-4 * np.exp(0.08 * (age - 65) + 1.5 * frailty + 0.3 * sex) * np.where(tied, 0.5, 1.0)
    tables = {"people": people(n, age=age, sex=sex, frailty=frailty, ties=tied.astype(int),
                               lives_alone=(~tied).astype(int), isolated=(~tied).astype(int), home_hazard=hazard)}
    assert patterns.measure_heat_isolated_ratio(tables) == pytest.approx(2.0, abs=0.08)
    assert patterns.measure_contact_ratio(tables) == pytest.approx(0.5, abs=0.02)
    assert patterns.measure_alone_ratio(tables) == pytest.approx(2.0, abs=0.08)
    calm = {"people": people(n, age=age)}
    assert np.isnan(patterns.measure_contact_ratio(calm)) and np.isnan(patterns.measure_alone_ratio(calm))


def test_excess_is_that_of_the_days_of_heat_over_usual_deaths():
    r = people(4, age=[50, 50, 80, 80], baseline_hazard=[1e-5, 1e-5, 1e-4, 1e-4], excess_hazard=[0, 4e-6, 8e-5, 6e-5])
    assert patterns.measure_heat_excess({"people": r}) == pytest.approx(1.44e-4 / 2.2e-4)
    assert patterns.measure_heat_age_ratio({"people": r}) == pytest.approx(0.7 / 0.2)
    assert np.isnan(patterns.measure_heat_excess({"people": people()}))
    assert np.isnan(patterns.measure_heat_age_ratio({"people": people()}))


def test_all_are_measured_at_once():
    found = measure_patterns({"people": people(isolated=[1, 0, 0, 0]), "ties": ties([0.4], [0.4], [2600.0])})
    assert list(found) == list(PATTERNS) and found["isolated"] == 0.25 and found["seven_years"] == 1
