import json
from dataclasses import replace

import pytest

from simulator.dashboard.steps.choices import (
    MOST_SEEDS,
    MOST_SETS,
    Choices,
    CrisisChoice,
    Portfolio,
    choices_from,
    completed,
)

ASKED = Choices("pantin", "balanced", "2026-01-05",
                [CrisisChoice("heatwave", "2027-08-04", 10, 1.5, ["2028-08-01"]),
                 CrisisChoice("power_cut", "2027-08-08", 2, 1.0)],
                [Portfolio("Présence", {"outreach": 2.0, "coordinator": 1.0}), Portfolio(),
                 Portfolio("", {"fans": 1})], 4)


def test_choices_become_settings_of_compare():
    assert ASKED.words() == [
        "territory=pantin", "behaviour=balanced", "calendar.levers=2026-01-05", "crisis=[heatwave,power_cut]",
        "crisis.heatwave.start=2027-08-04", "crisis.heatwave.days=10", "crisis.heatwave.severity=1.5",
        "crisis.heatwave.again=[2028-08-01]", "crisis.power_cut.start=2027-08-08", "crisis.power_cut.days=2",
        "crisis.power_cut.severity=1", "lever=[coordinator,fans,outreach]",
        "arms={A:{coordinator:1,outreach:2},C:{fans:1}}", "seeds=4"]


def test_choices_come_back_from_json():
    assert choices_from(json.loads(json.dumps(ASKED.plain()))) == ASKED


def test_sets_of_numbers_are_asked_for_and_older_choices_had_none():
    asked = replace(ASKED, ensemble=10)
    assert asked.words()[-1] == "ensemble=10" and not any("ensemble" in word for word in ASKED.words())
    assert choices_from(asked.plain()) == asked
    older = {name: value for name, value in ASKED.plain().items() if name != "ensemble"}
    assert choices_from(older) == ASKED and completed(older) == ASKED.plain()


@pytest.mark.parametrize("change", [
    {"territory": "../etc"}, {"territory": "a b"}, {"territory": 3}, {"behaviour": ""}, {"crises": "all"},
    {"crises": [{"card": "x=y"}]}, {"portfolios": [3]}, {"portfolios": [{"doses": {"fans": "1"}}]},
    {"portfolios": [{"doses": {"fans": -1}}]}, {"portfolios": [{"doses": {"fans,seeds:9": 1}}]},
    {"seeds": 0}, {"seeds": MOST_SEEDS + 1}, {"seeds": True}, {"seeds": "4"}, {"seeds": float("nan")},
    {"portfolios": [{"doses": {}}] * 7}, {"ensemble": MOST_SETS + 1}, {"ensemble": "2"}])
def test_choices_of_anybody_are_refused_when_they_are_not_plain(change):
    with pytest.raises(ValueError, match="choices: "):
        choices_from({**ASKED.plain(), **change})


def test_what_is_no_mapping_is_refused():
    with pytest.raises(ValueError, match="expected a mapping"):
        choices_from([1, 2])
