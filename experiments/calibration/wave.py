"""One wave: points of the space played with one seed each, their patterns written to a table as they come."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from simulator.analysis.patterns import measured
from simulator.app.compose import compose
from simulator.app.door import settle
from simulator.engine.loop import Engine, use_threads

from .space import SPACE, calm_run

AROUND_KM = 0.25
"""Of the three sites: some 10,500 residents."""


def latin(size: int, seed: int) -> list[dict[str, float]]:
    """`size` points: each number's range cut in `size` equal ratios, one point in each."""
    luck = np.random.default_rng(seed)
    cells = np.stack([luck.permutation(size) for _ in SPACE], axis=1)
    at = (cells + luck.random(cells.shape)) / size
    return [{name: float(f"{low * (high / low) ** at[k, j]:.4g}")
             for j, (name, (low, high)) in enumerate(SPACE.items())} for k in range(size)]


def play(points: list[dict[str, float]], seeds: list[int], table: Path) -> None:
    """Play each point with its seed on one thread; rows are added to `table` one by one."""
    use_threads(1)
    sites = settle("run", compose("run", [], [])).baseline.scenario.sites
    for point, seed in zip(points, seeds, strict=True):
        engine = Engine(calm_run(point, seed, AROUND_KM, sites))
        while not engine.done:
            engine.step()
        add(table, {"seed": seed, **point, **measured(engine.finish().tables)})


def add(table: Path, row: dict[str, float]) -> None:
    """One more row; the first brings the names."""
    new = not table.exists()
    with open(table, "a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        if new:
            writer.writeheader()
        writer.writerow(row)


def read(tables: list[Path]) -> tuple[list[str], np.ndarray]:
    """Names and float64[rows, names] of the rows of these tables; an empty cell is NaN."""
    rows = [row for table in tables for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines())]
    names = list(rows[0])
    return names, np.array([[float(row[name] or "nan") for name in names] for row in rows])
