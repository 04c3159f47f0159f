"""Labels of the arms of a comparison: distinct, and never without the levers they stand for."""

from __future__ import annotations

from dataclasses import replace

from simulator.analysis.effects.arms import assign_letters, collect_arms, format_portfolio_key
from simulator.records.files.run_files import combine_records
from tests.analysis.fake_runs import LEVERS, fake_record

ONE, OTHER = ("coordinator", "open_project", "outreach"), ("mixing", "open_project", "outreach")


def labels(arms, lang="en"):
    return [arm.label[lang] for arm in arms]


def test_few_levers_are_named_and_one_large_portfolio_is_counted():
    arms = ((), ("mixing",), ("mixing", "outreach"), ONE)
    found = collect_arms(combine_records([fake_record(levers, 1) for levers in arms]))
    both = "Mix publics + Reach out to isolated people"
    assert labels(found) == ["No lever", "3 levers together", "Mix publics", both]
    assert found[1].lever_list["fr"] == " + ".join(LEVERS[name][0] for name in ONE) and not found[2].lever_list


def test_large_portfolios_are_told_apart_by_letters_in_the_order_given():
    found = collect_arms(combine_records([fake_record(levers, 1) for levers in ((), ONE, OTHER)]))
    assert labels(found, "fr") == ["Sans levier", "Combinaison A (3 leviers)", "Combinaison B (3 leviers)"]
    assert labels(assign_letters(found[:0:-1])) == ["Mix A (3 levers)", "Mix B (3 levers)"]
    assert found[2].label["en"][4] == "A"
    many = assign_letters([replace(found[1]) for _ in range(28)])
    assert [arm.label["en"].split()[1] for arm in many][-3:] == ["Z", "AA", "AB"]


def test_a_name_given_by_the_user_is_kept():
    records = [fake_record(levers, 1) for levers in ((), ONE, OTHER)]
    key = format_portfolio_key(dict.fromkeys(OTHER, 1.0))
    assert key == "mixing*1+open_project*1+outreach*1"
    found = collect_arms(replace(combine_records(records), portfolio_names={key: "Town hall's wish"}))
    assert labels(found) == ["No lever", "3 levers together", "Town hall's wish"]
    assert found[2].lever_list["en"] == " + ".join(LEVERS[name][1] for name in OTHER)


def test_a_one_letter_name_is_shown_with_its_levers():
    names = {format_portfolio_key({"outreach": 1.0}): "B", format_portfolio_key(dict.fromkeys(ONE, 1.0)): "A"}
    records = [fake_record(levers, 1) for levers in ((), ONE, ("outreach",))]
    found = collect_arms(replace(combine_records(records), portfolio_names=names))
    assert labels(found) == ["No lever", "A · 3 levers together", "B · Reach out to isolated people"]
    assert found[1].lever_list and not found[2].lever_list
