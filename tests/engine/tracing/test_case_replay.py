"""Six residents: each is of their kind and hit, has the loss of the stored run, and is the same every time."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.engine.loop import Engine
from simulator.engine.tracing.case_replay import LEAST_LOSS, OLD, replay_cases, select_case_rows
from simulator.engine.tracing.replay import find_resident_row, replay_resident
from simulator.records.resident_cases import CASE_KINDS, read_cases, write_cases
from simulator.rules.functioning import MICRO
from simulator.world.population.people import HIT
from tests.engine.tracing.test_replay import ACTIVE, CALM


@pytest.fixture(scope="module")
def sheet():
    return replay_cases([CALM, ACTIVE])


@pytest.fixture(scope="module")
def end():
    engine = Engine(CALM)
    while not engine.is_done:
        engine.step()
    return engine


def test_each_is_of_their_kind_and_hit_without_levers(sheet):
    assert [case.kind for case in sheet.cases] + list(sheet.missing) and len(sheet.cases) >= 3
    assert {*(case.kind for case in sheet.cases), *sheet.missing} == set(CASE_KINDS)
    assert len({case.person.number for case in sheet.cases}) == len(sheet.cases)
    for case in sheet.cases:
        person = case.person
        assert case.lives[0].hit and len(case.lives) == 2
        if case.kind == "old_alone":
            assert person.age >= OLD and person.persons == 1
        elif case.kind == "lone_parent":
            assert person.household == 3 and person.job == 2 and person.quintile <= 1
        elif case.kind == "well_off":
            assert person.quintile == 4


def test_losses_are_those_of_the_run_without_levers(sheet, end):
    for case in sheet.cases:
        row = find_resident_row(end.world, case.person.number)
        assert end.world.people.crisis_marks[row] & HIT
        assert case.lives[0].loss == pytest.approx(end.world.people.loss_micro[row] / MICRO, abs=1e-6)


def test_a_traced_story_of_the_same_resident_tells_the_same(sheet):
    case = sheet.cases[0]
    story = replay_resident([CALM, ACTIVE], case.person.number)
    assert story.person == case.person
    assert [life.loss for life in case.lives] == pytest.approx([arm.loss for arm in story.arms], abs=1e-6)
    assert [life.days_back for life in case.lives] == [arm.days_back for arm in story.arms]


def test_among_equals_the_most_recognisable_comes_first_and_nobody_stands_twice(end):
    isolated = np.ones(end.world.people.rows, bool)
    chosen, missing = select_case_rows(end.world, isolated)
    assert len(set(chosen.values())) == len(chosen) and set(chosen) | set(missing) == set(CASE_KINDS)
    if "old_alone" in chosen:
        people, homes = end.world.people, end.world.households
        fits = (people.age >= OLD) & (homes.kind[people.household] == 0) & (people.crisis_marks & HIT > 0)
        loses = people.loss_micro >= LEAST_LOSS * MICRO
        fits &= loses if (fits & loses).any() else True
        stairs = (homes.floor[people.household] >= 3) & ~end.world.buildings.lift[people.building].astype(bool)
        assert stairs[chosen["old_alone"]] == (stairs & fits).any()


def test_whoever_loses_something_comes_before_those_who_lose_nothing(end):
    isolated = np.ones(end.world.people.rows, bool)
    everybody, _ = select_case_rows(end.world, isolated)
    loss = end.world.people.loss_micro
    hit = (end.world.people.crisis_marks & HIT) > 0
    working = (end.world.people.age >= 18) & (end.world.people.age <= 64)
    assert (loss[working & hit] >= LEAST_LOSS * MICRO).any() and loss[everybody["isolated"]] >= LEAST_LOSS * MICRO


def test_the_same_cases_come_every_time_and_are_read_as_they_were_written(sheet, tmp_path):
    assert replay_cases([CALM, ACTIVE]) == sheet
    write_cases(sheet, tmp_path)
    assert read_cases(tmp_path) == sheet
    (tmp_path / "cases.json").write_text("{", encoding="utf-8")
    assert read_cases(tmp_path) is None
