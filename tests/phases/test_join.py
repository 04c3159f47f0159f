"""Join: capacity, waiting lists, patience."""

from __future__ import annotations

import numpy as np

from simulator.parameters import Model
from simulator.phases import join
from simulator.phases.step.context import StepContext
from simulator.world.sites.membership import compute_member_capacity
from tests.phases.plain_handles import PlainHandles
from tests.phases.small_world import small_world


def play(world, day: int, **overrides) -> None:
    world.ledger.clear()
    with world.writable(join.WRITES):
        join.step(world, StepContext(day, 7, world.key, PlainHandles(world, **overrides)))


def eager(seed: int = 1, residents: int = 300):
    settings = Model()
    settings.joining.rate = 500.0
    return small_world(seed, residents, settings)


def test_members_never_exceed_capacity_and_counts_agree() -> None:
    """V7: at most floor(places / .6) members join; the rest wait."""
    world = eager()
    held = np.bincount(world.people.member[world.people.member >= 0], minlength=2)
    for day in range(0, 140, 7):
        play(world, day, **{"site.places": [12.0, 40.0]})
        before, held = held, np.bincount(world.people.member[world.people.member >= 0], minlength=2)
        np.testing.assert_array_equal(world.sites.members, held)
        assert (held <= np.maximum(before, [20, 66])).all()
    assert (world.people.waiting == 0).any()


def test_nobody_is_member_and_waiting() -> None:
    world = eager()
    for day in range(0, 70, 7):
        play(world, day)
        assert not ((world.people.member >= 0) & (world.people.waiting >= 0)).any()


def test_no_place_is_lost_to_rounding() -> None:
    assert compute_member_capacity(np.array([90.0, 45.0]), Model()).tolist() == [150, 75]


def test_the_unaware_and_children_never_join() -> None:
    world = eager()
    people = world.people
    outside = ((people.aware == 0) | (people.age < 15)) & (people.member < 0) & (people.waiting < 0)
    for day in range(0, 70, 7):
        play(world, day)
    assert outside.any() and (world.people.member[outside] == -1).all()


def test_who_waited_too_long_gives_up_and_trusts_less() -> None:
    world = eager()
    full = {"site.places": [1.0, 1.0]}
    play(world, 0, **full)
    waiting = np.flatnonzero(world.people.waiting >= 0)
    before = world.people.host_trust[waiting].sum(axis=1)
    with world.writable(["people.aware"]):
        world.people.aware[:] = 0
    for day in range(7, 105, 7):
        play(world, day, **full)
    assert (world.people.waiting[waiting] == -1).all()
    assert (world.people.host_trust[waiting].sum(axis=1) < before).all()
