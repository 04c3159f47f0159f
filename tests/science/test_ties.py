"""Closed forms of ties (model 10): A3 visits and wear, A4 hours to trust, A12 mixing, the ties a run starts from."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulator.kernel.random import key
from simulator.kernel.slots import whole
from simulator.parameters import Model
from simulator.rules.belief import DAYS_A_YEAR, jump, settled
from simulator.rules.contact import (
    WEEK,
    after_hours,
    after_visits,
    keep_by_visits,
    settled_trust,
    visits_expected,
    wear_by_kind,
)
from simulator.rules.kind import FRIEND, KIN, OTHER
from simulator.world.ties.initial_ties import meeting_places
from simulator.world.ties.network import external_internal
from simulator.world.ties.start import start_ties
from tests.phases.mirrors import assert_mirrors
from tests.phases.small_world import small_world

P = Model().contact.numbers
SHORT = P._replace(visit=0.001)
"""Visits so short that hours flow: the limit in which the closed forms hold."""


def test_a4_hours_to_trust():
    assert [after_hours(0.0, hours, P) for hours in (50.0, 90.0, 200.0)] == pytest.approx(
        [1 - 3 ** (-hours / 200) for hours in (50, 90, 200)], abs=1e-12)
    assert after_hours(0.0, 200.0, P) == pytest.approx(2 / 3, abs=1e-9)


def test_a3_the_operator_under_random_visits():
    weeks, people, rate = 800, 4000, 1 / 3
    expected = settled(0.0, P.wear_friend / DAYS_A_YEAR * WEEK, rate * jump(P.gain * 2.0), 0.0)
    assert expected == pytest.approx(0.4317, abs=3e-4)
    rng, keep, worn = np.random.default_rng(1), keep_by_visits(P), wear_by_kind(P, WEEK)[FRIEND]
    trust = np.full(people, expected)
    for _ in range(weeks):
        trust = 1 - (1 - trust * worn) * keep[rng.poisson(rate, people)]
    error = trust.std() / math.sqrt(people)
    assert abs(trust.mean() - expected) < 5 * error + 0.003


def rest(kinds: dict[int, int], hours: float) -> list[float]:
    """Trust at rest in each kind of tie, of two alike who each have so many of each kind."""
    worn, moved = wear_by_kind(SHORT, WEEK), jump(SHORT.gain * SHORT.visit)
    trust = {kind: 0.5 for kind in kinds}
    for _ in range(600):
        rate = hours / sum(trust[kind] * count for kind, count in kinds.items())
        for kind in kinds:
            wanted = rate * trust[kind]
            trust[kind] = settled_trust(visits_expected(wanted, wanted, 1.0, WEEK, SHORT), worn[kind], moved)
    return list(trust.values())


def test_ties_settle_on_their_closed_form():
    assert rest({KIN: 1, FRIEND: 5, OTHER: 2}, 6.0) == pytest.approx([0.788, 0.469, 0.257], abs=0.004)


def test_twenty_four_equal_ties():
    assert rest({FRIEND: 24}, 6.0)[0] == pytest.approx(0.2228, abs=0.003)


def begun(homophily: float = 1.0, residents: int = 1200):
    settings = Model()
    settings.binding.homophily = homophily
    world = small_world(8, residents, settings)
    with world.lend(["people.far_kin", "people.far_other"]):
        places = meeting_places(world.people, world.neighbourhoods, world.buildings, world.roll, world.place_roll,
                                world.atlas)
        ties = start_ties(settings, key(8), world.people, places)
    return world, ties


def test_the_first_ties_are_sound_and_at_rest():
    world, ties = begun()
    assert_mirrors(ties, world.people)
    ties.check()
    adult = world.people.age >= 15
    assert not ties.degree[~adult].any() and not world.people.far_other[~adult].any()
    assert ties.degree[adult].mean() > 1 and world.people.far_other[adult].mean() > 2
    assert whole(ties.trust)[whole(ties.other) >= 0].min() >= P.least_trust


def test_a12_without_homophily_mixing_is_random():
    world, ties = begun(homophily=0.0)
    groups = np.bincount(world.people.group[world.people.age >= 15], minlength=4)
    shares = groups / groups.sum()
    expected = 2 * (1 - (shares**2).sum()) - 1
    error = 2 * math.sqrt((1 - expected**2) / 4 / (ties.degree.sum() / 2))
    assert abs(external_internal(ties, world.people.group) - expected) < 4 * error


def test_after_visits_is_the_operator():
    assert after_visits(0.4, 0.9, 0.8) == pytest.approx(1 - (1 - 0.36) * 0.8)
