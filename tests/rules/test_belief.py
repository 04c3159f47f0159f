"""Changes of a belief: bounded, the same in parts as in whole, with the long-run mean in closed form."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.rules.belief import (
    apply_gain,
    apply_loss,
    decay_to_baseline,
    dose_to_share,
    event_probability,
    steady_state_mean,
)

share = st.floats(0, 1)
dose = st.floats(0, 5)


@settings(deadline=None)
@given(share, dose, dose)
def test_gains_and_losses_stay_bounded_and_add_up(x, a, b):
    assert 0 <= apply_gain(x, a) <= 1 and 0 <= apply_loss(x, a) <= 1
    assert apply_gain(apply_gain(x, a), b) == pytest.approx(apply_gain(x, a + b), abs=1e-12)
    assert apply_loss(apply_loss(x, a), b) == pytest.approx(apply_loss(x, a + b), abs=1e-12)


@settings(deadline=None)
@given(share, share, st.floats(0, 1), st.integers(1, 30), st.integers(1, 30))
def test_decay_in_parts_equals_decay_in_whole(x, base, rate, a, b):
    first = decay_to_baseline(x, base, rate, a)
    whole = decay_to_baseline(x, base, rate, a + b)
    assert decay_to_baseline(first, base, rate, b) == pytest.approx(whole, abs=1e-12)
    assert min(x, base) - 1e-12 <= first <= max(x, base) + 1e-12


def test_the_steady_state_balances_gains_losses_and_decay():
    step = 0.01
    x = steady_state_mean(0.2, 0.3, 0.5, 0.1)
    moved = x + step * (0.5 * (1 - x) - 0.1 * x - 0.3 * (x - 0.2))
    assert moved == pytest.approx(x, abs=1e-12)


def test_event_probability_and_share_of_a_dose():
    assert event_probability(1.0, 365.0) == pytest.approx(0.6321205588)
    assert dose_to_share(0.0) == 0 and event_probability(0.0, 7.0) == 0


@given(st.floats(0, 1, width=32), st.floats(0, 1, width=32))
def test_nothing_decays_at_a_rate_of_zero(x: float, base: float) -> None:
    assert decay_to_baseline(x, base, 0.0, 7.0) == x
