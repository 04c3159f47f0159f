"""The commands of the calibration, and the ensemble file it writes."""

from __future__ import annotations

import csv
import sys
from io import StringIO
from pathlib import Path

from experiments.calibration.__main__ import format_ensemble, parse_arguments, select_points
from experiments.calibration.emulate import CALIBRATION_TARGETS, match_targets
from experiments.calibration.space import SPACE
from experiments.calibration.wave import append_row, average_seeds, sample_latin_hypercube
from simulator.analysis.validation.patterns import PATTERNS
from simulator.config.ensemble import find_ensemble_file
from simulator.parameters.model import BEHAVIOURS, Model

EMPTY = dict.fromkeys(PATTERNS, float("nan"))


def test_tables_may_follow_options(monkeypatch):
    words = ["calibration", "again", "--first", "5000", "--to", "next.csv", "one.csv", "two.csv"]
    monkeypatch.setattr(sys, "argv", words)
    arguments = parse_arguments()
    assert arguments.tables == [Path("one.csv"), Path("two.csv")] and arguments.to == Path("next.csv")


def test_the_first_members_contain_every_variant():
    kept = [point for point in sample_latin_hypercube(18, 1) if point.behaviour != BEHAVIOURS[2]]
    kept += sample_latin_hypercube(18, 2)[2:3]
    rows = list(csv.DictReader(StringIO(format_ensemble(kept))))
    assert [row["behaviour"] for row in rows[:len(BEHAVIOURS)]] == list(BEHAVIOURS)
    assert [row["member"] for row in rows] == [str(k + 1) for k in range(len(kept))]
    assert {row["model." + name] for row in rows for name in SPACE} == {str(point.numbers[name]) for point in kept
                                                                        for name in SPACE}


def test_matching_points_are_confirmed_with_all_their_seeds(tmp_path, monkeypatch):
    """A pattern missed by the mean of all seeds drops a point, whichever table they are in."""
    points, inside = sample_latin_hypercube(2, 3), {name: (target.low + target.high) / 2
                                                    for name, target in CALIBRATION_TARGETS.items()}
    first, second = tmp_path / "one.csv", tmp_path / "two.csv"
    for seed, point in enumerate(points):
        row = {"point": seed, "behaviour": point.behaviour, "seed": seed}
        append_row(first, {**row, **point.numbers, **EMPTY, **inside})
    words = ["calibration", "confirm", str(first), "--first", "50", "--to", str(second)]
    monkeypatch.setattr(sys, "argv", words)
    assert select_points(parse_arguments()) == points
    far = {name: inside[name] + 1.1 * (target.high - target.low) for name, target in CALIBRATION_TARGETS.items()}
    append_row(second, {"point": 50, "behaviour": points[0].behaviour, "seed": 50, **points[0].numbers, **EMPTY, **far})
    found, values = average_seeds([first, second])
    assert [point for point, good in zip(found, match_targets(values)) if good] == points[1:]


def test_the_shipped_sets_lie_within_the_declared_ranges():
    rows = list(csv.DictReader(find_ensemble_file([]).read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 200 and len({tuple(row.values()) for row in rows}) == 200
    for name in [column for column in rows[0] if column != "member"]:
        group, number = name.removeprefix("model.").split(".")
        allowed = type(getattr(Model(), group)).__dataclass_fields__[number].metadata
        low, high = allowed["low"], allowed["high"]
        assert all(low <= float(row[name]) <= high for row in rows), name

