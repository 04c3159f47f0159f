"""Closed forms of ties (model 10): A3 visits and decay, A4 trust after hours, A12 mixing; and the initial ties."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulator.kernel.keyed_random import make_random_key
from simulator.kernel.slot_arrays import to_dense_array
from simulator.parameters import Model
from simulator.rules.belief import DAYS_PER_YEAR, dose_to_share, steady_state_mean
from simulator.rules.contact import (
    WEEK,
    decay_by_kind,
    expected_visits,
    missing_trust_left_by_visits,
    steady_state_trust,
    trust_after_hours,
    trust_after_visits,
)
from simulator.rules.tie_kinds import FRIEND, KIN, OTHER
from simulator.world.ties.initial_proposals import gather_meeting_places
from simulator.world.ties.initial_ties import generate_initial_ties
from simulator.world.ties.network import compute_ei_index
from tests.phases.mirrors import assert_mirrors
from tests.phases.small_world import small_world

P = Model().contact.numbers
SHORT = P._replace(visit=0.001)
"""Very short visits: the continuous limit in which the closed forms hold."""


def test_a4_trust_after_hours():
    assert [trust_after_hours(0.0, hours, P) for hours in (50.0, 90.0, 200.0)] == pytest.approx(
        [1 - 3 ** (-hours / 200) for hours in (50, 90, 200)], abs=1e-12)
    assert trust_after_hours(0.0, 200.0, P) == pytest.approx(2 / 3, abs=1e-9)


def test_a3_mean_trust_under_random_visits():
    weeks, people, rate = 800, 4000, 1 / 3
    expected = steady_state_mean(0.0, P.decay_friend / DAYS_PER_YEAR * WEEK, rate * dose_to_share(P.gain * 2.0), 0.0)
    assert expected == pytest.approx(0.4317, abs=3e-4)
    rng, missing_left, decay = np.random.default_rng(1), missing_trust_left_by_visits(P), decay_by_kind(P, WEEK)[FRIEND]
    trust = np.full(people, expected)
    for _ in range(weeks):
        trust = 1 - (1 - trust * decay) * missing_left[rng.poisson(rate, people)]
    error = trust.std() / math.sqrt(people)
    assert abs(trust.mean() - expected) < 5 * error + 0.003


def steady_state(counts: dict[int, int], hours: float) -> list[float]:
    """Steady-state trust in each kind of tie between identical residents. counts: ties of each kind; hours: h/week."""
    decay, share_moved = decay_by_kind(SHORT, WEEK), dose_to_share(SHORT.gain * SHORT.visit)
    trust = {kind: 0.5 for kind in counts}
    for _ in range(600):
        rate = hours / sum(trust[kind] * count for kind, count in counts.items())
        for kind in counts:
            offered = rate * trust[kind]
            visits = expected_visits(offered, offered, 1.0, WEEK, SHORT)
            trust[kind] = steady_state_trust(visits, decay[kind], share_moved)
    return list(trust.values())


def test_steady_state_of_ties_follows_the_closed_form():
    assert steady_state({KIN: 1, FRIEND: 5, OTHER: 2}, 6.0) == pytest.approx([0.788, 0.469, 0.257], abs=0.004)


def test_steady_state_of_twenty_four_equal_ties():
    assert steady_state({FRIEND: 24}, 6.0)[0] == pytest.approx(0.2228, abs=0.003)


def make_initial_ties(homophily: float = 1.0, residents: int = 1200):
    settings = Model()
    settings.tie_formation.homophily = homophily
    world = small_world(8, residents, settings)
    with world.writable(["people.far_kin", "people.far_other"]):
        places = gather_meeting_places(world.people, world.neighbourhoods, world.buildings, world.adults_by_building,
                                       world.adults_by_neighbourhood, world.raster)
        ties = generate_initial_ties(settings, make_random_key(8), world.people, places)
    return world, ties


def test_initial_ties_are_valid_and_not_weak():
    world, ties = make_initial_ties()
    assert_mirrors(ties, world.people)
    ties.check()
    adult = world.people.age >= 15
    assert not ties.degree[~adult].any() and not world.people.far_other[~adult].any()
    assert ties.degree[adult].mean() > 1 and world.people.far_other[adult].mean() > 2
    assert to_dense_array(ties.trust)[to_dense_array(ties.alter) >= 0].min() >= P.min_trust


def test_a12_without_homophily_mixing_is_random():
    world, ties = make_initial_ties(homophily=0.0)
    groups = np.bincount(world.people.group[world.people.age >= 15], minlength=4)
    shares = groups / groups.sum()
    expected = 2 * (1 - (shares**2).sum()) - 1
    error = 2 * math.sqrt((1 - expected**2) / 4 / (ties.degree.sum() / 2))
    assert abs(compute_ei_index(ties, world.people.group) - expected) < 4 * error


def test_trust_after_visits():
    assert trust_after_visits(0.4, 0.9, 0.8) == pytest.approx(1 - (1 - 0.36) * 0.8)
