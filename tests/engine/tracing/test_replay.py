"""A traced resident: the run keeps its bits, every need is accounted for, two stories of one request agree."""

from __future__ import annotations

import json
from functools import lru_cache

import numpy as np
import pytest

from simulator.engine.loop import Engine
from simulator.engine.tracing.decision_factors import compute_decision_factors, list_detection_channels
from simulator.engine.tracing.replay import find_resident_row, replay_resident, select_story_resident
from simulator.engine.tracing.trace_log import TraceLog, rank_residents_by_uid
from simulator.engine.tracing.tracer import ResidentTracer
from simulator.phases import ask
from simulator.phases.help import answers
from simulator.phases.help.requests import NOT_ASKED, REFUSED
from simulator.records.story import Story
from simulator.rules.need_domains import DOMAIN_COUNT
from tests.properties.trial_run import every_lever, played, trial, unlike
from tests.reference.compare import differences

CALM, ACTIVE = trial(), trial(*every_lever())
RESIDENTS = (77, 210)


@lru_cache
def story(resident: int | str) -> Story:
    """The story of a resident in both arms."""
    return replay_resident([CALM, ACTIVE], resident)


@pytest.fixture(scope="module")
def ends() -> list[Engine]:
    """Both runs, played without a tracer."""
    return [played(CALM), played(ACTIVE)]


def traced(run, row: int) -> Engine:
    engine = Engine(run)
    engine.by_hand = ResidentTracer(TraceLog(engine.world, run.scenario, row)).list_traced_stages()
    while not engine.is_done:
        engine.step()
    engine.finish_record()
    return engine


def test_tracing_changes_no_bit(ends) -> None:
    for row in (5, 250):
        engine = traced(ACTIVE, row)
        assert not unlike(engine.record, ends[1].record, ())
        assert not differences(engine.world, ends[1].world)


@pytest.mark.parametrize("resident", RESIDENTS)
def test_every_need_is_met_by_somebody_or_unmet(resident: int) -> None:
    days = [day for arm in story(resident).arms for day in arm.days]
    assert any(any(day.need) for day in days)
    for day in days:
        met = [sum(amounts[d] for amounts in day.met.values()) for d in range(DOMAIN_COUNT)]
        assert [a + b for a, b in zip(met, day.unmet, strict=True)] == day.need


@pytest.mark.parametrize("resident", RESIDENTS)
def test_stories_end_as_the_runs_do(resident: int, ends) -> None:
    of_resident = story(resident)
    for arm, engine in zip(of_resident.arms, ends, strict=True):
        people, row = engine.world.people, find_resident_row(engine.world, resident)
        assert of_resident.person.age == people.age[row] and of_resident.person.number == resident
        assert arm.alive == people.alive[row] and arm.given == people.given_milli[row] / 1000
        assert arm.received == people.received_milli[row] / 1000 and len(arm.levers) == len(engine.run.levers)
    json.dumps(of_resident.to_dict())


def test_the_stories_of_asker_and_helper_agree() -> None:
    asked = next((event.facts["of"], event) for number in RESIDENTS for event in story(number).arms[1].events
                 if event.what == "asked" and "for_" not in event.facts)
    other, event = asked
    answers = [one.facts for one in story(other).arms[1].events if one.what == "was_asked" and one.day == event.day]
    assert {**event.facts, "of": 0} in [{**facts, "of": 0} for facts in answers if facts.pop("by") >= 0]


def test_traced_answers_and_detections_are_those_of_the_kernels() -> None:
    """The rules evaluated again agree with what the kernels did, for everybody in the run."""
    seen = {"asked": 0, "refused": 0, "found": 0}

    def check_answers(world, context, requests):
        factors = {(r, t): compute_decision_factors(world, context, requests, r, t)
                   for r, t in np.argwhere(requests.target >= 0).tolist()}
        outcomes, hours = answers.answer_requests(world, context, requests)
        for cell, facts in factors.items():
            if outcomes.status[cell] != NOT_ASKED:
                refused = outcomes.status[cell] == REFUSED
                seen["asked"] += 1
                seen["refused"] += refused
                assert (facts["number"] >= facts["chance"]) == refused == ("why" in facts)
        return outcomes, hours

    def check_detection(world, context, rows, exposed):
        out = ask.detect_needs(world, context, rows, exposed)
        for m in np.flatnonzero(out):
            seen["found"] += 1
            assert list(list_detection_channels(world, context, int(rows[m]), bool(exposed[m])))
        return out

    engine = Engine(ACTIVE)
    engine.by_hand = {"answer_requests": check_answers, "detect_needs": check_detection}
    while not engine.is_done:
        engine.step()
    assert all(count > 9 for count in seen.values())


def test_residents_are_selected_by_the_outcomes_of_all(ends) -> None:
    worlds, isolated = [engine.world for engine in ends], np.zeros(len(ends[0].world.people), np.uint8)
    without, levers = (world.people.loss_micro.astype(np.int64) for world in worlds)
    eligible = (worlds[0].people.age >= 15) & ((worlds[0].people.first_need >= 0) | (worlds[1].people.first_need >= 0))
    difference = levers - without
    gained, lost = (select_story_resident(worlds, isolated, choice) for choice in ("most_gained", "most_lost"))
    assert difference[gained] == difference[eligible].min() < 0 and difference[lost] == difference[eligible].max()
    typical = abs(without[eligible] - np.median(without[eligible])).min()
    assert abs(without[select_story_resident(worlds, isolated, "typical")] - np.median(without[eligible])) == typical
    with pytest.raises(ValueError, match="give a number instead"):
        select_story_resident(worlds, isolated, "isolated")
    with pytest.raises(ValueError, match="compares two arms"):
        select_story_resident(worlds[:1], isolated, "most_lost")
    assert story("most_gained").person.number == rank_residents_by_uid(worlds[0])[gained]


def test_a_resident_by_number_or_uid_and_nobody_else(ends) -> None:
    world = ends[0].world
    uid = int(world.people.uid[7])
    assert find_resident_row(world, uid) == 7 == find_resident_row(world, int(rank_residents_by_uid(world)[7]))
    with pytest.raises(ValueError, match="expected 0 to 499, or one of typical"):
        find_resident_row(world, 500)
