"""Visit: both sides of ties agree, fewer visits mean less trust, threads do not change results."""

from __future__ import annotations

import numpy as np

from simulator.kernel.slot_arrays import to_dense_array
from simulator.phases import visit
from simulator.phases.step.context import StepContext
from tests.phases.mirrors import assert_mirrors
from tests.phases.plain_handles import PlainHandles
from tests.phases.small_world import small_world
from tests.pieces import on_threads


def weeks(world, count, **overrides):
    handles = PlainHandles(world, **overrides)
    with world.writable(visit.WRITES):
        for week in range(count):
            visit.step(world, StepContext(7 * week, 7, world.key, handles))
    return world


def test_both_sides_agree_and_ties_end():
    world = small_world(2, 200)
    before = int(world.ties.degree.sum())
    weeks(world, 20)
    assert_mirrors(world.ties, world.people)
    ended = int(world.ledger.counts[world.ledger.COUNTS.index("ties_ended")])
    assert ended > 0 and before - int(world.ties.degree.sum()) == 2 * ended
    world.check()


def test_threads_do_not_change_results():
    one = weeks(small_world(2, 200), 5)
    with on_threads(2):
        many = weeks(small_world(2, 200), 5)
    for name, array in one.ties.arrays().items():
        assert array.tobytes() == many.ties.arrays()[name].tobytes(), name


def test_fewer_visits_mean_less_trust():
    usual, locked = weeks(small_world(2, 200), 8), weeks(small_world(2, 200), 8, **{"territory.visits": 0.35})
    assert to_dense_array(locked.ties.trust).sum() < to_dense_array(usual.ties.trust).sum()


def test_it_plays_on_weekly_steps_only():
    world = small_world(2)
    before = to_dense_array(world.ties.trust)
    visit.step(world, StepContext(3, 1, world.key, PlainHandles(world)))
    assert np.array_equal(before, world.ties.trust)
