"""The operator: bounded, the same in parts as in whole, with its closed form."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.rules.belief import chance, gain, jump, loss, settled, wear

share = st.floats(0, 1)
dose = st.floats(0, 5)


@settings(deadline=None)
@given(share, dose, dose)
def test_gains_and_losses_stay_bounded_and_add_up(x, a, b):
    assert 0 <= gain(x, a) <= 1 and 0 <= loss(x, a) <= 1
    assert gain(gain(x, a), b) == pytest.approx(gain(x, a + b), abs=1e-12)
    assert loss(loss(x, a), b) == pytest.approx(loss(x, a + b), abs=1e-12)


@settings(deadline=None)
@given(share, share, st.floats(0, 1), st.integers(1, 30), st.integers(1, 30))
def test_wear_in_parts_equals_wear_in_whole(x, base, rate, a, b):
    assert wear(wear(x, base, rate, a), base, rate, b) == pytest.approx(wear(x, base, rate, a + b), abs=1e-12)
    assert min(x, base) - 1e-12 <= wear(x, base, rate, a) <= max(x, base) + 1e-12


def test_settled_is_where_gains_and_wear_balance():
    step = 0.01
    x = settled(0.2, 0.3, 0.5, 0.1)
    moved = x + step * (0.5 * (1 - x) - 0.1 * x - 0.3 * (x - 0.2))
    assert moved == pytest.approx(x, abs=1e-12)


def test_chance_and_jump():
    assert chance(1.0, 365.0) == pytest.approx(0.6321205588)
    assert jump(0.0) == 0 and chance(0.0, 7.0) == 0
