"""Functioning, helping load, and what unmet needs cost."""

from __future__ import annotations

import numpy as np

from simulator.phases import functioning
from tests.phases.helping import HEAT, hazard, moment
from tests.phases.small_world import small_world

N = 300


def needy(unmet: bool):
    world = small_world(7, N)
    with world.writable(["people.need", "people.backlog", "people.episode", "people.functioning"]):
        world.people.need[:] = 1000
        world.people.backlog[:], world.people.episode[:] = (1000, 0) if unmet else (0, -1)
        world.people.functioning[:] = 1.0
    return world


def step(world, hit: float, days: int = 1, **overrides) -> None:
    for day in range(days):
        on = (hazard(HEAT, np.full(N, hit, np.float32), day),) if hit else ()
        with world.writable(functioning.WRITES):
            functioning.step(world, moment(world, day, 1, on, **overrides))


def test_functioning_falls_only_where_a_crisis_meets_unmet_needs() -> None:
    for hit, unmet, falls in ((0.7, True, True), (0.7, False, False), (0.0, True, False)):
        world = needy(unmet)
        step(world, hit)
        assert (world.people.functioning < 1.0).all() == falls and (world.people.functioning < 1.0).any() == falls


def test_unmet_needs_cost_power_to_act_once_an_episode() -> None:
    world = needy(True)
    agency = world.people.agency.copy()
    step(world, 0.7)
    once = world.people.agency.copy()
    np.testing.assert_allclose(once, agency * np.exp(-4 * 0.03), rtol=1e-6)
    step(world, 0.7, days=3)
    assert (world.people.agency == once).all()


def test_losses_are_summed_from_the_onset_in_whole_numbers() -> None:
    world = needy(True)
    step(world, 0.7)
    expected = np.floor((1 - world.people.functioning.astype(float)) * 1e6 + 0.5)
    assert np.abs(world.people.loss_micro - expected).max() <= 1
    calm = needy(True)
    step(calm, 0.0)
    assert not calm.people.loss_micro.any()


def test_load_decays_within_four_weeks() -> None:
    world = needy(False)
    before = world.people.load.astype(float)
    step(world, 0.0, days=28)
    np.testing.assert_allclose(world.people.load, before * np.exp(-1), rtol=1e-4, atol=1e-12)
