"""Need: who has needs, what is carried over, what the ledger counts."""

from __future__ import annotations

import numpy as np

from simulator.phases import need
from simulator.rules.need_domains import BY_HOUSEHOLD
from simulator.world.population.people import HIT
from tests.phases.helping import HEAT, LOCKDOWN, OUTAGE, hazard, moment
from tests.phases.small_world import small_world

N = 200


def step(world, day: int, span: int, hazards: tuple = ()) -> None:
    world.ledger.clear()
    with world.writable(need.WRITES):
        need.step(world, moment(world, day, span, hazards))


def test_the_dead_need_nothing_and_their_backlog_fades() -> None:
    world = small_world(1, N)
    with world.writable(["people.alive", "people.backlog", "people.need"]):
        world.people.alive[:5] = 0
        world.people.backlog[:5] = world.people.need[:5] = 700
    step(world, 0, 7, (hazard(OUTAGE, np.ones(N, np.float32), 0),))
    assert not world.people.need[:5].any() and not world.people.backlog[:5].any()
    assert not world.people.crisis_need[:5].any() and world.people.crisis_need[5:].any()
    assert (world.ledger.faded == 5 * 700).all()


def test_everyday_needs_of_children_are_met_at_home() -> None:
    world = small_world(1, N)
    home = 0
    for day in range(0, 70, 7):
        step(world, day, 7)
        assert not world.people.backlog[world.people.age < 15].any()
        home += world.ledger.met[BY_HOUSEHOLD].sum()
    assert home > 0


def test_a_crisis_of_mode_stock_makes_needs_once_for_adults() -> None:
    world, everyone = small_world(1, N), np.ones(N, np.float32)
    adults = world.people.age >= 15
    step(world, 0, 1, (hazard(OUTAGE, everyone, 0),))
    first = world.people.crisis_backlog.copy()
    assert (first[adults] == 1000 * np.array(OUTAGE.base)).all() and not first[~adults].any()
    assert (world.ledger.crisis_new == first.sum(axis=0)).all() and not world.ledger.crisis_carried.any()
    assert ((world.people.crisis_marks & HIT > 0) == adults).all() and (world.people.first_need[adults] == 0).all()
    step(world, 1, 1, (hazard(OUTAGE, everyone, 1),))
    assert (world.people.crisis_backlog == first).all() and (world.people.crisis_need == first).all()
    assert (world.ledger.crisis_carried == first.sum(axis=0)).all() and not world.ledger.crisis_new.any()


def test_a_flow_adds_up_to_its_rate_whatever_the_steps() -> None:
    by_day, by_week, everyone = small_world(1, N), small_world(1, N), np.ones(N, np.float32)
    for day in range(7):
        step(by_day, day, 1, (hazard(HEAT, everyone, day),))
    step(by_week, 0, 7, (hazard(HEAT, everyone, 0),))
    assert (by_day.people.crisis_backlog == by_week.people.crisis_backlog).all()
    adults = by_week.people.age >= 15
    rate = np.array(HEAT.base) + np.array(HEAT.frail) * by_week.people.frailty[adults, None].astype(float)
    assert np.abs(by_week.people.crisis_backlog[adults] - 7000 * rate).max() <= 1


def test_needs_of_everyday_life_do_not_know_of_a_crisis() -> None:
    calm, hit = small_world(1, N), small_world(1, N)
    for world, hazards in ((calm, ()), (hit, (hazard(HEAT, np.ones(N, np.float32), 1),
                                              hazard(LOCKDOWN, np.ones(N, np.float32), 1)))):
        with world.writable(["people.backlog", "people.need"]):
            world.people.backlog[:] = world.people.need[:] = 1000
        step(world, 0, 1, hazards)
    assert (calm.people.need == hit.people.need).all() and (calm.people.backlog == hit.people.backlog).all()
    for flow in ("new", "carried", "faded", "met"):
        assert (getattr(calm.ledger, flow) == getattr(hit.ledger, flow)).all()
    assert (calm.ledger.carried == int(1000 * calm.settings.needing.carry) * N).all()


def test_an_episode_ends_with_what_was_unmet() -> None:
    world = small_world(1, N)
    with world.writable(["people.backlog", "people.need", "people.episode", "people.asked", "people.harmed"]):
        world.people.need[:], world.people.episode[:] = 1000, 0
        world.people.backlog[:, 0] = 900
        world.people.asked[:], world.people.harmed[:] = 15, 255
    step(world, 7, 1)
    assert (world.people.episode[:, 0] == 0).all() and (world.people.episode[:, 1:] == -1).all()
    assert (world.people.asked == 1).all() and (world.people.harmed == 17).all()
