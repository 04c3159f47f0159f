"""Meet: what sessions change, and what they leave alone."""

from __future__ import annotations

import numpy as np

from simulator.parameters import Model
from simulator.phases import meet
from simulator.phases.step.context import StepContext
from tests.phases.plain_handles import PlainHandles
from tests.phases.small_world import small_world


def play(world, day: int, **overrides) -> None:
    world.ledger.clear()
    with world.writable(meet.WRITES):
        meet.step(world, StepContext(day, 7, world.key, PlainHandles(world, **overrides)))


def test_selection_only_leaves_beliefs_but_forms_ties() -> None:
    """Without decay, sessions then change no belief at all, yet ties begin."""
    settings = Model(behaviour="selection_only")
    for name in ("decay_agency", "decay_institution", "decay_general"):
        setattr(settings.meeting, name, 0.0)
    world = small_world(1, 200, settings)
    before = {name: getattr(world.people, name).copy() for name in ("agency", "trust_institutions", "trust_general")}
    ties = int(world.ties.degree.sum())
    for day in range(0, 70, 7):
        play(world, day)
    for name, values in before.items():
        np.testing.assert_array_equal(getattr(world.people, name), values)
    assert int(world.ties.degree.sum()) > ties


def test_only_members_of_co_governed_sites_come_to_trust_institutions() -> None:
    settings = Model()
    settings.meeting.decay_institution = 0.0
    world = small_world(1, 200, settings)
    before = world.people.trust_institutions.copy()
    for day in range(0, 35, 7):
        play(world, day)
    gained = world.people.trust_institutions > before
    assert gained.any() and (world.people.member[gained] == 1).all()


def test_facilitated_mixing_brings_unlike_people_together() -> None:
    met = []
    for mixing in (2.0, 0.0):
        world = small_world(1, 300)
        play(world, 0, **{"site.homophily": mixing})
        met.append(int(world.ledger.counts[world.ledger.COUNTS.index("pairs_met")]))
    assert met[1] > met[0]


def test_without_members_only_decay_remains() -> None:
    world = small_world(1, 100)
    with world.writable(["people.member", "people.agency"]):
        world.people.member[:] = -1
        world.people.agency[:] = 0.9
    low = world.people.agency0.copy()
    play(world, 0)
    factor = np.exp(-0.15 * 7 / 365)
    np.testing.assert_allclose(world.people.agency, low + (np.float32(0.9) - low) * factor, rtol=1e-6)
    assert int(world.ledger.counts[world.ledger.COUNTS.index("attendances")]) == 0


def test_hours_without_staff_load_the_roster() -> None:
    world = small_world(1, 200)
    with world.writable(["people.load"]):
        world.people.load[:] = 0
    play(world, 0, **{"site.hours": [90.0, 20.0]})
    loaded = np.flatnonzero(world.people.load > 0)
    assert loaded.size and (world.people.member[loaded] == 0).all()


def test_strong_ties_of_participants_gain_vicariously() -> None:
    world = small_world(1, 200)
    play(world, 0)
    gainers = np.flatnonzero(world.people.agency_gain > 0)
    observers = {int(world.ties.alter[i, k]) for i in gainers for k in range(world.ties.degree[i])
                 if world.ties.alter_trust[i, k] >= world.settings.tie_formation.strong_trust}
    outside = [j for j in observers if world.people.member[j] < 0]
    before = world.people.agency.copy()
    with world.writable(meet.WRITES):
        meet.apply_vicarious_gains(world, StepContext(7, 7, world.key, PlainHandles(world)))
    assert outside and (world.people.agency[outside] > before[outside]).all()
    assert (world.people.agency_gain == 0).all()


def test_household_members_hold_no_tie_however_often_they_meet() -> None:
    world = small_world(1, 200)
    with world.writable(["people.member", "people.candidate", "people.satisfaction"]):
        world.people.member[world.people.age >= 15] = 0
        world.people.candidate[:, 0] = 0
    for day in range(0, 70, 7):
        play(world, day)
    home, ties = world.people.household, world.ties
    assert not any(home[i] == home[ties.alter[i, k]] for i in range(200) for k in range(ties.degree[i]))
