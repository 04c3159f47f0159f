"""Measures on made records whose right values are counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.analysis.hindcast.measures import MEASURES, PlayedEvent

DAYS = np.array([93, 100, 107, 114])
SERIES = {"day": DAYS, "span": np.full(4, 7), "hit": np.array([0, 8, 8, 8]), "hit_low": np.array([0, 8, 4, 1]),
          "displaced": np.array([0, 4, 2, 1]), "deaths_expected": np.array([0.0, 1.0, 4.0, 5.0]),
          "sites_active": np.array([10, 8, 10, 10]), "sites_closed": np.array([0, 1, 0, 0]),
          "group_volunteers": np.array([0.0, 40.0, 20.0, 10.0])}
PEOPLE = {"age": np.array([10, 30, 50, 80, 96]), "alive_onset": np.ones(5), "sex": np.array([0, 1, 0, 1, 0]),
          "hit": np.array([0, 1, 1, 1, 0]), "beyond_home": np.array([0, 1, 1, 0, 0]),
          "asked": np.array([0, 1, 0, 1, 0]), "helped_by_persons": np.array([0, 1, 0, 0, 0]),
          "helped_by_sites": np.zeros(5), "helped_by_institutions": np.array([0, 0, 1, 0, 0]),
          "excess_hazard": np.array([0.0, 0.0, 0.1, 0.4, 0.5]), "baseline_hazard": np.array([0.1, 0.1, 0.2, 0.4, 0.2]),
          "home_hazard": np.array([0.0, 0.0, 0.0, 0.2, 0.05]), "displaced": np.array([1, 1, 1, 1, 0]),
          "uid": np.array([7, 8, 9, 10, 11]), "neighbourhood": np.array([1, 1, 2, 2, 2]),
          "income": np.array([0.5, 0.5, 1.0, 2.0, 2.0]), "frailty": np.array([0.0, 0.1, 0.2, 0.8, 0.3]),
          "first_lodging": np.array([2, 2, 2, 1, 0]), "lost_for_good": np.array([0.0, 0.1, 0.0, 0.0, 0.0])}
PAIRS = {"giver": np.array([8, 9, 10, 11, -1, 8]), "acts": np.array([1, 2, 0, 1, 1, 1]),
         "period": np.array(["crisis 1", "after 1", "crisis 1", "crisis 1", "crisis 1", "calm"], object),
         "source": np.array(["neighbour", "stranger", "neighbour", "kin", "site", "neighbour"], object),
         "domain": np.array(["food", "food", "assistance", "food", "food", "equipment"], object)}
"""Only resident 8 gave goods or hands to a neighbour while the crisis lasted."""
EVENT = PlayedEvent({"onset": 100, "back_50": 14.0, "back_80": 21.0, "back_95": 28.0}, SERIES, PEOPLE, PAIRS)


@pytest.mark.parametrize(("name", "at", "value"), [
    ("adults_in_need", 0, 75.0), ("needy_who_asked", 0, 50.0), ("askers_helped", 0, 100.0),
    ("needy_without_sites_and_institutions", 0, 50.0), ("back_on_day", 7, 50.0), ("not_back_on_day", 20, 12.5),
    ("still_displaced_on_day", 7, 50.0), ("first_lodged_by_institution", 0, 75.0), ("days_back_80", 0, 21.0),
    ("excess_deaths", 0, 100.0), ("excess_deaths_75", 0, 150.0), ("excess_95_over_45", 0, 5.0),
    ("excess_by_day", 14, 80.0), ("excess_worst_day", 0, 8.0), ("deaths_at_home", 0, 25.0),
    ("deaths_share_from_age", 75, 90.0), ("group_activity_change", 14, -75.0), ("sites_shut_days", 0, 7.0),
    ("sites_closed_in_a_year", 0, 100.0 * 365 / 28 / 10), ("lost_something_for_good", 0.05, 100 / 3),
    ("adults_who_helped_a_neighbour", 0, 25.0)])
def test_measure(name, at, value):
    assert MEASURES[name](EVENT, at) == pytest.approx(value)


def test_nobody_to_measure_is_no_number():
    nobody = PlayedEvent(EVENT.run, {**SERIES, "hit": np.zeros(4)}, {**PEOPLE, "hit": np.zeros(5)}, PAIRS)
    assert np.isnan(MEASURES["back_on_day"](nobody, 7.0))


def test_ratios_of_heat_deaths_are_at_equal_age_and_at_home():
    """Two of 80 to 84, of whom the frail one dies four times as often at home; elsewhere both die alike."""
    people = {"age": np.array([80, 81, 40]), "frailty": np.array([0.9, 0.1, 0.9]),
              "home_hazard": np.array([0.4, 0.1, 9.0]), "excess_hazard": np.array([1.4, 1.1, 9.0])}
    assert MEASURES["frail_over_not"](PlayedEvent({}, {}, people, {}), 0.7) == pytest.approx(4.0)


def test_rich_places_are_compared_with_poor_ones():
    """Five places of two residents of one age; those of the richest place die half as often as those of the poorest."""
    people = {"neighbourhood": np.repeat(np.arange(5), 2), "income": np.repeat([1.0, 2.0, 3.0, 4.0, 5.0], 2),
              "age": np.full(10, 70), "excess_hazard": np.repeat([0.4, 0.9, 0.9, 0.9, 0.2], 2)}
    measured = MEASURES["deaths_richest_over_poorest"](PlayedEvent({}, {}, people, {}), 0.0)
    assert measured == pytest.approx(0.5)
