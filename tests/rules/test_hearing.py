"""Hearing: rates add up, and a rate becomes the right chance."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulator.parameters.projects import Hearing
from simulator.rules.hearing import happens, hearing_rate

P = Hearing().numbers


def test_rate_is_a_sum_of_three_channels() -> None:
    assert hearing_rate(0.1, 0.0, 0.0, P) == 0.1
    assert math.isclose(hearing_rate(0.1, 0.2, 1.5, P), 0.1 + 0.5 * 0.2 + 0.45 * 1.5)


@given(st.floats(1e-9, 1 - 1e-9), st.floats(0, 50), st.integers(1, 365))
def test_happens_is_the_exact_chance(u: float, rate: float, days: int) -> None:
    """The shortcut that avoids exp never changes the answer."""
    chance = 1.0 - math.exp(-rate * days / 365.0)
    if abs(u - chance) > 1e-12:
        assert happens(u, rate, days) == (u < chance)


def test_share_of_events_follows_the_rate() -> None:
    luck = (np.arange(10000) + 0.5) / 10000
    share = np.mean([happens(u, 0.6, 365) for u in luck])
    assert abs(share - (1 - math.exp(-0.6))) <= 1 / 10000
