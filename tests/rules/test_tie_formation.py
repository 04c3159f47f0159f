"""New ties: social distance, acceptance, first trust, neighbourhood support."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.parameters import Model
from simulator.rules.tie_formation import (
    displace_point,
    first_trust,
    neighbourhood_support,
    pick_index,
    social_distance,
    tie_acceptance_probability,
)

P = Model().tie_formation.numbers


def test_similar_residents_accept_ties_more_often():
    assert social_distance(1, 1, 30, 30, 2, 2, P) == 0 and tie_acceptance_probability(0.0, 1.0) == 1
    assert social_distance(1, 2, 30, 50, 0, 2, P) == pytest.approx(P.group + P.age + P.ses)
    assert tie_acceptance_probability(1.6, 0.0) == 1


def test_social_distance_is_the_same_from_both_sides():
    assert social_distance(1, 2, 30, 77, 0, 2, P) == social_distance(2, 1, 77, 30, 2, 0, P)


@settings(deadline=None)
@given(st.floats(0, 1, exclude_max=True), st.integers(1, 5000))
def test_a_picked_index_is_in_range(u, count):
    assert 0 <= pick_index(u, count) < count


def test_a_jump_has_the_drawn_length():
    x, y = displace_point(1.0, 2.0, math.exp(-1), 0.3, 6.0)
    assert math.hypot(x - 1, y - 2) == pytest.approx(6)


def test_neighbourhood_support_has_a_minimum_and_first_trust_follows_it():
    assert neighbourhood_support(0, 0, P) == neighbourhood_support(1, 100, P) == P.min_neighbourhood_support
    assert neighbourhood_support(60, 100, P) == pytest.approx(0.6)
    assert first_trust(0.5, P) == pytest.approx(0.1)
