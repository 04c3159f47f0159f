"""The emulator on patterns whose law is known; which points hold; what was learnt."""

from __future__ import annotations

import numpy as np
import pytest

from experiments.calibration import emulate
from experiments.calibration.emulate import USED, described, fitted, holding, proposed, shrinkage
from experiments.calibration.space import SPACE, Point
from experiments.calibration.wave import latin
from simulator.analysis.validation.patterns import PATTERNS
from simulator.parameters.model import BEHAVIOURS

FIRST, *_ = SPACE


def law(points):
    """float64[points, patterns]: each goes with the log of the first number, inside in the middle half."""
    at = described(points)[:, 0]
    values = np.full((len(points), len(PATTERNS)), np.nan)
    for k, name in enumerate(PATTERNS):
        if name in USED:
            values[:, k] = (USED[name].low + USED[name].high) / 2 + at * (USED[name].high - USED[name].low)
    return values


def test_numbers_are_described_by_ratios():
    low, high = (described([Point(BEHAVIOURS[0], {name: ends[end] for name, ends in SPACE.items()})]) for end in (0, 1))
    assert low[0] == pytest.approx([-1] * len(SPACE) + [0, 0]) and high[0] == pytest.approx([1] * len(SPACE) + [0, 0])
    middle = Point(BEHAVIOURS[2], {name: (low * high)**0.5 for name, (low, high) in SPACE.items()})
    assert described([middle])[0] == pytest.approx([0] * len(SPACE) + [0, 1])


def test_what_is_linear_is_found_and_only_plausible_points_are_proposed(monkeypatch):
    monkeypatch.setattr(emulate, "DRAWS", 300)
    points = latin(30, 5)
    emulator = fitted(points, law(points))
    assert min(emulator.explained.values()) > 0.99 and set(emulator.models) == set(USED)
    found = proposed(emulator, 20, 6)
    assert len(found) == 60 and holding(law(found)).mean() > 0.9
    assert abs(described(found)[:, 0]).max() < 0.55, "the first number is narrowed to the middle half"
    assert abs(described(found)[:, 1]).max() > 0.8, "the others are not"


def test_a_point_holds_with_every_pattern_inside():
    points = latin(40, 7)
    values = law(points)
    inside = abs(described(points)[:, 0]) <= 0.5
    assert holding(values).tolist() == inside.tolist() and 10 < inside.sum() < 30
    values[:, list(PATTERNS).index(next(iter(USED)))] = np.nan
    assert not holding(values).any(), "a pattern not measured is not met"


def test_nothing_is_learnt_from_points_everywhere():
    spread = shrinkage(latin(400, 8))
    assert list(spread) == list(SPACE) and list(spread.values()) == pytest.approx([1.0] * len(SPACE), abs=0.01)
    kept = [point for point in latin(400, 8) if abs(described([point])[0, 0]) < 0.5]
    assert shrinkage(kept)[FIRST] == pytest.approx(0.5, abs=0.05)
