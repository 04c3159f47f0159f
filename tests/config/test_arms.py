"""arms= of `compare`: named portfolios and their refusals."""

import pytest

from simulator.config.arms import read_named_arms
from simulator.config.compose import compose_config
from simulator.config.errors import UsageError
from simulator.config.job import resolve_job

BASE = ["territory=village", "lever=[outreach,fans]", "seeds=1"]


def arms(*words):
    return resolve_job("compare", compose_config("compare", [*BASE, *words], [])).arms()


def test_portfolios_by_name_with_doses():
    found = arms("arms={A:{outreach:3,fans:0.5},Visites:[outreach]}")
    assert {name: {lever.id: lever.dose for lever in levers} for name, levers in found.items()} == {
        "baseline": {}, "A": {"fans": 0.5, "outreach": 3.0}, "Visites": {"outreach": 2.0}}


def test_without_names_each_lever_is_an_arm():
    assert list(arms()) == ["baseline", "fans", "outreach"] and read_named_arms({"arms": None}, []) == {}


@pytest.mark.parametrize("words", [
    ["arms=3"], ["arms={}"], ["arms={A:3}"], ["arms={A:[]}"], ["arms={baseline:[fans]}"], ["arms={A:[cash]}"],
    ["arms={A:{fans:-1}}"], ["arms={A:{fans:x}}"], ["arms={A:{fans:true}}"], ["arms={A:{fans:99999}}"],
    ["arms={A:[fans]}", "together=true"], ["arms={A:[fans]}", "euros=1000"]])
def test_invalid_arms_are_refused_in_one_line(words):
    with pytest.raises(UsageError) as refusal:
        arms(*words)
    for lang in ("fr", "en"):
        assert "arms" in refusal.value.line(lang) and "\n" not in refusal.value.line(lang)
