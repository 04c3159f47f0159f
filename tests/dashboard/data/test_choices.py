import json
from dataclasses import replace

import pytest

from simulator.dashboard.data.choices import (
    MAX_PARAMETER_SETS,
    MAX_SEEDS,
    Choices,
    CrisisChoice,
    PortfolioChoice,
    fill_missing_choices,
    parse_choices,
)

CHOSEN = Choices("pantin", "balanced", "2026-01-05",
                 [CrisisChoice("heatwave", "2027-08-04", 10, 1.5, ["2028-08-01"]),
                  CrisisChoice("power_cut", "2027-08-08", 2, 1.0)],
                 [PortfolioChoice("Présence", {"outreach": 2.0, "coordinator": 1.0}), PortfolioChoice(),
                  PortfolioChoice("", {"fans": 1})], 4)


def test_choices_become_settings_of_compare():
    assert CHOSEN.to_overrides() == [
        "territory=pantin", "calendar.levers=2026-01-05", "crisis=[heatwave,power_cut]",
        "crisis.heatwave.start=2027-08-04", "crisis.heatwave.days=10", "crisis.heatwave.severity=1.5",
        "crisis.heatwave.again=[2028-08-01]", "crisis.power_cut.start=2027-08-08", "crisis.power_cut.days=2",
        "crisis.power_cut.severity=1", "lever=[coordinator,fans,outreach]",
        "arms={A:{coordinator:1,outreach:2},C:{fans:1}}", "seeds=4",
        "behaviour=balanced", "uncertainty=numbers"]


def test_choices_come_back_from_json():
    assert parse_choices(json.loads(json.dumps(CHOSEN.to_dict()))) == CHOSEN


def test_parameter_sets_are_requested_and_older_choices_have_none():
    ensemble = replace(CHOSEN, ensemble=10)
    assert ensemble.to_overrides()[-1] == "ensemble=10"
    assert not any("ensemble" in override for override in CHOSEN.to_overrides())
    assert parse_choices(ensemble.to_dict()) == ensemble
    older = {name: value for name, value in CHOSEN.to_dict().items() if name not in ("ensemble", "uncertainty")}
    luck = replace(CHOSEN, uncertainty="seeds")
    assert parse_choices(older) == luck and fill_missing_choices(older) == luck.to_dict()


def test_variants_in_turn_are_what_compare_does_without_a_word_of_them():
    assert Choices().number_overrides() == ["uncertainty=numbers"]
    assert Choices(behaviour="frozen_ties", uncertainty="seeds").number_overrides() == [
        "behaviour=frozen_ties", "uncertainty=seeds"]


@pytest.mark.parametrize("change", [
    {"territory": "../etc"}, {"territory": "a b"}, {"territory": 3}, {"behaviour": ""}, {"crises": "all"},
    {"crises": [{"card": "x=y"}]}, {"portfolios": [3]}, {"portfolios": [{"doses": {"fans": "1"}}]},
    {"portfolios": [{"doses": {"fans": -1}}]}, {"portfolios": [{"doses": {"fans,seeds:9": 1}}]},
    {"seeds": 0}, {"seeds": MAX_SEEDS + 1}, {"seeds": True}, {"seeds": "4"}, {"seeds": float("nan")},
    {"portfolios": [{"doses": {}}] * 7}, {"ensemble": MAX_PARAMETER_SETS + 1}, {"ensemble": "2"},
    {"uncertainty": "all"}])
def test_invalid_choices_are_refused(change):
    with pytest.raises(ValueError, match="choices: "):
        parse_choices({**CHOSEN.to_dict(), **change})


def test_choices_that_are_no_mapping_are_refused():
    with pytest.raises(ValueError, match="expected a mapping"):
        parse_choices([1, 2])
