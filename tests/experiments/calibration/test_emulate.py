"""The emulator recovers known patterns; points are matched to targets; relative spread measures what was learnt."""

from __future__ import annotations

import numpy as np
import pytest

from experiments.calibration import emulate
from experiments.calibration.emulate import (
    CALIBRATION_TARGETS,
    compute_relative_spread,
    fit_emulator,
    match_targets,
    propose_points,
    scale_points,
)
from experiments.calibration.space import SPACE, Point
from experiments.calibration.wave import sample_latin_hypercube
from simulator.analysis.validation.patterns import PATTERNS
from simulator.parameters.model import BEHAVIOURS

FIRST, *_ = SPACE


def compute_patterns(points):
    """float64[points, patterns]: linear in the log of the first parameter, inside all targets in its middle half."""
    positions = scale_points(points)[:, 0]
    values = np.full((len(points), len(PATTERNS)), np.nan)
    for k, name in enumerate(PATTERNS):
        if name in CALIBRATION_TARGETS:
            low, high = CALIBRATION_TARGETS[name].low, CALIBRATION_TARGETS[name].high
            values[:, k] = (low + high) / 2 + positions * (high - low)
    return values


NO_VARIANT = [0] * (len(BEHAVIOURS) - 1)


def test_parameters_are_scaled_in_logarithms():
    ends = [Point(BEHAVIOURS[0], {name: bounds[end] for name, bounds in SPACE.items()}) for end in (0, 1)]
    low, high = (scale_points([point]) for point in ends)
    assert low[0] == pytest.approx([-1] * len(SPACE) + NO_VARIANT)
    assert high[0] == pytest.approx([1] * len(SPACE) + NO_VARIANT)
    middle = Point(BEHAVIOURS[2], {name: (low * high)**0.5 for name, (low, high) in SPACE.items()})
    assert scale_points([middle])[0] == pytest.approx([0] * len(SPACE) + [0, 1, *NO_VARIANT[2:]])


def test_linear_patterns_are_recovered_and_plausible_points_proposed(monkeypatch):
    monkeypatch.setattr(emulate, "DRAWS", 300)
    points = sample_latin_hypercube(30, 5)
    emulator = fit_emulator(points, compute_patterns(points))
    assert min(emulator.explained.values()) > 0.99 and set(emulator.models) == set(CALIBRATION_TARGETS)
    found = propose_points(emulator, 20, 6)
    assert len(found) == 20 * len(BEHAVIOURS) and match_targets(compute_patterns(found)).mean() > 0.9
    assert abs(scale_points(found)[:, 0]).max() < 0.55, "the first number is narrowed to the middle half"
    assert abs(scale_points(found)[:, 1]).max() > 0.8, "the others are not"


def test_a_point_matches_if_every_pattern_is_inside():
    points = sample_latin_hypercube(40, 7)
    values = compute_patterns(points)
    inside = abs(scale_points(points)[:, 0]) <= 0.5
    assert match_targets(values).tolist() == inside.tolist() and 10 < inside.sum() < 30
    values[:, list(PATTERNS).index(next(iter(CALIBRATION_TARGETS)))] = np.nan
    assert not match_targets(values).any(), "a pattern not measured is not met"


def test_relative_spread_is_one_for_points_all_over_the_space():
    spread = compute_relative_spread(sample_latin_hypercube(400, 8))
    assert list(spread) == list(SPACE) and list(spread.values()) == pytest.approx([1.0] * len(SPACE), abs=0.01)
    narrowed = [point for point in sample_latin_hypercube(400, 8) if abs(scale_points([point])[0, 0]) < 0.5]
    assert compute_relative_spread(narrowed)[FIRST] == pytest.approx(0.5, abs=0.05)
