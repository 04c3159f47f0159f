"""Who asks and who is found."""

from __future__ import annotations

import numpy as np

from simulator.parameters import Model
from simulator.phases import ask
from simulator.rules.domain import CARE, FAR, KNOW
from tests.phases.helping import HEAT, hazard, moment
from tests.phases.small_world import small_world

N = 400


def needy(settings: Model | None = None):
    world = small_world(3, N, settings)
    with world.lend(["people.need", "people.backlog"]):
        world.people.need[:, CARE] = world.people.backlog[:, CARE] = 1000
        world.people.need[::2, KNOW] = world.people.backlog[::2, KNOW] = 1000
    return world


def step(world, day: int = 0, hit: float = 0.0, **turned) -> None:
    world.ledger.clear()
    with world.lend(ask.WRITES):
        ask.step(world, moment(world, day, 1, (hazard(HEAT, np.full(N, hit, np.float32), 3),), **turned))


def test_about_three_quarters_ask_and_decide_once() -> None:
    world = needy()
    step(world)
    asked = world.people.voiced.copy()
    assert 0.65 < (asked >> CARE & 1).mean() < 0.85
    assert (world.people.episode[:, CARE] == 0).all()
    with world.lend(["people.agency"]):
        world.people.agency[:] = 1.0
    step(world, 1)
    assert (world.people.voiced == asked).all() and (world.people.episode[:, CARE] == 0).all()


def test_nobody_is_found_where_nobody_looks() -> None:
    silent = Model()
    silent.asking.ask, silent.asking.ask_agency = 0.4, 0.0
    world = needy(silent)
    step(world, 0, 1.0, **{"territory.phone": 0.0, "resident.neighbour_check": 0.0, "territory.meet": 0.0})
    same = [world.people.building[world.ties.other[i, :world.ties.degree[i]]] == world.people.building[i]
            for i in range(N)]
    lonely = np.array([not one.any() for one in same]) & (world.people.age >= 15)
    assert lonely.any() and not world.people.found[lonely].any()


def test_outreach_finds_only_those_a_crisis_hits() -> None:
    turned = {"resident.check_rate": 50.0, "resident.neighbour_check": 0.0, "territory.meet": 0.0}
    hit, spared = needy(), needy()
    step(hit, 0, 1.0, **turned)
    step(spared, 0, 0.0, **turned)
    assert ((hit.people.found | hit.people.voiced) >> CARE & 1).all()
    assert spared.people.found.sum() < hit.people.found.sum()


def test_far_ties_answer_the_know_how_of_those_who_ask() -> None:
    world = needy()
    step(world)
    people = world.people
    far = (people.far_kin > 0) | (people.far_other > 0)
    asked = (people.voiced >> KNOW & 1 > 0) & (people.age >= 15)
    assert not people.backlog[asked & far, KNOW].any()
    assert world.ledger.met[FAR, KNOW] > 0 and world.ledger.met[FAR].sum() == world.ledger.met[FAR, KNOW]
