"""Weeks of visits: mirrors hold, lockdowns thin visits, threads do not matter."""

from __future__ import annotations

import numpy as np

from simulator.kernel.slots import whole
from simulator.phases import visit
from simulator.phases.step.context import Moment
from tests.phases.mirrors import assert_mirrors
from tests.phases.plain_handles import PlainHandles
from tests.phases.small_world import small_world
from tests.pieces import on_threads


def weeks(world, count, **turned):
    handles = PlainHandles(world, **turned)
    with world.lend(visit.WRITES):
        for week in range(count):
            visit.step(world, Moment(7 * week, 7, world.key, handles))
    return world


def test_mirrors_hold_and_ties_end():
    world = small_world(2, 200)
    before = int(world.ties.degree.sum())
    weeks(world, 20)
    assert_mirrors(world.ties, world.people)
    ended = int(world.ledger.counts[world.ledger.COUNTS.index("ended")])
    assert ended > 0 and before - int(world.ties.degree.sum()) == 2 * ended
    world.check()


def test_threads_do_not_matter():
    one = weeks(small_world(2, 200), 5)
    with on_threads(2):
        many = weeks(small_world(2, 200), 5)
    for name, array in one.ties.arrays().items():
        assert array.tobytes() == many.ties.arrays()[name].tobytes(), name


def test_fewer_visits_mean_less_trust():
    usual, locked = weeks(small_world(2, 200), 8), weeks(small_world(2, 200), 8, **{"territory.meet": 0.35})
    assert whole(locked.ties.trust).sum() < whole(usual.ties.trust).sum()


def test_only_weekly_steps_play():
    world = small_world(2)
    before = whole(world.ties.trust)
    visit.step(world, Moment(3, 1, world.key, PlainHandles(world)))
    assert np.array_equal(before, world.ties.trust)
