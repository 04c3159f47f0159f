import pytest

from simulator.config.arms import named_arms
from simulator.config.compose import compose
from simulator.config.errors import UsageError
from simulator.config.resolve import settle

BASE = ["territory=village", "lever=[outreach,fans]", "seeds=1"]


def arms(*words):
    return settle("compare", compose("compare", [*BASE, *words], [])).arms()


def test_portfolios_by_name_with_doses():
    found = arms("arms={A:{outreach:3,fans:0.5},Visites:[outreach]}")
    assert {name: {lever.id: lever.dose for lever in levers} for name, levers in found.items()} == {
        "baseline": {}, "A": {"fans": 0.5, "outreach": 3.0}, "Visites": {"outreach": 2.0}}


def test_without_names_each_lever_is_an_arm():
    assert list(arms()) == ["baseline", "fans", "outreach"] and named_arms({"arms": None}, []) == {}


@pytest.mark.parametrize("words", [
    ["arms=3"], ["arms={}"], ["arms={A:3}"], ["arms={A:[]}"], ["arms={baseline:[fans]}"], ["arms={A:[cash]}"],
    ["arms={A:{fans:-1}}"], ["arms={A:{fans:x}}"], ["arms={A:{fans:true}}"], ["arms={A:{fans:99999}}"],
    ["arms={A:[fans]}", "together=true"], ["arms={A:[fans]}", "euros=1000"]])
def test_what_cannot_be_is_refused_in_one_line(words):
    with pytest.raises(UsageError) as refusal:
        arms(*words)
    for lang in ("fr", "en"):
        assert "arms" in refusal.value.line(lang) and "\n" not in refusal.value.line(lang)
