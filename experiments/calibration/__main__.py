"""Calibration: play waves of runs, report which points match the targets, write the ensemble. See README.md."""

from __future__ import annotations

import argparse
import csv
from io import StringIO
from pathlib import Path

import numpy as np

from simulator.parameters.model import BEHAVIOURS
from simulator.report.sheets.analysis_sheet import write_text_atomic

from .emulate import CALIBRATION_TARGETS, compute_relative_spread, fit_emulator, match_targets, propose_points
from .space import SPACE, Point
from .wave import average_seeds, play_wave, sample_latin_hypercube, select_pattern


def parse_arguments() -> argparse.Namespace:
    """The arguments of the command line."""
    parser = argparse.ArgumentParser(prog="python -m experiments.calibration", description=__doc__)
    parser.add_argument("what", choices=("wave", "again", "confirm", "fit", "keep"))
    parser.add_argument("tables", nargs="*", type=Path, help="tables of waves played before")
    parser.add_argument("--to", type=Path, help="table of the wave that is played, or file of the sets that are kept")
    parser.add_argument("--size", type=int, default=96, help="points of a wave")
    parser.add_argument("--seeds", type=int, default=2, help="seeds at each point")
    parser.add_argument("--first", type=int, default=1000, help="the first seed; no two waves may share one")
    parser.add_argument("--share", type=int, nargs=2, default=(0, 1), metavar=("K", "OF"),
                        help="play every OF-th point from K on: several processes divide a wave")
    return parser.parse_intermixed_args()


def main() -> None:
    """Play a wave of new, plausible or confirmed points; or report on waves played before and write the ensemble."""
    arguments = parse_arguments()
    if arguments.what in ("wave", "again", "confirm"):
        play_wave(select_points(arguments), arguments.seeds, arguments.first, arguments.to, tuple(arguments.share))
        return
    if arguments.what == "keep" and arguments.to is None:
        raise SystemExit("keep: name the file of the sets with --to")
    points, values = average_seeds(arguments.tables)
    matching = match_targets(values)
    print_report(points, values, matching)
    if arguments.what == "keep":
        members = [point for point, matches in zip(points, matching, strict=True) if matches]
        write_text_atomic(arguments.to, format_ensemble(members))


def select_points(arguments: argparse.Namespace) -> list[Point]:
    """The points to play: a Latin hypercube, the points that match all targets, or new plausible ones."""
    if arguments.what == "wave":
        return sample_latin_hypercube(arguments.size, arguments.first)
    points, values = average_seeds(arguments.tables)
    if arguments.what == "confirm":
        return [point for point, matches in zip(points, match_targets(values), strict=True) if matches]
    return propose_points(fit_emulator(points, values), arguments.size // len(BEHAVIOURS), arguments.first)


def print_report(points: list[Point], values: np.ndarray, matching: np.ndarray) -> None:
    """Print how well patterns are predicted, how many points match, which patterns are missed, and what was learnt.

    values: float64[points, patterns]. matching: bool[points].
    """
    emulator = fit_emulator(points, values)
    print(f"{len(points)} points, {matching.sum()} hold every pattern")
    for name, target in CALIBRATION_TARGETS.items():
        column = select_pattern(values, name)
        inside = np.mean((column >= target.low) & (column <= target.high))
        print(f"{name:20s} inside at {inside:4.0%} of the points; left out: error {emulator.error[name]:.3f}, "
              f"explained {max(0.0, emulator.explained[name]):.0%}")
    members = [point for point, matches in zip(points, matching, strict=True) if matches]
    for behaviour in BEHAVIOURS:
        print(f"{behaviour}: {sum(point.behaviour == behaviour for point in members)} hold")
    if len(members) > 1:
        for name, spread in compute_relative_spread(members).items():
            numbers = [point.numbers[name] for point in members]
            print(f"{name:28s} {np.median(numbers):.4g} [{min(numbers):.4g} to {max(numbers):.4g}], "
                  f"spread {spread:.0%} of the range searched")


def format_ensemble(members: list[Point]) -> str:
    """The CSV text of an ensemble. Behaviour variants alternate, so that the first members contain all variants."""
    by_variant = {name: [point for point in members if point.behaviour == name] for name in BEHAVIOURS}
    most = max(map(len, by_variant.values()))
    rows = [by_variant[name][k] for k in range(most) for name in BEHAVIOURS if k < len(by_variant[name])]
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["member", "behaviour", *(f"model.{name}" for name in SPACE)])
    writer.writerows([k + 1, point.behaviour, *point.numbers.values()] for k, point in enumerate(rows))
    return text.getvalue()


if __name__ == "__main__":
    main()
