"""Waves: where their points lie, and that a wave goes on where it stopped."""

from __future__ import annotations

import numpy as np
import pytest

from experiments.calibration import wave
from experiments.calibration.space import SPACE, Point
from experiments.calibration.wave import averaged, latin, measures, play
from simulator.analysis.validation.patterns import PATTERNS
from simulator.parameters.model import BEHAVIOURS

SIZE = 12


def test_a_latin_hypercube_has_one_point_in_each_equal_ratio():
    points = latin(SIZE, 3)
    for name, (low, high) in SPACE.items():
        logs = np.log([point.numbers[name] for point in points])
        cells = np.sort(logs - np.log(low)) / np.log(high / low) * SIZE - np.arange(SIZE)
        assert cells.min() > -0.01 and cells.max() < 1.01, name  # numbers are kept with four digits
    assert [point.behaviour for point in points] == list(BEHAVIOURS) * (SIZE // len(BEHAVIOURS))
    assert points == latin(SIZE, 3) != latin(SIZE, 4)


def test_every_number_searched_is_within_its_own_range():
    for end in (0, 1):
        Point(BEHAVIOURS[0], {name: bounds[end] for name, bounds in SPACE.items()}).model()


@pytest.fixture
def played(monkeypatch):
    """(point's first number, seed) of what was played; each pattern is the seed, told by one of two runs."""
    seen = []

    def runs(base, point, seed):
        seen.append((next(iter(point.numbers.values())), seed))
        return [("here", seed), ("village", seed)]

    def finished(run):
        where, seed = run
        return {name: float(seed) if (name == "seven_years") == (where == "village") else np.nan for name in PATTERNS}

    monkeypatch.setattr(wave, "ground", lambda: None)
    monkeypatch.setattr(wave, "runs", runs)
    monkeypatch.setattr(wave, "finished", finished)
    return seen


def test_a_wave_goes_on_and_is_divided(played, tmp_path):
    points, table = latin(3, 1), tmp_path / "wave.csv"
    play(points, 2, 100, table, (1, 2))
    assert [seed for _, seed in played] == [102, 103]
    play(points, 2, 100, table)
    assert [seed for _, seed in played] == [102, 103, 100, 101, 104, 105]
    found, values = averaged([table])
    assert sorted(found, key=str) == sorted(points, key=str) and values.shape == (3, len(PATTERNS))
    assert sorted(measures(values, "seven_years")) == [100.5, 102.5, 104.5] == sorted(measures(values, "isolated"))
