"""Changing parameters of a run changes those and nothing else."""

from __future__ import annotations

import pytest

from simulator.levers.card import parse_lever
from simulator.records.parameter_sources import SourcedNumber, list_sourced_numbers
from simulator.studies.parameter_changes import change_parameters, scale_crisis_entry
from tests.properties.trial_run import quick, trial
from tests.studies.test_replay_check import plain

RUN = trial(quick("outreach"), quick("fans"))


def list_assumptions() -> list[SourcedNumber]:
    """The run's assumed numbers that have a range."""
    return [number for number in list_sourced_numbers(plain(RUN)) if number.is_testable_assumption]


def test_setting_a_number_to_its_own_value_gives_the_same_run() -> None:
    for number in list_assumptions():
        assert change_parameters(RUN, {number.name: number.value}).id == RUN.id, number.name


def test_every_assumption_can_be_set_to_both_ends_of_its_range() -> None:
    """Each end gives another run, and all cards pass their checks."""
    for number in list_assumptions():
        for value in {number.low, number.high} - {number.value}:
            run = change_parameters(RUN, {number.name: value})
            assert run.id != RUN.id, number.name
            run.model.check()
            for lever in run.levers:
                parse_lever(next(card for card in plain(run)["levers"] if card["id"] == lever.id))
            for crisis in run.scenario.crises:
                crisis.check()


def test_only_the_named_numbers_change() -> None:
    run = change_parameters(RUN, {"model.joining.rate": 0.5, "lever.outreach.modifiers.0.site.visibility": 2.0,
                                  "lever.cash.modifiers.0.x": 1})
    assert run.model.joining.rate == 0.5 and RUN.model.joining.rate != 0.5
    assert {lever.id: lever.modifiers[0].value for lever in run.levers}["outreach"] == 2.0
    assert change_parameters(RUN, {"model.aiding.disappointment_days": 7.0}).model.aiding.disappointment_days == 7
    with pytest.raises(KeyError):
        change_parameters(RUN, {"model.joining.nothing": 1.0})


def test_entries_of_a_crisis_are_scaled() -> None:
    assert scale_crisis_entry("exposure", {"base": 0.8, "low_income_quintile": 1, "mode": "all"}, 1.5) == {
        "base": 1.0, "low_income_quintile": 1, "mode": "all"}
    assert scale_crisis_entry("needs", {"equipment": {"base": 0.8}}, 1.5) == {"equipment": {"base": pytest.approx(1.2)}}
    assert scale_crisis_entry("services", {"visits": {"level": 0.6, "after_days": 2}}, 1.5) == {
        "visits": {"level": pytest.approx(0.4), "after_days": 2}}
    assert scale_crisis_entry("services", {"visits": {"level": 1.0}}, 0.5) == {"visits": {"level": 1.0}}
