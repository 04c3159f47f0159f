"""Waves: their points are a Latin hypercube, and an interrupted wave is resumed."""

from __future__ import annotations

import numpy as np
import pytest

from experiments.calibration import wave
from experiments.calibration.space import SPACE, Point
from experiments.calibration.wave import average_seeds, play_wave, sample_latin_hypercube, select_pattern
from simulator.analysis.validation.patterns import PATTERNS
from simulator.parameters.model import BEHAVIOURS

SIZE = 12


def test_a_latin_hypercube_has_one_point_in_each_equal_ratio():
    points = sample_latin_hypercube(SIZE, 3)
    for name, (low, high) in SPACE.items():
        logs = np.log([point.numbers[name] for point in points])
        cells = np.sort(logs - np.log(low)) / np.log(high / low) * SIZE - np.arange(SIZE)
        assert cells.min() > -0.01 and cells.max() < 1.01, name  # numbers are kept with four digits
    assert [point.behaviour for point in points] == list(BEHAVIOURS) * (SIZE // len(BEHAVIOURS))
    assert points == sample_latin_hypercube(SIZE, 3) != sample_latin_hypercube(SIZE, 4)


def test_the_space_lies_within_the_declared_ranges():
    for end in (0, 1):
        Point(BEHAVIOURS[0], {name: bounds[end] for name, bounds in SPACE.items()}).model()


@pytest.fixture
def played(monkeypatch):
    """(point's first number, seed) of what was played; each pattern is the seed, measured by one of two runs."""
    seen = []

    def list_runs(base, point, seed):
        seen.append((next(iter(point.numbers.values())), seed))
        return [("sites", seed), ("village", seed)]

    def measure_run(run):
        territory, seed = run
        return {name: float(seed) if (name == "seven_years") == (territory == "village") else np.nan
                for name in PATTERNS}

    monkeypatch.setattr(wave, "build_base_run", lambda: None)
    monkeypatch.setattr(wave, "list_runs", list_runs)
    monkeypatch.setattr(wave, "measure_run", measure_run)
    return seen


def test_a_wave_is_resumed_and_divided(played, tmp_path):
    points, table = sample_latin_hypercube(3, 1), tmp_path / "wave.csv"
    play_wave(points, 2, 100, table, (1, 2))
    assert [seed for _, seed in played] == [102, 103]
    play_wave(points, 2, 100, table)
    assert [seed for _, seed in played] == [102, 103, 100, 101, 104, 105]
    found, values = average_seeds([table])
    assert sorted(found, key=str) == sorted(points, key=str) and values.shape == (3, len(PATTERNS))
    means = [100.5, 102.5, 104.5]
    assert sorted(select_pattern(values, "seven_years")) == means == sorted(select_pattern(values, "isolated"))
