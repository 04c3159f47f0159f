"""Social time, visits, trust after visits, and when ties end."""

from __future__ import annotations

import math

import pytest

from simulator.parameters import Model
from simulator.rules.contact import (
    WEEK,
    contact_rate,
    decay_by_kind,
    expected_visits,
    free_hours,
    is_tie_over,
    missing_trust_left_by_visits,
    off_map_weights,
    steady_state_trust,
    trust_after_visits,
)

P = Model().contact.numbers


def test_projects_never_take_all_social_time():
    assert free_hours(6.0, 1.2, P) == pytest.approx(4.8)
    assert free_hours(6.0, 9.0, P) == pytest.approx(1.2)


def test_contact_rate_without_ties_is_zero():
    assert contact_rate(6.0, 0.0) == 0


def test_both_sides_expect_the_same_visits():
    assert expected_visits(1.0, 0.25, 0.35, WEEK, P) == expected_visits(0.25, 1.0, 0.35, WEEK, P)
    assert expected_visits(1.0, 1.0, 1.0, WEEK, P) == pytest.approx(0.5)


def test_a_tie_ends_by_low_trust_on_either_side_or_a_life_event():
    assert is_tie_over(0.04, 0.9, 0.9, 0.0, P)
    assert is_tie_over(0.9, 0.04, 0.9, 0.0, P)
    assert is_tie_over(0.9, 0.9, 0.1, 0.2, P)
    assert not is_tie_over(0.9, 0.9, 0.3, 0.2, P)


def test_steady_state_trust_stays_the_same_on_average():
    decay, visits = decay_by_kind(P, WEEK)[1], 0.4
    share_moved = 1 - missing_trust_left_by_visits(P)[1]
    trust = steady_state_trust(visits, decay, share_moved)
    assert trust_after_visits(trust, decay, math.exp(-visits * share_moved)) == pytest.approx(trust, abs=1e-12)


def test_off_map_ties_weigh_their_initial_trust():
    start = Model().start
    start.friend, start.other = 4.0, 2.0
    assert off_map_weights(start, P) == pytest.approx((0.7, (4 * 0.5 + 2 * 0.3) / 6))
