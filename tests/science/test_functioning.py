"""Closed forms of functioning and recovery: a ceiling made of open work, so recovery takes the time of the work."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.parameters import Model
from simulator.rules.aftermath import own_pace, saturating_share
from simulator.rules.functioning import follow_ceiling, lost_to_need

P, WORK = Model().functioning.numbers, Model().aftermath.numbers
LAG = 3 / P.climb
"""Days after which functioning has closed 95 % of the gap to its ceiling."""


def recover(hours: float, pace: float, days: int, *, weight: float = P.weight_equipment,
            scale: float = P.scale_equipment) -> tuple[list[int], list[float]]:
    """Open work (thousandths) and functioning, day by day, of one who starts at the ceiling and works alone."""
    work, level = [int(1000 * hours)], [1 - weight * saturating_share(1000 * hours, scale)]
    for _ in range(days):
        work.append(max(0, work[-1] - own_pace(pace, 0.0, 0.0, 1.0, WORK.usual_skill, 0.0, 0.0, 1, WORK)))
        level.append(follow_ceiling(level[-1], 1 - weight * saturating_share(float(work[-1]), scale), P))
    return work, level


@settings(max_examples=30)
@given(hours=st.floats(1, 60), pace=st.floats(0.5, 7))
def test_work_is_done_after_its_hours_over_the_pace(hours: float, pace: float) -> None:
    daily = own_pace(pace, 0.0, 0.0, 1.0, WORK.usual_skill, 0.0, 0.0, 1, WORK)
    assert daily == pytest.approx(1000 * pace / 7, abs=1)
    expected = math.ceil(int(1000 * hours) / daily)
    work, _ = recover(hours, pace, expected + 1)
    assert work[expected] == 0 < work[expected - 1]


@pytest.mark.parametrize(("hours", "pace"), [(60.0, 3.5), (20.0, 1.4), (120.0, 7.0)])
def test_functioning_follows_the_ceiling_within_its_lag(hours: float, pace: float) -> None:
    """F >= .95 comes when the open work weighs .05: after (A0 - A*) / pace days, A* = s x .05 / (w - .05)."""
    daily = math.floor(1000 * pace / 7) / 1000
    enough = P.scale_equipment * 0.05 / (P.weight_equipment - 0.05)
    expected = (hours - enough) / daily
    _, level = recover(hours, pace, 1000)
    back = next(day for day, value in enumerate(level) if value >= 0.95)
    assert expected <= back <= expected + LAG
    ceilings = [1 - P.weight_equipment * saturating_share(max(0.0, 1000 * (hours - daily * day)), P.scale_equipment)
                for day in range(1000)]
    assert all(value <= ceiling + 1e-9 for value, ceiling in zip(level, ceilings, strict=False))
    assert level[-1] == pytest.approx(1.0, abs=1e-6)


def test_half_the_pace_takes_twice_the_time() -> None:
    times = []
    for pace in (7.0, 3.5, 1.75):
        work, _ = recover(70.0, pace, 400)
        times.append(next(day for day, left in enumerate(work) if left == 0))
    assert times == [70, 140, 280]


def test_an_ordinary_cut_heals_in_days_and_damage_in_months() -> None:
    """Enedis 2017: 67 % back within a day of the supply. Sandy: months until the flooded are back."""
    depth = sum(lost_to_need(9.0, weight, P) for weight in (P.weight_food, P.weight_equipment))
    level, days = 1 - depth, 0
    while level < 0.95:
        level, days = follow_ceiling(level, 1.0, P), days + 1
    assert 1 <= days <= 7
    _, slow = recover(60.0, WORK.pace_equipment * 1.3, 1500)
    assert next(day for day, value in enumerate(slow) if value >= 0.95) > 90


def test_weights_leave_some_functioning_when_all_is_open() -> None:
    names = ("food", "equipment", "assistance", "know_how")
    weights = [getattr(Model().functioning, f"weight_{name}") for name in names]
    assert sum(weights) + Model().functioning.displaced + P.need_weight * sum(weights) <= 1.5
    assert 0.5 < sum(weights) < 1
