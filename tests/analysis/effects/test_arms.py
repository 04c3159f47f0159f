"""Names of the arms of a comparison: told apart, and never without what they hold."""

from __future__ import annotations

from dataclasses import replace

from simulator.analysis.effects.arms import arms, lettered, portfolio_key
from simulator.records.folder import opened
from tests.analysis.fake_runs import LEVERS, fake_record

ONE, OTHER = ("coordinator", "open_project", "outreach"), ("mixing", "open_project", "outreach")


def named(chosen, lang="en"):
    return [arm.label[lang] for arm in chosen]


def test_few_levers_are_named_and_one_large_portfolio_is_counted():
    found = arms(opened([fake_record(levers, 1) for levers in ((), ("mixing",), ("mixing", "outreach"), ONE)]))
    both = "Mix publics + Reach out to isolated people"
    assert named(found) == ["No lever", "3 levers together", "Mix publics", both]
    assert found[1].inside["fr"] == " + ".join(LEVERS[name][0] for name in ONE) and not found[2].inside


def test_large_portfolios_are_told_apart_by_letters_in_the_order_given():
    found = arms(opened([fake_record(levers, 1) for levers in ((), ONE, OTHER)]))
    assert named(found, "fr") == ["Sans levier", "Combinaison A (3 leviers)", "Combinaison B (3 leviers)"]
    assert named(lettered(found[:0:-1])) == ["Mix A (3 levers)", "Mix B (3 levers)"] and found[2].label["en"][4] == "A"
    many = lettered([replace(found[1]) for _ in range(28)])
    assert [arm.label["en"].split()[1] for arm in many][-3:] == ["Z", "AA", "AB"]


def test_a_name_that_somebody_gave_is_kept():
    records = [fake_record(levers, 1) for levers in ((), ONE, OTHER)]
    key = portfolio_key(dict.fromkeys(OTHER, 1.0))
    assert key == "mixing*1+open_project*1+outreach*1"
    found = arms(replace(opened(records), names={key: "Town hall's wish"}))
    assert named(found) == ["No lever", "3 levers together", "Town hall's wish"]
    assert found[2].inside["en"] == " + ".join(LEVERS[name][1] for name in OTHER)


def test_a_letter_stands_beside_the_levers_it_was_given_to():
    names = {portfolio_key({"outreach": 1.0}): "B", portfolio_key(dict.fromkeys(ONE, 1.0)): "A"}
    found = arms(replace(opened([fake_record(levers, 1) for levers in ((), ONE, ("outreach",))]), names=names))
    assert named(found) == ["No lever", "A · 3 levers together", "B · Reach out to isolated people"]
    assert found[1].inside and not found[2].inside
