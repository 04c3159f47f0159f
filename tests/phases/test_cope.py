"""Own means and the household's, for those a crisis hits."""

from __future__ import annotations

import numpy as np

from simulator.phases import cope
from simulator.rules.domain import CARE, FOOD, HOUSEHOLD, KIT, OWN, SITE
from tests.phases.helping import HEAT, hazard, moment
from tests.phases.small_world import small_world

N = 200


def needy(amount: int = 1000):
    world = small_world(2, N)
    with world.lend(["people.need", "people.backlog"]):
        world.people.need[:] = world.people.backlog[:] = amount
    return world


def step(world, hit: float = 1.0, **turned) -> None:
    world.ledger.clear()
    with world.lend(cope.WRITES):
        cope.step(world, moment(world, 0, 1, (hazard(HEAT, np.full(N, hit, np.float32), 0),), **turned))


def test_nobody_copes_without_a_crisis() -> None:
    world = needy()
    step(world, 0.0)
    assert (world.people.backlog == 1000).all() and not world.people.busy.any()


def test_kit_and_stock_of_the_household_serve_first() -> None:
    world = needy()
    before = world.households.stock.copy()
    step(world, **{"territory.shops": 0.0})
    has = world.households.kit[world.people.household] > 0
    assert not world.people.backlog[has, KIT].any() and (world.people.backlog[~has, KIT] == 1000).all()
    used = before - world.households.stock
    assert (used == np.minimum(before, world.households.size.astype(int) * 1000)).all()
    assert used.sum() == world.ledger.met[OWN, FOOD]


def test_one_who_lives_alone_has_own_time_only() -> None:
    world = needy(5000)
    step(world)
    alone = world.households.size[world.people.household] == 1
    own = np.floor(0.6 * (1 - world.people.frailty.astype(float)) * world.people.functioning * 1000)
    assert (world.people.backlog[alone, CARE] == 5000 - own[alone]).all()
    assert world.ledger.met[HOUSEHOLD, CARE] > 0


def test_time_is_not_spent_twice() -> None:
    world = needy(50_000)
    step(world)
    assert (world.people.busy <= 3000 * world.people.functioning).all()
    assert world.people.busy.sum() == world.ledger.met[[OWN, HOUSEHOLD]][:, 2:].sum() - know_how(world)


def know_how(world) -> int:
    """Need met by one's own know-how takes no time."""
    return int(np.floor(50_000 * world.people.skill[:, 3].astype(float)).sum())


def test_a_kit_on_loan_serves() -> None:
    world = needy()
    with world.lend(["people.loan"]):
        world.people.loan[3] = 1
    step(world, 0.0)
    assert world.people.backlog[3, KIT] == 0 and world.ledger.met[SITE, KIT] == 1000
