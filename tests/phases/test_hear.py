"""Hear: channels of awareness, forgetting, closed sites."""

from __future__ import annotations

import numpy as np

from simulator.parameters import Model
from simulator.phases import hear
from simulator.phases.step.context import StepContext
from simulator.world.population.people import CANDIDATES
from tests.phases.plain_handles import PlainHandles
from tests.phases.small_world import small_world


def play(world, day: int = 0, **overrides) -> None:
    with world.writable(hear.WRITES):
        hear.step(world, StepContext(day, 7, world.key, PlainHandles(world, **overrides)))


def silent(forget: float = 0.0) -> Model:
    settings = Model()
    settings.hearing.visibility = settings.hearing.building = settings.hearing.word_of_mouth = 0.0
    settings.hearing.forget = forget
    return settings


def test_nothing_is_heard_without_a_channel() -> None:
    world = small_world(1, 200, silent())
    before = world.people.aware.copy()
    for day in range(0, 140, 7):
        play(world, day)
    np.testing.assert_array_equal(world.people.aware, before)


def test_members_and_those_who_wait_never_forget() -> None:
    world = small_world(1, 200, silent(forget=500.0))
    play(world)
    involved = (world.people.member >= 0) | (world.people.waiting >= 0)
    assert (world.people.aware[involved] > 0).all()
    assert (world.people.aware[~involved] == 0).all()


def test_each_channel_alone_reaches_somebody() -> None:
    for channel, value in (("visibility", 3.0), ("building", 30.0), ("word_of_mouth", 10.0)):
        settings = silent()
        setattr(settings.hearing, channel, value)
        world = small_world(1, 300, settings)
        before = np.bitwise_count(world.people.aware).sum()
        for day in range(0, 140, 7):
            play(world, day)
        assert np.bitwise_count(world.people.aware).sum() > before, channel


def test_a_closed_site_is_not_heard_of() -> None:
    settings = silent()
    settings.hearing.visibility = 1000.0
    world = small_world(1, 200, settings)
    with world.writable(["sites.open", "people.aware"]):
        world.sites.open[0] = 0
        world.people.aware[:] = 0
    play(world)
    heard = [[int(world.people.candidate[i, k]) for k in range(CANDIDATES) if world.people.aware[i] >> k & 1]
             for i in range(200)]
    assert any(heard) and not any(0 in sites for sites in heard)


def test_stationary_awareness_is_its_closed_form() -> None:
    """a* = g / (g + .6): .143 with baseline visibility alone (model 5.5)."""
    settings = silent(forget=0.6)
    settings.hearing.visibility = 0.1
    world = small_world(1, 3000, settings)
    with world.writable(["people.member", "people.waiting"]):
        world.people.member[:] = -1
        world.people.waiting[:] = -1
    shares = []
    adults = world.people.age >= 15
    for day in range(0, 7 * 520, 7):
        play(world, day)
        if day > 7 * 260:
            shares.append(np.bitwise_count(world.people.aware[adults] & 3).sum() / (2 * adults.sum()))
    assert abs(np.mean(shares) - 1 / 7) < 0.01
