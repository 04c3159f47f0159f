"""Functioning: what open needs cost, how it follows its ceiling, what is lost in a day."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.parameters import Model
from simulator.rules.functioning import MICRO, daily_loss, follow_ceiling, lost_to_need

P = Model().functioning.numbers
SHARE = st.floats(0, 1)


@given(start=SHARE, ceiling=SHARE, days=st.integers(1, 60))
def test_the_gap_to_the_ceiling_closes_exponentially(start: float, ceiling: float, days: int) -> None:
    level = start
    for _ in range(days):
        level = follow_ceiling(level, ceiling, P)
    rate = P.fall if start > ceiling else P.climb
    assert level == pytest.approx(ceiling + (start - ceiling) * math.exp(-rate * days), abs=1e-9)
    assert min(start, ceiling) - 1e-12 <= level <= max(start, ceiling) + 1e-12


@given(low=SHARE, high=SHARE, ceiling=SHARE, lower=SHARE)
def test_more_functioning_or_a_higher_ceiling_never_leads_below(low: float, high: float, ceiling: float,
                                                                lower: float) -> None:
    low, high, lower, ceiling = *sorted((low, high)), *sorted((lower, ceiling))
    assert follow_ceiling(low, ceiling, P) <= follow_ceiling(high, ceiling, P) + 1e-12
    assert follow_ceiling(low, lower, P) <= follow_ceiling(low, ceiling, P) + 1e-12


@given(need=st.floats(0, 100), weight=SHARE)
def test_a_need_costs_in_proportion_up_to_its_scale(need: float, weight: float) -> None:
    full = weight * P.need_weight
    assert lost_to_need(need, weight, P) == pytest.approx(full * min(1.0, need / P.need_scale))


@given(SHARE)
def test_losses_are_whole_millionths(functioning: float) -> None:
    assert abs(daily_loss(functioning) - (1 - functioning) * MICRO) <= 0.5 and daily_loss(1.0) == 0
