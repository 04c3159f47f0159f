"""A resident watched: the run keeps its bits, every need is accounted for, and two stories of one request agree."""

from __future__ import annotations

import json
from functools import lru_cache

import numpy as np
import pytest

from simulator.engine.loop import Engine
from simulator.engine.tracing.explain_decision import answer, channels
from simulator.engine.tracing.replay import choose, relive, row_of
from simulator.engine.tracing.trace_log import Notes, numbers
from simulator.engine.tracing.tracer import Witness
from simulator.phases import ask
from simulator.phases.help import give
from simulator.phases.help.request import NOT_ASKED, REFUSED
from simulator.records.story import Story
from simulator.rules.domain import DOMAIN_COUNT
from tests.laws.trial import every_lever, played, trial, unlike
from tests.twin.compare import differences

CALM, ACTIVE = trial(), trial(*every_lever())
RESIDENTS = (77, 210)


@lru_cache
def story(resident: int | str) -> Story:
    """The two lives of a resident."""
    return relive([CALM, ACTIVE], resident)


@pytest.fixture(scope="module")
def ends() -> list[Engine]:
    """Both runs, played unwatched."""
    return [played(CALM), played(ACTIVE)]


def watched(run, row: int) -> Engine:
    engine = Engine(run)
    engine.by_hand = Witness(Notes(engine.world, run.scenario, row)).stages()
    while not engine.done:
        engine.step()
    engine.finish()
    return engine


def test_watching_changes_no_bit(ends) -> None:
    for row in (5, 250):
        engine = watched(ACTIVE, row)
        assert not unlike(engine.record, ends[1].record, ())
        assert not differences(engine.world, ends[1].world)


@pytest.mark.parametrize("resident", RESIDENTS)
def test_every_need_is_met_by_somebody_or_unmet(resident: int) -> None:
    days = [day for life in story(resident).lives for day in life.days]
    assert any(any(day.need) for day in days)
    for day in days:
        met = [sum(amounts[d] for amounts in day.met.values()) for d in range(DOMAIN_COUNT)]
        assert [a + b for a, b in zip(met, day.unmet, strict=True)] == day.need


@pytest.mark.parametrize("resident", RESIDENTS)
def test_lives_end_as_the_runs_do(resident: int, ends) -> None:
    told = story(resident)
    for life, engine in zip(told.lives, ends, strict=True):
        people, row = engine.world.people, row_of(engine.world, resident)
        assert told.person.age == people.age[row] and told.person.number == resident
        assert life.alive == people.alive[row] and life.given == people.given[row] / 1000
        assert life.received == people.received[row] / 1000 and len(life.levers) == len(engine.run.levers)
    json.dumps(told.plain())


def test_who_asks_and_who_is_asked_tell_the_same() -> None:
    asked = next((event.facts["of"], event) for number in RESIDENTS for event in story(number).lives[1].events
                 if event.what == "asked" and "for_" not in event.facts)
    other, event = asked
    answers = [one.facts for one in story(other).lives[1].events if one.what == "was_asked" and one.day == event.day]
    assert {**event.facts, "of": 0} in [{**facts, "of": 0} for facts in answers if facts.pop("by") >= 0]


def test_answers_and_finders_told_are_those_that_decide() -> None:
    """The reasons asked of the rules again agree with what the kernels did, for everybody in the run."""
    seen = {"asked": 0, "refused": 0, "found": 0}

    def witness_give(world, now, requests):
        told = {(r, t): answer(world, now, requests, r, t) for r, t in np.argwhere(requests.target >= 0).tolist()}
        outcomes, hours = give.give(world, now, requests)
        for at, facts in told.items():
            if outcomes.status[at] != NOT_ASKED:
                seen["asked"] += 1
                seen["refused"] += outcomes.status[at] == REFUSED
                assert (facts["luck"] >= facts["chance"]) == (outcomes.status[at] == REFUSED) == ("why" in facts)
        return outcomes, hours

    def witness_find(world, now, rows, struck):
        out = ask.find(world, now, rows, struck)
        for m in np.flatnonzero(out):
            seen["found"] += 1
            assert list(channels(world, now, int(rows[m]), bool(struck[m])))
        return out

    engine = Engine(ACTIVE)
    engine.by_hand = {"aid.give": witness_give, "ask.find": witness_find}
    while not engine.done:
        engine.step()
    assert all(count > 9 for count in seen.values())


def test_choices_by_what_became_of_everybody(ends) -> None:
    worlds, apart = [engine.world for engine in ends], np.zeros(len(ends[0].world.people), np.uint8)
    without, levers = (world.people.loss.astype(np.int64) for world in worlds)
    among = (worlds[0].people.age >= 15) & ((worlds[0].people.first_need >= 0) | (worlds[1].people.first_need >= 0))
    gained = choose(worlds, apart, "most_gained")
    assert (levers - without)[gained] == (levers - without)[among].min() < 0
    assert (levers - without)[choose(worlds, apart, "most_lost")] == (levers - without)[among].max()
    typical = abs(without[among] - np.median(without[among])).min()
    assert abs(without[choose(worlds, apart, "typical")] - np.median(without[among])) == typical
    with pytest.raises(ValueError, match="give a number instead"):
        choose(worlds, apart, "isolated")
    with pytest.raises(ValueError, match="compares two arms"):
        choose(worlds[:1], apart, "most_lost")
    assert story("most_gained").person.number == numbers(worlds[0])[gained]


def test_a_resident_by_number_or_uid_and_nobody_else(ends) -> None:
    world = ends[0].world
    uid = int(world.people.uid[7])
    assert row_of(world, uid) == 7 == row_of(world, int(numbers(world)[7]))
    with pytest.raises(ValueError, match="expected 0 to 499, or one of typical"):
        row_of(world, 500)
