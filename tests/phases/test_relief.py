"""Relief: kits, goods, volunteers' hours."""

from __future__ import annotations

import numpy as np

from simulator.phases import relief
from simulator.rules.need_domains import BY_SITE, EQUIPMENT, FOOD
from tests.phases.helping import moment
from tests.phases.small_world import small_world

N = 300


def needy(kind: int):
    world = small_world(5, N)
    with world.writable(["people.need", "people.backlog"]):
        world.people.need[::2, kind] = world.people.backlog[::2, kind] = 1000
    world.ledger.clear()
    return world


def step(world, day: int = 0, **overrides) -> None:
    world.ledger.clear()
    with world.writable(relief.WRITES):
        relief.step(world, moment(world, day, 1, **{"site.donation": 0.0, **overrides}))


def test_closed_sites_give_nothing() -> None:
    for overrides in ({"territory.site_activity": 0.0}, {"site.relief": 0.0}):
        world = needy(FOOD)
        step(world, **overrides)
        assert world.ledger.met.sum() == 0


def test_kits_go_out_and_come_back() -> None:
    world = needy(EQUIPMENT)
    before = world.sites.kits.copy()
    step(world)
    out = world.people.loan >= 0
    assert 0 < out.sum() <= before.sum() and not world.people.backlog[out, EQUIPMENT].any()
    assert world.ledger.met[BY_SITE, EQUIPMENT] == 1000 * out.sum()
    with world.writable(["people.need", "people.backlog"]):
        world.people.need[:], world.people.backlog[:] = 0, 0
    step(world, 1)
    assert (world.people.loan < 0).all()
    assert (world.sites.kits + world.sites.lost_kits == before).all()


def test_the_pool_is_never_overdrawn() -> None:
    world = needy(FOOD)
    pool = world.sites.pool.copy()
    for day in range(5):
        step(world, day)
    assert (world.sites.pool >= 0).all() and world.sites.pool.sum() < pool.sum()


def test_only_those_referred_or_who_trust_the_host_are_served() -> None:
    world = needy(FOOD)
    with world.writable(["people.member", "people.host_trust"]):
        world.people.member[:], world.people.host_trust[:] = -1, 0.1
    step(world)
    assert world.ledger.met.sum() == 0
    step(world, **{"resident.referred": 1.0})
    assert world.ledger.met[BY_SITE, FOOD] > 0


def test_volunteers_give_half_of_what_they_have_and_grow() -> None:
    world = needy(2)
    agency = world.people.agency.copy()
    step(world)
    gave = world.people.lent > 0
    assert gave.any() and (world.people.member[gave] >= 0).all() and (world.people.lent <= 1500).all()
    assert world.people.lent.sum() == world.ledger.met[BY_SITE].sum() == world.ledger.hours_given.sum()
    assert (world.people.agency[gave] > agency[gave]).all()


def test_donations_leave_a_reserve() -> None:
    world = needy(FOOD)
    before = world.households.stock.astype(np.int64).sum() + world.sites.pool.sum()
    step(world, **{"site.donation": 0.99, "site.relief": 1e-9})
    assert world.sites.donated.sum() > 0
    assert world.households.stock.astype(np.int64).sum() + world.sites.pool.sum() == before
