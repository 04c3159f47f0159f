"""arms= of `compare`: named portfolios and their refusals."""

import pytest

from simulator.config.arms import read_named_arms
from simulator.config.budget import get_cost_terms
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
    ["arms={A:[fans]}", "together=true"], ["arms={A:[fans]}", "euros=1e11"]])
def test_invalid_arms_are_refused_in_one_line(words):
    with pytest.raises(UsageError) as refusal:
        arms(*words)
    for lang in ("fr", "en"):
        assert "arms" in refusal.value.line(lang) and "\n" not in refusal.value.line(lang)


@pytest.mark.parametrize(("word", "found"), [
    ('arms={"Jardin + coordinatrice":[outreach,fans],Visites:{outreach:2}}',
     {"Jardin + coordinatrice": {"outreach": 2, "fans": 0.2}, "Visites": {"outreach": 2}}),
    ("arms={Été à l'ombre: {outreach: 1.5}, 'B, le reste': [fans]}",
     {"Été à l'ombre": {"outreach": 1.5}, "B, le reste": {"fans": 0.2}})])
def test_arms_are_named_as_people_name_them(word, found):
    named = {name: levers for name, levers in arms(word).items() if levers}
    assert list(named) == list(found)
    for name, doses in found.items():
        assert {lever.id: lever.dose for lever in named[name]} == doses


def test_mixes_cost_the_same_a_year_at_one_budget():
    job = resolve_job("compare", compose_config("compare", [
        "territory=village", "lever=[outreach,fans,cash]", "arms={A:[outreach,fans],B:[outreach,cash]}",
        "euros=20000"], []))
    terms = get_cost_terms(job.baseline)
    costs = [sum(terms.yearly_cost(terms.resolve_lever(lever), lever.dose) for lever in levers)
             for levers in job.named_portfolios.values()]
    assert costs == pytest.approx([20000, 20000], rel=1e-3)
