"""Need: who has needs, what is carried over, what the ledger counts."""

from __future__ import annotations

import numpy as np

from simulator.phases import need
from simulator.rules.need_domains import ASSISTANCE, BY_HOUSEHOLD
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
    step(world, 0, 7, (hazard(HEAT, np.ones(N, np.float32), 0),))
    assert not world.people.need[:5].any() and not world.people.backlog[:5].any()
    assert (world.ledger.faded == 5 * 700).all()


def test_everyday_needs_of_children_are_met_at_home() -> None:
    world = small_world(1, N)
    home = 0
    for day in range(0, 70, 7):
        step(world, day, 7)
        assert not world.people.backlog[world.people.age < 15].any()
        home += world.ledger.met[BY_HOUSEHOLD].sum()
    assert home > 0


def test_a_crisis_of_mode_stock_makes_needs_once() -> None:
    world, everyone = small_world(1, N), np.ones(N, np.float32)
    step(world, 0, 1, (hazard(OUTAGE, everyone, 0),))
    assert (world.people.backlog[:, ASSISTANCE] >= 6000).all()
    step(world, 1, 1, (hazard(OUTAGE, everyone, 1),))
    assert (world.ledger.carried >= N * np.array(OUTAGE.base) * 1000).all(), "all of it lasts"
    assert world.ledger.new.sum() < N * 1000


def test_the_most_lasting_crisis_decides_what_lasts() -> None:
    world, everyone = small_world(1, N), np.ones(N, np.float32)
    with world.writable(["people.backlog", "people.need"]):
        world.people.backlog[:] = world.people.need[:] = 1000
    step(world, 0, 1, (hazard(HEAT, everyone, 1), hazard(LOCKDOWN, everyone, 1)))
    assert world.ledger.carried.tolist() == [800 * N, 800 * N, 500 * N, 800 * N]


def test_an_episode_ends_with_what_was_unmet() -> None:
    world = small_world(1, N)
    with world.writable(["people.backlog", "people.need", "people.episode", "people.asked", "people.harmed"]):
        world.people.need[:], world.people.episode[:] = 1000, 0
        world.people.backlog[:, 0] = 900
        world.people.asked[:], world.people.harmed[:] = 15, 255
    step(world, 7, 1)
    assert (world.people.episode[:, 0] == 0).all() and (world.people.episode[:, 1:] == -1).all()
    assert (world.people.asked == 1).all() and (world.people.harmed == 17).all()
