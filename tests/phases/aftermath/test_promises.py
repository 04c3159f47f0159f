"""Promises: what is kept of them, and how long they last."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.phases import mutual_aid
from simulator.phases.aftermath.whom_to_ask import FAR_KIN, FAR_OTHER
from simulator.rules.need_domains import ASSISTANCE, BY_KIN, BY_NEIGHBOUR, BY_OFF_MAP, EQUIPMENT, KNOW_HOW
from simulator.world.population.people import MAX_PROMISES
from simulator.world.world import World
from tests.phases.crisis_world import N, hit_world, model, play_phase

NOBODY_ASKS = {"mutual_aid_never": 1.0, "mutual_aid_never_agency": 0.0, "mutual_aid_found": 0.0}


def promised(helper: int, source: int, hours: int = 700, **numbers: float) -> World:
    """Everybody holds as many promises of one helper as there is room for; nobody asks."""
    settings = model(mutual_aid_spare=1e6, **NOBODY_ASKS, **numbers)
    return hit_world(10**6, settings=settings, people_promise=helper, people_promise_hours=hours,
                     people_promise_domains=15, people_promise_source=source)


def ended(world: World, span: int) -> float:
    """Share of the promises of adults that end in a step."""
    adults = world.people.age >= 15
    play_phase(world, mutual_aid, 10, span, since=10)
    return float((world.people.promise[adults] == -1).mean())


@pytest.mark.parametrize(("helper", "source", "half"), [
    (FAR_KIN, BY_OFF_MAP, 360.0), (FAR_OTHER, BY_OFF_MAP, 360.0)])
def test_half_of_the_promises_from_far_away_have_ended_after_their_half_life(helper: int, source: int,
                                                                             half: float) -> None:
    share = ended(promised(helper, source, mutual_aid_tire_kin=2 * half), int(half))
    assert share == pytest.approx(0.5, abs=4 * np.sqrt(0.25 / (MAX_PROMISES * N * 0.8)))


@pytest.mark.parametrize(("source", "half"), [(BY_NEIGHBOUR, 90), (BY_KIN, 720)])
def test_half_of_the_promises_on_the_map_have_ended_after_their_half_life(source: int, half: int) -> None:
    """Each promise of another helper, as a draw belongs to a pair."""
    world = promised(0, source)
    with world.writable(["people.promise"]):
        world.people.promise[:] = np.arange(MAX_PROMISES)[None, :]
    assert ended(world, half) == pytest.approx(0.5, abs=4 * np.sqrt(0.25 / (MAX_PROMISES * N * 0.8)))


def able_helper(world: World) -> int:
    people = world.people
    return int(np.flatnonzero((people.age >= 15) & (people.frailty < world.settings.coping.able))[0])


def test_each_promise_is_worth_its_hours_by_domain() -> None:
    """Open in all four domains, it gives each a quarter of its hours."""
    world = promised(-1, BY_NEIGHBOUR)
    j, p = able_helper(world), world.settings.mutual_aid
    i = int(np.flatnonzero((world.people.age >= 15) & (world.people.building != world.people.building[j]))[0])
    with world.writable(["people.promise"]):
        world.people.promise[i, 0] = j
    before = world.people.crisis_backlog.astype(int)
    play_phase(world, mutual_aid, **{"territory.visits": 0.5, "institution.register": 0.0})
    given = before - world.people.crisis_backlog
    assert np.abs(given[i] - [25 * p.goods, 25 * p.goods, 12.5, 25]).max() <= 1
    assert not np.delete(given, i, axis=0).any()
    assert world.people.lent[j] == given[i].sum() == world.people.given_milli[j] == world.people.received_milli[i]


def test_a_promise_of_all_gives_its_hours_to_the_one_domain_that_is_open() -> None:
    world = promised(-1, BY_NEIGHBOUR)
    j = able_helper(world)
    i = int(np.flatnonzero((world.people.age >= 15) & (np.arange(N) != j))[0])
    with world.writable(["people.promise", "people.crisis_backlog"]):
        world.people.promise[i, 0] = j
        world.people.crisis_backlog[i] = [0, 0, 0, 10**6]
    play_phase(world, mutual_aid, **{"institution.register": 0.0})
    assert 10**6 - world.people.crisis_backlog[i, KNOW_HOW] == 100


def test_hands_are_worth_all_in_one_building_and_little_from_far_away() -> None:
    world = promised(-1, BY_NEIGHBOUR)
    j, p = able_helper(world), world.settings.mutual_aid
    i = int(np.flatnonzero((world.people.age >= 15) & (world.people.building == world.people.building[j])
                           & (np.arange(N) != j))[0])
    far = int(np.flatnonzero((world.people.age >= 15) & (np.arange(N) != i))[-1])
    with world.writable(["people.promise", "people.promise_source"]):
        world.people.promise[i, 0] = j
        world.people.promise[far, 3], world.people.promise_source[far, 3] = FAR_KIN, BY_OFF_MAP
    before = world.people.crisis_backlog.astype(int)
    play_phase(world, mutual_aid, **{"territory.visits": 0.0, "institution.register": 0.0})
    given = before - world.people.crisis_backlog
    assert given[i, [ASSISTANCE, KNOW_HOW]].tolist() == [25, 25]
    expected = [25 * p.far_goods, 25 * p.far_hands, 25]
    assert np.abs(given[far, [EQUIPMENT, ASSISTANCE, KNOW_HOW]] - expected).max() <= 1
    with world.writable(["households.displaced"]):
        world.households.displaced[world.people.household[i]] = 1
    before = world.people.crisis_backlog.astype(int)
    play_phase(world, mutual_aid, **{"territory.visits": 0.0, "institution.register": 0.0})
    assert before[i, ASSISTANCE] == world.people.crisis_backlog[i, ASSISTANCE], "away from home, hands must travel"


def test_what_is_short_is_shared_in_proportion_to_promises() -> None:
    settings = model(**NOBODY_ASKS)
    world = hit_world(10**6, settings=settings, people_promise=-1, people_promise_hours=7000,
                      people_promise_domains=1 << KNOW_HOW, people_promise_source=BY_NEIGHBOUR)
    j = able_helper(world)
    rows = np.flatnonzero((world.people.age >= 15) & (np.arange(N) != j))[:50]
    with world.writable(["people.promise", "people.promise_hours"]):
        world.people.promise[rows, 0] = j
        world.people.promise_hours[rows[25:], 0] = 14_000
    play_phase(world, mutual_aid)
    received = 10**6 - world.people.crisis_backlog[rows, KNOW_HOW].astype(int)
    spare = int(world.people.lent[j])
    assert np.abs(received[:25] - spare / 75).max() <= 1 and np.abs(received[25:] - 2 * spare / 75).max() <= 1


def test_nobody_gets_more_than_is_open() -> None:
    world = hit_world(30, settings=model(mutual_aid_spare=1e6, **NOBODY_ASKS), people_promise=FAR_KIN,
                      people_promise_hours=60_000, people_promise_domains=15, people_promise_source=BY_OFF_MAP)
    play_phase(world, mutual_aid, span=7)
    assert not world.people.crisis_backlog.any()
    assert (world.ledger.crisis_met[BY_OFF_MAP] == 30 * (world.people.age >= 15).sum()).all()
