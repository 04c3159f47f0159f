"""Every shipped crisis passes the checks, and the checks catch each defect."""

from dataclasses import replace

import pytest

from simulator.crises.card import Exposure, NeedRates, Services
from simulator.crises.card_checks import check_crisis, check_crisis_file
from simulator.i18n.translation import localise
from tests.commands import ENGLISH, UNTRANSLATED
from tests.crises.example import CARDS, shipped
from tests.phases.small_world import small_world

WORLD = small_world(residents=300)
NAMES = sorted(path.stem for path in CARDS.glob("*.yaml"))
GOOD = shipped("lockdown")


def test_four_crises_are_shipped():
    assert {"heatwave", "lockdown", "power_cut", "price_shock"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_shipped_crises_pass(name):
    assert [str(one) for one in check_crisis_file(CARDS / f"{name}.yaml", WORLD)] == []
    assert f"\n# @package crisis.{name}\n" in (CARDS / f"{name}.yaml").read_text(encoding="utf-8")
    assert shipped(name).id == name


def bad(**entries):
    return replace(GOOD, **entries)


@pytest.mark.parametrize(("card", "rule", "message"), [
    (bad(label_fr=""), "worded", "label_fr is empty"),
    (bad(label_fr=GOOD.label_en), "worded", "label_fr is the same as the English"),
    (bad(sources=[" "]), "sourced", "sources is empty"),
    (bad(sources_fr=[]), "sourced", "sources_fr has 0 lines"),
    (bad(grades={}), "sourced", "grades has none for days"),
    (bad(grades={**GOOD.grades, "colour": "assumption"}), "sourced", "grades.colour is not a number of the card"),
    (bad(exposure=Exposure(base=0.8, heat_island=0.4)), "exposure", "exposure adds up to 1.2: expected at most 1"),
    (bad(exposure=Exposure()), "exposure", "exposure is 0 for everybody"),
    (bad(needs=NeedRates(), services=Services()), "needs", "needs are all 0 and nothing is interrupted"),
    (bad(days=1, exposure=Exposure(base=1, after_cushion=True, income_gap=0.01)), "reaches", "hits nobody here"),
])
def test_each_defect_is_caught(card, rule, message):
    found = check_crisis(card, WORLD, "mine.yaml")
    assert any(one.rule == rule and message in str(one) and str(one).startswith("mine.yaml") for one in found), found
    for one in found:
        french = localise(one.text, "fr")
        assert not ENGLISH.search(UNTRANSLATED.sub("", french)), french


def test_a_crisis_that_acts_at_severity_zero(monkeypatch):
    monkeypatch.setattr("simulator.crises.card_checks.compute_service_factors",
                        lambda active, day: {"territory.visits": 0.5})
    assert [one.rule for one in check_crisis(GOOD)] == ["zero"]


def test_a_card_that_cannot_be_read_is_one_finding(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("id: a\n", encoding="utf-8")
    found = check_crisis_file(path)
    assert [one.rule for one in found] == ["readable"] and f"{path}:1: label_fr is missing" in str(found[0])
