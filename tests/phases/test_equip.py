"""Equip and networked sites: what is given, to whom, and only once; closed forms."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.phases import equip, fund, relief
from simulator.phases.equip import skill_after_training
from simulator.phases.step.context import StepContext
from simulator.rules.need_domains import KNOW_HOW, TOOLS
from tests.phases.helping import HEAT, hazard, moment
from tests.phases.plain_handles import PlainHandles
from tests.phases.small_world import small_world


def week(world, phase, day: int = 0, **handles) -> None:
    with world.writable(phase.WRITES):
        phase.step(world, StepContext(day, 7, world.key, PlainHandles(world, **handles)))


def test_a_larger_share_equips_the_same_households_and_more() -> None:
    equipped = []
    for share in (0.0, 0.3, 0.6, 1.0):
        world = small_world(2, 240)
        had = world.households.kit.copy()
        week(world, equip, **{"resident.kit_tools": np.full(240, share), "resident.insulation": np.full(240, share)})
        given = world.households.kit ^ had
        assert (given & had == 0).all() and set(given.tolist()) <= {0, 1 << TOOLS}
        equipped.append(world.households.insulated == 1)
    assert not equipped[0].any() and equipped[-1].all()
    for less, more in zip(equipped, equipped[1:], strict=False):
        assert (more | ~less).all()
    assert [one.sum() for one in equipped] == [0, 30, 60, 100], "exactly as many as are paid for"


def test_money_comes_once_however_many_weeks_pass() -> None:
    world = small_world(2)
    before = world.households.cushion.copy()
    reached = np.where(world.people.household % 2 == 0, 10.0, 0.0)
    for day in (0, 7, 14):
        week(world, equip, day, **{"resident.cushion": reached})
    even = np.arange(len(world.households)) % 2 == 0
    assert world.households.cushion - before == pytest.approx(np.where(even, 10, 0), abs=1e-5)


def test_training_leads_part_of_the_way_to_the_instructor_and_never_back() -> None:
    """After h hours the gap is exp(-rate h) of what it was; who knows more keeps it."""
    world = small_world(2)
    p = world.settings.providing
    before = world.people.skill[:, KNOW_HOW].astype(float)
    for day in range(0, 70, 7):
        week(world, equip, day, **{"resident.training_hours": np.full(60, 2.0)})
    expected = np.where(before < p.instructor, p.instructor - (p.instructor - before) * np.exp(-p.lesson * 20), before)
    assert world.people.skill[:, KNOW_HOW] == pytest.approx(expected, abs=1e-5)
    assert skill_after_training(0.9, 100.0, p.numbers) == 0.9


def test_handles_at_their_base_write_nothing() -> None:
    world = small_world(2)
    before = {name: array.copy() for name, array in world.households.arrays().items()}
    week(world, equip)
    assert all(np.array_equal(before[name], array) for name, array in world.households.arrays().items())


def test_networked_stocks_are_shared_by_members_and_nothing_is_lost() -> None:
    world = small_world(2)
    kits, pool = world.sites.kits.sum(), world.sites.pool.sum()
    week(world, fund, **{"site.stock_pooling": 1.0})
    share = (world.sites.members + 1) / (world.sites.members + 1).sum()
    assert world.sites.kits.sum() == kits and world.sites.pool.sum() == pool
    for shelf, total in ((world.sites.pool, pool), (world.sites.kits, kits)):
        assert shelf == pytest.approx(share * total, abs=1)


def test_sites_far_apart_share_nothing() -> None:
    world = small_world(2)
    world.settings.providing.network = 0.5
    kits = world.sites.kits.copy()
    week(world, fund, **{"site.stock_pooling": 1.0})
    assert np.array_equal(world.sites.kits, kits)


def test_an_emergency_fund_delivers_in_crises_only() -> None:
    world = small_world(3)
    with world.writable(relief.WRITES):
        calm = relief.deliver_pool_inflow(world, moment(world, 14, 7, (), **{"site.goods_inflow": 20.0}))
        exposed = (hazard(HEAT, np.zeros(60, np.float32), 1),)
        delivered = [relief.deliver_pool_inflow(world, moment(world, 14 + k, 1, exposed, **{"site.goods_inflow": 20.5}))
                     for k in range(2)]
    assert calm == 0 and delivered == [41000, 41000]
