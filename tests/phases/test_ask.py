"""Ask: who asks and who is detected."""

from __future__ import annotations

import numpy as np

from simulator.parameters import Model
from simulator.phases import ask
from simulator.rules.need_domains import ASSISTANCE, BY_OFF_MAP, KNOW_HOW
from tests.phases.helping import HEAT, hazard, moment
from tests.phases.small_world import small_world
from tests.reference.compare import differences

N = 400


def needy(settings: Model | None = None):
    world = small_world(3, N, settings)
    with world.writable(["people.need", "people.backlog"]):
        world.people.need[:, ASSISTANCE] = world.people.backlog[:, ASSISTANCE] = 1000
        world.people.need[::2, KNOW_HOW] = world.people.backlog[::2, KNOW_HOW] = 1000
    return world


def step(world, day: int = 0, hit: float = 0.0, **overrides) -> None:
    world.ledger.clear()
    with world.writable(ask.WRITES):
        ask.step(world, moment(world, day, 1, (hazard(HEAT, np.full(N, hit, np.float32), 3),), **overrides))


def test_about_three_quarters_ask_and_decide_once() -> None:
    world = needy()
    step(world)
    asked = world.people.asked.copy()
    assert 0.65 < (asked >> ASSISTANCE & 1).mean() < 0.85
    assert (world.people.episode[:, ASSISTANCE] == 0).all()
    with world.writable(["people.agency"]):
        world.people.agency[:] = 1.0
    step(world, 1)
    assert (world.people.asked == asked).all() and (world.people.episode[:, ASSISTANCE] == 0).all()


def test_nobody_is_detected_without_a_channel() -> None:
    silent = Model()
    silent.asking.ask, silent.asking.ask_agency = 0.4, 0.0
    world = needy(silent)
    step(world, 0, 1.0, **{"territory.phone": 0.0, "resident.neighbour_check": 0.0, "territory.visits": 0.0})
    same = [world.people.building[world.ties.alter[i, :world.ties.degree[i]]] == world.people.building[i]
            for i in range(N)]
    lonely = np.array([not one.any() for one in same]) & (world.people.age >= 15)
    assert lonely.any() and not world.people.detected[lonely].any()


def test_a_crisis_changes_nothing_about_asking_in_everyday_life() -> None:
    hit, spared = needy(), needy()
    step(hit, 0, 1.0, **{"resident.check_rate": 50.0})
    step(spared, 0, 0.0)
    assert not differences(hit, spared)


def test_cut_channels_detect_nobody_and_answer_nothing() -> None:
    world = needy()
    world.ledger.clear()
    with world.writable(ask.WRITES):
        ask.step(world, moment(world, 0, 1, cuts=("ties", "strangers", "far_ties")))
    assert not world.people.detected.any() and not world.ledger.met.any()


def test_ties_off_the_map_meet_requests_for_know_how() -> None:
    world = needy()
    step(world)
    people = world.people
    far = (people.far_kin > 0) | (people.far_other > 0)
    asked = (people.asked >> KNOW_HOW & 1 > 0) & (people.age >= 15)
    assert not people.backlog[asked & far, KNOW_HOW].any()
    met = world.ledger.met[BY_OFF_MAP]
    assert met[KNOW_HOW] > 0 and met.sum() == met[KNOW_HOW]
