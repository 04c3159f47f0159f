"""A wave of runs: points of the space, each with a few seeds; their patterns are appended to a CSV table."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from simulator.analysis.validation.patterns import PATTERNS, measure_patterns
from simulator.engine.loop import Engine, set_num_threads
from simulator.parameters.model import BEHAVIOURS
from simulator.records.observed.schema import PEOPLE_SCHEMA
from simulator.scenario.run import Run

from .space import SPACE, Point, build_base_run, list_runs


def sample_latin_hypercube(size: int, seed: int) -> list[Point]:
    """A Latin hypercube of `size` points in logarithms of the parameters; behaviour variants alternate."""
    rng = np.random.default_rng(seed)
    cells = np.stack([rng.permutation(size) for _ in SPACE], axis=1)
    positions = (cells + rng.random(cells.shape)) / size
    return [Point(BEHAVIOURS[k % len(BEHAVIOURS)],
                  {name: float(f"{low * (high / low) ** positions[k, j]:.4g}")
                   for j, (name, (low, high)) in enumerate(SPACE.items())}) for k in range(size)]


def play_wave(points: Sequence[Point], seeds: int, first: int, table: Path, share: tuple[int, int] = (0, 1)) -> None:
    """Play each point with `seeds` seeds of its own, counted from `first`, on one thread. Rows in `table` are kept.

    share: (k, n): play points k, k + n, k + 2 n … only, so that several processes can divide a wave.
    """
    set_num_threads(1)
    base, done = build_base_run(), {row["seed"] for row in read_rows([table])} if table.exists() else set()
    for number, point in list(enumerate(points))[share[0]::share[1]]:
        for seed in range(first + number * seeds, first + (number + 1) * seeds):
            if str(seed) not in done:
                append_row(table, {"point": first + number, "behaviour": point.behaviour, "seed": seed,
                                   **point.numbers,
                                   **merge_patterns([measure_run(run) for run in list_runs(base, point, seed)])})


def measure_run(run: Run) -> dict[str, float]:
    """Play a run and measure its patterns; NaN for those it cannot give."""
    engine = Engine(run)
    while not engine.is_done:
        engine.step()
    tables = engine.finish_record().tables
    people = tables.get("people") or dict.fromkeys(PEOPLE_SCHEMA, np.zeros(0))
    return measure_patterns({"people": people, "ties": tables["ties"]})


def merge_patterns(measured: Sequence[dict[str, float]]) -> dict[str, float]:
    """Each pattern from the first run that gives a finite value."""
    return {name: next((run[name] for run in measured if np.isfinite(run[name])), float("nan")) for name in PATTERNS}


def append_row(table: Path, row: dict[str, object]) -> None:
    """Append a row to a CSV file; a new file gets a header first."""
    new = not table.exists()
    with open(table, "a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row), lineterminator="\n")
        if new:
            writer.writeheader()
        writer.writerow({key: f"{value:.6g}" if isinstance(value, float) else value for key, value in row.items()})


def read_rows(tables: Sequence[Path]) -> list[dict[str, str]]:
    """The rows of all these tables."""
    return [row for table in tables for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines())]


def average_seeds(tables: Sequence[Path]) -> tuple[list[Point], np.ndarray]:
    """(points, float64[points, patterns]): patterns averaged over the seeds of all these tables; NaN if not there."""
    groups: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in read_rows(tables):
        groups.setdefault((row["behaviour"], *(row[name] for name in SPACE)), []).append(row)
    points = [Point(rows[0]["behaviour"], {name: float(rows[0][name]) for name in SPACE}) for rows in groups.values()]
    values = [np.mean([[float(row.get(name, "nan")) for name in PATTERNS] for row in rows], axis=0)
              for rows in groups.values()]
    return points, np.array(values)


def select_pattern(values: np.ndarray, pattern: str) -> np.ndarray:
    """float64[points]: one pattern of the values that `average_seeds` returns."""
    return values[:, list(PATTERNS).index(pattern)]
