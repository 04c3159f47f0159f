"""A traced resident: the run keeps its bits, needs and work are accounted for, two stories of one request agree."""

from __future__ import annotations

import json
from functools import lru_cache

import numpy as np
import pytest

from simulator.agents.by_hand import load_reference_stages
from simulator.engine.loop import Engine, set_num_threads
from simulator.engine.tracing.answer_factors import compute_answer_factors
from simulator.engine.tracing.replay import find_resident_row, replay_resident, select_story_resident
from simulator.engine.tracing.trace_log import TraceLog, rank_residents_by_uid
from simulator.engine.tracing.tracer import ResidentTracer
from simulator.phases.aftermath import asking_round
from simulator.records.story import Story
from simulator.rules.functioning import MICRO
from simulator.rules.need_domains import DOMAIN_COUNT
from simulator.scenario.run import Run
from simulator.world.population.people import HIT
from tests.agents.village import village
from tests.properties.trial_run import quick, unlike
from tests.reference.compare import differences

LEVERS = ("coordinator", "open_project", "outreach", "phone_tree_and_register", "volunteer_reserve", "refuge_rooms")
RESIDENTS = (403, 270)
"""Numbers of residents who act for their homes: one is put out of it, one is helped by many."""


def village_with(*levers: str) -> Run:
    """The village, with levers that act at once."""
    run = village(horizon_days=200)
    return Run(run.scenario, run.model, tuple(quick(name, 0, 0) for name in levers), run.seed)


CALM, ACTIVE = village_with(), village_with(*LEVERS)


@lru_cache
def story(resident: int | str) -> Story:
    """The story of a resident in both arms."""
    return replay_resident([CALM, ACTIVE], resident)


def play_traced(run: Run, row: int | None) -> Engine:
    """The run played to its end, with or without a tracer."""
    set_num_threads(1)
    engine = Engine(run)
    if row is not None:
        engine.by_hand = ResidentTracer(TraceLog(engine.world, run.scenario, row)).list_traced_stages()
    while not engine.is_done:
        engine.step()
    engine.finish_record()
    return engine


@pytest.fixture(scope="module")
def ends() -> list[Engine]:
    """Both runs, played without a tracer."""
    return [play_traced(CALM, None), play_traced(ACTIVE, None)]


def test_tracing_changes_no_bit(ends) -> None:
    for row in (5, 250):
        engine = play_traced(ACTIVE, row)
        assert not unlike(engine.record, ends[1].record, ())
        assert not differences(engine.world, ends[1].world)


def test_a_tracer_replaces_stages_that_exist() -> None:
    tracer = ResidentTracer(TraceLog(Engine(CALM).world, CALM.scenario, 0))
    assert set(tracer.list_traced_stages()) <= set(load_reference_stages())


@pytest.mark.parametrize("resident", RESIDENTS)
def test_every_need_and_all_work_is_accounted_for(resident: int) -> None:
    for arm in story(resident).arms:
        assert any(any(day.need) for day in arm.days) and any(any(day.made) for day in arm.days)
        for day in arm.days:
            for d in range(DOMAIN_COUNT):
                met = sum(amounts[d] for amounts in day.met.values())
                assert met + day.passed[d] + day.unmet[d] == day.need[d], day
                served = sum(amounts[d] for amounts in day.served.values())
                assert day.work_before[d] + day.made[d] == served + day.given_up[d] + day.work[d], day
        for one, following in zip(arm.days, arm.days[1:], strict=False):
            assert following.day > one.day + one.span or following.work_before == one.work


def test_what_helpers_gave_is_what_the_days_say() -> None:
    sources = {source for resident in RESIDENTS for arm in story(resident).arms for day in arm.days
               for source in (*day.met, *day.served)}
    assert {"own", "promises"} <= sources
    for resident in RESIDENTS:
        for arm in story(resident).arms:
            given = sum(sum(day.met.get("promises", ())) + sum(day.served.get("promises", ())) for day in arm.days)
            assert sum(helper.amount for helper in arm.helpers) == given


@pytest.mark.parametrize("resident", RESIDENTS)
def test_stories_end_as_the_runs_do(resident: int, ends) -> None:
    of_resident = story(resident)
    for arm, engine in zip(of_resident.arms, ends, strict=True):
        people, row = engine.world.people, find_resident_row(engine.world, resident)
        assert of_resident.person.age == people.age[row] and of_resident.person.number == resident
        assert arm.alive == people.alive[row] and arm.given == people.given_milli[row] / 1000
        assert arm.received == people.received_milli[row] / 1000 and len(arm.levers) == len(engine.run.levers)
        assert arm.loss == people.loss_micro[row] / MICRO
        lost = sum((1.0 - day.functioning) * day.span for day in arm.days)
        assert abs(lost - arm.loss) < 0.15 * max(arm.loss, 1.0)
    json.dumps(of_resident.to_dict())


def test_the_stories_of_asker_and_helper_agree() -> None:
    other, event = next((event.facts["of"], event) for number in RESIDENTS for event in story(number).arms[1].events
                        if event.what == "asked" and event.facts["of"] >= 0 and "speaker" not in event.facts)
    answers = [one.facts for one in story(other).arms[1].events if one.what == "was_asked" and one.day == event.day]
    assert {**event.facts, "of": 0} in [{**facts, "of": 0} for facts in answers if facts.pop("by") >= 0]


def test_traced_answers_are_those_of_the_kernels() -> None:
    """The rules evaluated again agree with what the kernels did, for everybody in the run."""
    seen = {"promised": 0, "refused": 0}
    why: set[str] = set()

    def check_answers(world, context, adults, voices):
        answers = asking_round.ask_for_promises(world, context, adults, voices)
        for m, turn in np.argwhere(answers.target != -1).tolist():
            facts = compute_answer_factors(world, context, adults, voices, answers, (m, turn))
            assert (facts["number"] < facts["chance"]) == (facts["answer"] == "promised") == ("why" not in facts)
            seen[facts["answer"]] += 1
            why.add(facts.get("why", ""))
        return answers

    engine = Engine(ACTIVE)
    engine.by_hand = {"ask_for_promises": check_answers}
    while not engine.is_done:
        engine.step()
    assert all(count > 99 for count in seen.values()) and why == {"", "state", "times", "trust", "luck"}


def test_residents_are_selected_by_the_outcomes_of_all(ends) -> None:
    worlds, isolated = [engine.world for engine in ends], np.zeros(len(ends[0].world.people), np.uint8)
    without, levers = (world.people.loss_micro.astype(np.int64) for world in worlds)
    hit = np.any([(world.people.crisis_marks & HIT) > 0 for world in worlds], axis=0)
    eligible, difference = (worlds[0].people.age >= 15) & hit, levers - without
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
