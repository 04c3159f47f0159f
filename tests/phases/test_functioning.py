"""Functioning: the ceiling that open needs, aftermath and displacement leave, losses, helping load."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.phases import functioning
from simulator.phases.functioning import LEAST_CEILING
from simulator.rules.need_domains import DOMAINS
from tests.phases.crisis_world import N, hit_world, model, play_phase

FULL = {"people_functioning": 1.0}


def played(world, days: int = 1, **arguments):
    for day in range(days):
        play_phase(world, functioning, day, since=day, **arguments)
    return world


def test_functioning_falls_only_where_something_is_open() -> None:
    world = hit_world(1000, **FULL)
    with world.writable(["people.backlog", "people.crisis_backlog"]):
        world.people.backlog[:] = 1000
        world.people.crisis_backlog[::2] = 0
    played(world)
    needy = world.people.crisis_backlog[:, 0] > 0
    adults = world.people.age >= 15
    assert (world.people.functioning[needy] < 1).all() and (world.people.functioning[adults & ~needy] == 1).all()


@pytest.mark.parametrize(("need", "days"), [(500, 1), (1000, 1), (2000, 3), (9000, 2)])
def test_open_needs_cost_in_proportion_up_to_their_scale(need: int, days: int) -> None:
    world = played(hit_world(need, **FULL), days)
    p = world.settings.functioning
    weights = sum(getattr(p, f"weight_{domain}") for domain in DOMAINS)
    depth = p.need_weight * weights * min(1.0, need / 1000 / p.need_scale)
    expected = 1 - depth * (1 - np.exp(-days * p.fall))
    assert world.people.functioning == pytest.approx(np.full(N, expected), abs=1e-6), "children fare as their household"


@pytest.mark.parametrize("domain", range(4))
def test_aftermath_of_its_scale_weighs_half(domain: int) -> None:
    p = model().functioning
    world = hit_world(**FULL)
    with world.writable(["households.aftermath"]):
        world.households.aftermath[:, domain] = 1000 * getattr(p, f"scale_{DOMAINS[domain]}")
    played(world, 40)
    assert world.people.functioning == pytest.approx(
        np.full(N, 1 - 0.5 * getattr(p, f"weight_{DOMAINS[domain]}")), abs=1e-6)


def test_functioning_follows_the_ceiling_down_and_up() -> None:
    world = hit_world(households_displaced=2, **FULL)
    p = world.settings.functioning
    played(world, 40)
    low = 1 - p.displaced
    assert world.people.functioning == pytest.approx(np.full(N, low), abs=1e-6)
    with world.writable(["households.displaced"]):
        world.households.displaced[:] = 0
    for days in (1, 2, 3):
        played(world)
        gap = p.displaced * np.exp(-days * p.climb)
        assert world.people.functioning == pytest.approx(np.full(N, 1 - gap), abs=1e-6)
    played(world, 60)
    assert (world.people.functioning > 1 - 1e-6).all()


def test_what_is_given_up_is_lost_for_good() -> None:
    world = hit_world(households_given_up=20_000, **FULL)
    played(world, 60)
    p = world.settings.functioning
    lost = sum(getattr(p, f"weight_{domain}") * 20 / (20 + getattr(p, f"scale_{domain}")) for domain in DOMAINS)
    assert world.people.functioning == pytest.approx(np.full(N, 1 - lost), abs=1e-6)


def test_the_ceiling_never_falls_below_its_least() -> None:
    world = hit_world(10**6, 10**9, households_given_up=10**9, households_displaced=1, **FULL)
    played(world, 60)
    assert world.people.functioning == pytest.approx(np.full(N, LEAST_CEILING), abs=1e-6)


def test_losses_are_summed_from_the_onset_in_whole_numbers() -> None:
    world = hit_world(1000, **FULL)
    expected = np.zeros(N)
    for day in range(3):
        play_phase(world, functioning, day, since=day)
        expected += np.floor((1 - world.people.functioning.astype(float)) * 1e6 + 0.5)
    assert np.abs(world.people.loss_micro - expected).max() <= 3
    calm = hit_world(1000, **FULL)
    play_phase(calm, functioning, since=None)
    assert not calm.people.loss_micro.any() and (calm.people.functioning == 1).all()


def test_a_week_at_once_is_seven_days() -> None:
    by_day, at_once = played(hit_world(1000, 5000, **FULL), 7), hit_world(1000, 5000, **FULL)
    play_phase(at_once, functioning, span=7, since=0)
    assert at_once.people.functioning == pytest.approx(by_day.people.functioning, abs=1e-6)
    assert np.abs(at_once.people.loss_micro - by_day.people.loss_micro).max() <= 7


def test_load_decays_within_four_weeks() -> None:
    world = hit_world()
    before = world.people.load.astype(float)
    for day in range(28):
        play_phase(world, functioning, day, since=None)
    np.testing.assert_allclose(world.people.load, before * np.exp(-1), rtol=1e-4, atol=1e-12)
