"""Waves of runs, what they leave, and the ensemble that is kept: see README.md for the commands."""

from __future__ import annotations

import argparse
import csv
from io import StringIO
from pathlib import Path

import numpy as np

from simulator.parameters.model import BEHAVIOURS
from simulator.report.analysis_sheet import write

from .emulate import USED, fitted, holding, proposed, shrinkage
from .space import SPACE, Point
from .wave import averaged, latin, measures, play

ENSEMBLE = Path(__file__).resolve().parents[2] / "configs" / "parameter_sets" / "calibrated.csv"


def asked() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(prog="python -m experiments.calibration", description=__doc__)
    parser.add_argument("what", choices=("wave", "again", "confirm", "fit", "keep"))
    parser.add_argument("tables", nargs="*", type=Path, help="tables of waves played before")
    parser.add_argument("--to", type=Path, help="table of the wave that is played")
    parser.add_argument("--size", type=int, default=96, help="points of a wave")
    parser.add_argument("--seeds", type=int, default=2, help="seeds at each point")
    parser.add_argument("--first", type=int, default=1000, help="the first seed; no two waves may share one")
    parser.add_argument("--share", type=int, nargs=2, default=(0, 1), metavar=("K", "OF"),
                        help="play every OF-th point from K on: several processes divide a wave")
    return parser.parse_intermixed_args()


def main() -> None:
    """Play a wave over the whole space, over what earlier waves left, or again the points that held; tell what they
    leave; keep the ensemble."""
    said = asked()
    if said.what in ("wave", "again", "confirm"):
        play(chosen(said), said.seeds, said.first, said.to, tuple(said.share))
        return
    points, values = averaged(said.tables)
    held = holding(values)
    tell(points, values, held)
    if said.what == "keep":
        write(ENSEMBLE, ensemble([point for point, good in zip(points, held, strict=True) if good]))


def chosen(said: argparse.Namespace) -> list[Point]:
    """The points that are played."""
    if said.what == "wave":
        return latin(said.size, said.first)
    points, values = averaged(said.tables)
    if said.what == "confirm":
        return [point for point, good in zip(points, holding(values), strict=True) if good]
    return proposed(fitted(points, values), said.size // len(BEHAVIOURS), said.first)


def tell(points: list[Point], values: np.ndarray, held: np.ndarray) -> None:
    """What can be predicted, how many points hold, which patterns the others miss, and what was learnt."""
    emulator = fitted(points, values)
    print(f"{len(points)} points, {held.sum()} hold every pattern")
    for name, one in USED.items():
        column = measures(values, name)
        inside = np.mean((column >= one.low) & (column <= one.high))
        print(f"{name:20s} inside at {inside:4.0%} of the points; left out: error {emulator.error[name]:.3f}, "
              f"explained {max(0.0, emulator.explained[name]):.0%}")
    for behaviour in BEHAVIOURS:
        print(f"{behaviour}: {sum(good and point.behaviour == behaviour for point, good in zip(points, held))} hold")
    if held.sum() > 1:
        kept = [point for point, good in zip(points, held, strict=True) if good]
        for name, spread in shrinkage(kept).items():
            numbers = [point.numbers[name] for point in kept]
            print(f"{name:28s} {np.median(numbers):.4g} [{min(numbers):.4g} to {max(numbers):.4g}], "
                  f"spread {spread:.0%} of the range searched")


def ensemble(kept: list[Point]) -> str:
    """The file of an ensemble: members in turn over the variants, so that the first few hold all of them."""
    turns = {name: [point for point in kept if point.behaviour == name] for name in BEHAVIOURS}
    rows = [turns[name][k] for k in range(max(map(len, turns.values()))) for name in BEHAVIOURS if k < len(turns[name])]
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["member", "behaviour", *(f"model.{name}" for name in SPACE)])
    writer.writerows([k + 1, point.behaviour, *point.numbers.values()] for k, point in enumerate(rows))
    return text.getvalue()


if __name__ == "__main__":
    main()
