"""Every shipped lever passes the checks, and the checks catch each defect."""

from dataclasses import replace

import pytest

from simulator.i18n.translation import localise
from simulator.levers.card import Cost, Evidence, LeverTarget, Modifier, Price, Staffing, Window
from simulator.levers.card_checks import check_lever, check_lever_file
from tests.commands import ENGLISH, UNTRANSLATED
from tests.levers.example import CARDS, shipped
from tests.phases.small_world import small_world

WORLD = small_world(residents=300)
TOWN = small_world(residents=3000)
"""Large enough for a lever that reaches one adult in a thousand."""
NAMES = sorted(path.stem for path in CARDS.glob("*.yaml"))
GOOD = shipped("coordinator")


def test_eight_levers_are_shipped():
    assert {"coordinator", "open_project", "longer_hours", "outreach", "mixed_publics", "library_of_things",
            "stable_funding", "phone_tree_and_register"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_shipped_levers_pass(name):
    assert [str(one) for one in check_lever_file(CARDS / f"{name}.yaml", TOWN)] == []
    text = (CARDS / f"{name}.yaml").read_text(encoding="utf-8")
    assert f"\n# @package lever.{name}\n" in text and shipped(name).id == name and "apur" not in text.lower()


def bad(**entries):
    return replace(GOOD, **entries)


def modifying(*modifiers):
    return bad(modifiers=[Modifier(*each[:3], *(each[3:] or (0.0, 9.0)), source="assumed") for each in modifiers])


@pytest.mark.parametrize(("card", "rule", "message"), [
    (bad(label_fr=""), "worded", "label_fr is empty"),
    (bad(explanation_en=GOOD.explanation_fr), "worded", "explanation_fr is the same as the English"),
    (bad(limits_fr=" "), "worded", "limits_fr is empty"),
    (bad(modifiers=[Modifier("site.staff", "add", 1.0, 0.5, 1.0)]), "sourced", "modifiers.0.source is empty"),
    (bad(modifiers=[Modifier("site.staff", "add", 1.0, source="assumed")]), "sourced", "modifiers.0 has no range"),
    (modifying(("site.staff", "add", 1.0, 2.0, 3.0)), "sourced", "modifiers.0.value = 1: expected 2 to 3"),
    (bad(evidence=Evidence("seen", "vu", "")), "sourced", "evidence.source is empty"),
    (bad(cost=Cost(payer="state", source="s", per_fte_year=Price(9, 10, 12))), "costed", "expected 10 to 12"),
    (bad(cost=Cost(payer="state", source="s"), staffing=Staffing()), "costed", "cost has no price"),
    (bad(cost=Cost(payer="state", source="s", setup=Price(0, 0, 9))), "costed", "staffing.fte = 1 unpaid"),
    (bad(cost=replace(GOOD.cost, payer="")), "costed", "cost.payer is empty"),
    (bad(modifiers=[]), "handles", "modifiers is empty"),
    (modifying(("site.colour", "add", 1.0)), "handles", "modifiers.0.handle = 'site.colour' is not known"),
    (modifying(("people.functioning", "add", 1.0)), "handles", "is not known"),
    (modifying(("site.homophily", "add", 1.0)), "handles",
     "modifiers.0.op = 'add' on site.homophily: expected scale, set"),
    (modifying(("site.disappointed", "add", 1.0)), "handles", "no card may modify it"),
    (modifying(("site.grant_renewal", "set", 1.0), ("site.grant_renewal", "set", 0.9)), "handles",
     "both set site.grant_renewal"),
    (modifying(("site.grant_renewal", "set", 1.5)), "range", "modifiers.0.value = 1.5: expected 0 to 1 probability"),
    (bad(dose=3.0), "range", "dose = 3: expected 0 to 2"),
    (modifying(("resident.check_rate", "add", 0.6)), "range", "takes resident.check_rate to 1.2 at the highest dose"),
    (bad(target=LeverTarget(sites="none")), "reaches", "reaches no site here"),
    (modifying(("territory.new_sites", "add", 0.2)), "reaches", "opens no site here"),
])
def test_each_defect_is_caught(card, rule, message):
    found = check_lever(card, WORLD, "mine.yaml")
    assert any(one.rule == rule and message in str(one) and str(one).startswith("mine.yaml") for one in found), found
    for one in found:
        french = localise(one.text, "fr")
        assert not ENGLISH.search(UNTRANSLATED.sub("", french)), french


def test_a_lever_that_is_not_idle_at_dose_zero_or_does_not_commute(monkeypatch):
    from simulator.levers import card_checks

    def careless(world, levers=(), services=(), day=0, span=7):
        return Careless(levers)

    class Careless:
        def __init__(self, levers):
            self.first = levers[0].lever.id if levers else ""

        def __getattr__(self, owner):
            return lambda name: [len(self.first)]

        def list_modified_handles(self):
            return ("site.staff",) if self.first else ()

    monkeypatch.setattr(card_checks, "ModifierValues", careless)
    assert {"idle", "commutes"} <= {one.rule for one in check_lever(GOOD, WORLD)}


def test_a_card_that_cannot_be_read_is_one_finding(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("id: a\nlabel_fr: [\n", encoding="utf-8")
    found = check_lever_file(path)
    assert [one.rule for one in found] == ["readable"] and str(found[0]).startswith(f"{path}:3")


def test_findings_name_the_line(tmp_path):
    text = (CARDS / "coordinator.yaml").read_text(encoding="utf-8").replace("payer: departement", "payer: ''")
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    line = next(number for number, each in enumerate(text.splitlines(), 1) if "payer" in each)
    assert [str(one).split(": ")[0] for one in check_lever_file(path)] == [f"{path}:{line}"]


def test_a_window_too_short_for_its_ramp_is_still_checked():
    assert check_lever(bad(window=Window(days=30, ramp_days=60)), WORLD) == []
