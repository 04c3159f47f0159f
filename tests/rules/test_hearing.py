"""Hearing: the rate is a sum of channels, and events occur with the probability of their rate."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulator.parameters.projects import HearingParameters
from simulator.rules.hearing import event_occurs, hearing_rate

P = HearingParameters().numbers


def test_rate_is_a_sum_of_three_channels() -> None:
    assert hearing_rate(0.1, 0.0, 0.0, P) == 0.1
    assert math.isclose(hearing_rate(0.1, 0.2, 1.5, P), 0.1 + 0.5 * 0.2 + 0.45 * 1.5)


@given(st.floats(1e-9, 1 - 1e-9), st.floats(0, 50), st.integers(1, 365))
def test_an_event_occurs_with_the_exact_probability(u: float, rate: float, days: int) -> None:
    """The shortcut that avoids exp never changes the answer."""
    probability = 1.0 - math.exp(-rate * days / 365.0)
    if abs(u - probability) > 1e-12:
        assert event_occurs(u, rate, days) == (u < probability)


def test_share_of_events_follows_the_rate() -> None:
    uniforms = (np.arange(10000) + 0.5) / 10000
    share = np.mean([event_occurs(u, 0.6, 365) for u in uniforms])
    assert abs(share - (1 - math.exp(-0.6))) <= 1 / 10000
