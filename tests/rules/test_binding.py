"""Who becomes acquainted with whom."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.parameters import Model
from simulator.rules.binding import acceptance, climate_of, distance, first_trust, jump, pick

P = Model().binding.numbers


def test_like_seeks_like():
    assert distance(1, 1, 30, 30, 2, 2, P) == 0 and acceptance(0.0, 1.0) == 1
    assert distance(1, 2, 30, 50, 0, 2, P) == pytest.approx(0.7 + 0.5 + 0.4)
    assert acceptance(1.6, 0.0) == 1


def test_social_distance_is_the_same_from_both_sides():
    assert distance(1, 2, 30, 77, 0, 2, P) == distance(2, 1, 77, 30, 2, 0, P)


@settings(deadline=None)
@given(st.floats(0, 1, exclude_max=True), st.integers(1, 5000))
def test_a_pick_is_on_the_list(u, count):
    assert 0 <= pick(u, count) < count


def test_a_jump_has_the_drawn_length():
    x, y = jump(1.0, 2.0, math.exp(-1), 0.3, 6.0)
    assert math.hypot(x - 1, y - 2) == pytest.approx(6)


def test_climate_has_a_floor_and_first_trust_follows_it():
    assert climate_of(0, 0, P) == P.least_climate and climate_of(1, 100, P) == P.least_climate
    assert climate_of(60, 100, P) == pytest.approx(0.6)
    assert first_trust(0.5, P) == pytest.approx(0.1)
