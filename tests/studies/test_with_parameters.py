"""Numbers moved in a run's settings: those and nothing else."""

from __future__ import annotations

import pytest

from simulator.levers.card import from_mapping
from simulator.records.evidence import numbers
from simulator.studies.with_parameters import moved, scaled
from tests.laws.trial import quick, trial
from tests.studies.test_verify import plain

RUN = trial(quick("outreach"), quick("fans"))


def test_a_number_moved_to_where_it_stands_is_the_same_run() -> None:
    for one in (one for one in numbers(plain(RUN)) if one.is_open):
        assert moved(RUN, {one.name: one.value}).id == RUN.id, one.name


def test_every_open_number_can_be_moved_to_both_ends() -> None:
    """Each gives another run, or the same where the other name stands for nothing here; all pass their checks."""
    for one in (one for one in numbers(plain(RUN)) if one.is_open):
        for value in {one.low, one.high} - {one.value}:
            run = moved(RUN, {one.name: value})
            assert run.id != RUN.id, one.name
            run.model.check()
            for lever in run.levers:
                from_mapping(next(card for card in plain(run)["levers"] if card["id"] == lever.id))
            for crisis in run.scenario.crises:
                crisis.check()


def test_what_is_moved() -> None:
    run = moved(RUN, {"model.joining.rate": 0.5, "lever.outreach.turns.0.site.visibility": 2.0,
                      "lever.cash.turns.0.x": 1})
    assert run.model.joining.rate == 0.5 and RUN.model.joining.rate != 0.5
    assert {lever.id: lever.turns[0].value for lever in run.levers}["outreach"] == 2.0
    assert moved(RUN, {"model.aiding.let_down_days": 7.0}).model.aiding.let_down_days == 7
    with pytest.raises(KeyError):
        moved(RUN, {"model.joining.nothing": 1.0})


def test_entries_of_a_crisis_times_a_factor() -> None:
    assert scaled("exposure", {"base": 0.8, "low_income_quintile": 1, "mode": "all"}, 1.5) == {
        "base": 1.0, "low_income_quintile": 1, "mode": "all"}
    assert scaled("needs", {"kit": {"base": 0.8}}, 1.5) == {"kit": {"base": pytest.approx(1.2)}}
    assert scaled("services", {"meet": {"level": 0.6, "after_days": 2}}, 1.5) == {
        "meet": {"level": pytest.approx(0.4), "after_days": 2}}
    assert scaled("services", {"meet": {"level": 1.0}}, 0.5) == {"meet": {"level": 1.0}}
