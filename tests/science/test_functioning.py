"""Closed forms of functioning: model 10, A1, A2, and the oracles of 7.8."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulator.parameters import Model
from simulator.phases.functioning import advance_functioning
from simulator.rules.functioning import (
    crisis_strain,
    daily_need,
    need_coverage,
    update_functioning,
)

P = Model().functioning.numbers


def trajectory(start: float, covered: float, damage: float, count: int) -> list[float]:
    out = [start]
    for _ in range(count):
        out.append(update_functioning(out[-1], covered, damage, P))
    return out


@pytest.mark.parametrize(("covered", "factor"), [(0.0, 0.95), (1.0, 0.85)])
def test_a1_recovery_without_damage_is_geometric(covered: float, factor: float) -> None:
    for t, level in enumerate(trajectory(0.5, covered, 0.0, 60)):
        assert level == pytest.approx(1 - 0.5 * factor**t, abs=1e-6)


def test_a2_constant_damage_converges_to_its_fixed_point_at_its_rate() -> None:
    r, loss = P.recovery + 0.5 * P.recovery_covered, 0.12 * 0.5
    settled = r / (r + loss)
    assert settled == pytest.approx(0.625)
    for t, level in enumerate(trajectory(1.0, 0.5, 0.12, 80)):
        assert level == pytest.approx(settled + (1 - settled) * (1 - r - loss) ** t, abs=1e-6)


@pytest.mark.parametrize(("covered", "expected"), [(0.0, 44.9), (0.5, 21.9), (1.0, 14.2)])
def test_days_to_recover_nine_tenths_of_a_loss(covered: float, expected: float) -> None:
    keep = 1 - (P.recovery + P.recovery_covered * covered)
    assert math.log(0.1) / math.log(keep) == pytest.approx(expected, abs=0.05)
    levels = trajectory(0.5, covered, 0.0, 60)
    assert next(t for t, level in enumerate(levels) if level >= 0.95) == math.ceil(expected)


@pytest.mark.parametrize(("covered", "area"), [(0.0, 20.0), (0.5, 10.0), (1.0, 20 / 3)])
def test_area_of_a_recovery(covered: float, area: float) -> None:
    """Losses are summed at the end of each day: the first day of a loss counts where it was made."""
    assert sum(1 - level for level in trajectory(0.0, covered, 0.0, 2000)) == pytest.approx(area, abs=1e-6)


def test_losses_are_whole_millionths() -> None:
    level, lost = advance_functioning(0.5, 1.0, 0.0, 7, P)
    assert level == pytest.approx(1 - 0.5 * 0.85**7)
    assert lost == sum(math.floor((1 - x) * 1e6 + 0.5) for x in trajectory(0.5, 1.0, 0.0, 7)[1:])


def test_coverage_weighs_domains() -> None:
    none = np.zeros(4, np.int32)
    assert need_coverage(none, none, P) == 1.0
    need = np.array([1000, 1000, 1000, 1000], np.int32)
    assert need_coverage(need, need, P) == pytest.approx(0.0)
    assert need_coverage(need, np.array([1000, 0, 0, 0], np.int32), P) == pytest.approx(0.7)
    assert need_coverage(need, np.array([0, 0, 0, 1000], np.int32), P) == pytest.approx(0.9)


def test_strain() -> None:
    assert crisis_strain(True, 0.7, 1.0, 9.0, P) == pytest.approx(0.91)
    assert crisis_strain(False, 0.7, 1.0, 9.0, P) == 1.5
    assert crisis_strain(False, 0.0, 1.0, 9.0, P) == 0.0
    assert daily_need(np.array([700, 0, 1400, 0], np.int32), 7) == pytest.approx(0.3)
