"""Cope: own means and the household's, for residents exposed to a crisis."""

from __future__ import annotations

import numpy as np

from simulator.phases import cope
from simulator.rules.need_domains import ASSISTANCE, BY_HOUSEHOLD, BY_SELF, BY_SITE, EQUIPMENT, FOOD
from tests.phases.helping import HEAT, hazard, moment
from tests.phases.small_world import small_world

N = 200


def needy(amount: int = 1000):
    world = small_world(2, N)
    with world.writable(["people.need", "people.backlog"]):
        world.people.need[:] = world.people.backlog[:] = amount
    return world


def step(world, hit: float = 1.0, **overrides) -> None:
    world.ledger.clear()
    with world.writable(cope.WRITES):
        cope.step(world, moment(world, 0, 1, (hazard(HEAT, np.full(N, hit, np.float32), 0),), **overrides))


def test_nobody_copes_without_a_crisis() -> None:
    world = needy()
    step(world, 0.0)
    assert (world.people.backlog == 1000).all() and not world.people.time_given.any()


def test_kit_and_stock_of_the_household_serve_first() -> None:
    world = needy()
    before = world.households.stock.copy()
    step(world, **{"territory.restocking": 0.0})
    has = world.households.kit[world.people.household] > 0
    assert not world.people.backlog[has, EQUIPMENT].any() and (world.people.backlog[~has, EQUIPMENT] == 1000).all()
    used = before - world.households.stock
    assert (used == np.minimum(before, world.households.size.astype(int) * 1000)).all()
    assert used.sum() == world.ledger.met[BY_SELF, FOOD]


def test_one_who_lives_alone_has_own_time_only() -> None:
    world = needy(5000)
    step(world)
    alone = world.households.size[world.people.household] == 1
    own = np.floor(0.6 * (1 - world.people.frailty.astype(float)) * world.people.functioning * 1000)
    assert (world.people.backlog[alone, ASSISTANCE] == 5000 - own[alone]).all()
    assert world.ledger.met[BY_HOUSEHOLD, ASSISTANCE] > 0


def test_time_is_not_spent_twice() -> None:
    world = needy(50_000)
    step(world)
    assert (world.people.time_given <= 3000 * world.people.functioning).all()
    assert world.people.time_given.sum() == world.ledger.met[[BY_SELF, BY_HOUSEHOLD]][:, 2:].sum() - know_how(world)


def know_how(world) -> int:
    """Need met by one's own know-how takes no time."""
    return int(np.floor(50_000 * world.people.skill[:, 3].astype(float)).sum())


def test_a_kit_on_loan_meets_the_need() -> None:
    world = needy()
    with world.writable(["people.loan"]):
        world.people.loan[3] = 1
    step(world, 0.0)
    assert world.people.backlog[3, EQUIPMENT] == 0 and world.ledger.met[BY_SITE, EQUIPMENT] == 1000
