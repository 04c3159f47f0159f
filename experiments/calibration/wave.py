"""One wave: points of the space played with a few seeds each, their patterns written to a table as they come."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from simulator.analysis.validation.patterns import PATTERNS, measured
from simulator.engine.loop import Engine, use_threads
from simulator.parameters.model import BEHAVIOURS
from simulator.records.observed.schema import PEOPLE
from simulator.scenario.run import Run

from .space import SPACE, Point, ground, runs


def latin(size: int, seed: int) -> list[Point]:
    """`size` points: each number's range cut in `size` equal ratios, one point in each; the variants in turn."""
    luck = np.random.default_rng(seed)
    cells = np.stack([luck.permutation(size) for _ in SPACE], axis=1)
    at = (cells + luck.random(cells.shape)) / size
    return [Point(BEHAVIOURS[k % len(BEHAVIOURS)],
                  {name: float(f"{low * (high / low) ** at[k, j]:.4g}")
                   for j, (name, (low, high)) in enumerate(SPACE.items())}) for k in range(size)]


def play(points: Sequence[Point], seeds: int, first: int, table: Path, share: tuple[int, int] = (0, 1)) -> None:
    """Play each point with `seeds` seeds of its own from `first` on, on one thread; what the table has is not played.

    share: (k, of): only every so-manyeth point, so that several processes can divide a wave.
    """
    use_threads(1)
    base, done = ground(), {row["seed"] for row in rows([table])} if table.exists() else set()
    for number, point in list(enumerate(points))[share[0]::share[1]]:
        for seed in range(first + number * seeds, first + (number + 1) * seeds):
            if str(seed) not in done:
                add(table, {"point": first + number, "behaviour": point.behaviour, "seed": seed, **point.numbers,
                            **patterns([finished(run) for run in runs(base, point, seed)])})


def finished(run: Run) -> dict[str, float]:
    """The patterns of one run."""
    engine = Engine(run)
    while not engine.done:
        engine.step()
    tables = engine.finish().tables
    return measured({"people": tables.get("people") or dict.fromkeys(PEOPLE, np.zeros(0)), "ties": tables["ties"]})


def patterns(found: Sequence[dict[str, float]]) -> dict[str, float]:
    """Each pattern from the run that tells it."""
    return {name: next((one[name] for one in found if np.isfinite(one[name])), float("nan")) for name in PATTERNS}


def add(table: Path, row: dict[str, object]) -> None:
    """One more row; the first brings the names."""
    new = not table.exists()
    with open(table, "a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row), lineterminator="\n")
        if new:
            writer.writeheader()
        writer.writerow({key: f"{value:.6g}" if isinstance(value, float) else value for key, value in row.items()})


def rows(tables: Sequence[Path]) -> list[dict[str, str]]:
    """The rows of these tables."""
    return [row for table in tables for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines())]


def averaged(tables: Sequence[Path]) -> tuple[list[Point], np.ndarray]:
    """(points, float64[points, patterns] averaged over the seeds of all these tables)."""
    kept: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in rows(tables):
        kept.setdefault((row["behaviour"], *(row[name] for name in SPACE)), []).append(row)
    points = [Point(some[0]["behaviour"], {name: float(some[0][name]) for name in SPACE}) for some in kept.values()]
    values = [np.mean([[float(row[name]) for name in PATTERNS] for row in some], axis=0) for some in kept.values()]
    return points, np.array(values)


def measures(values: np.ndarray, pattern: str) -> np.ndarray:
    """float64[points]: one pattern of what `averaged` gives."""
    return values[:, list(PATTERNS).index(pattern)]
