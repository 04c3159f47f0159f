"""Shared by the studies of this folder: play a study, query paired effects, write tables, draw figures."""

from __future__ import annotations

import argparse
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import simulator
from simulator.app.cli.main import main
from simulator.report.figures.style import PALE, create_figure, use_figure_style

EFFECTS = """
    SELECT plan.point, plan.arm, plan.seed, {columns}, mine.loss / mine.n - base.loss / base.n AS effect,
        base.loss / base.n AS baseline, mine.n AS residents, mine.cost AS cost
    FROM plan JOIN runs AS mine ON plan.run = mine.run
    JOIN runs AS base ON base.context = plan.context AND base.seed = plan.seed AND base.arm = 'baseline'
    WHERE plan.arm <> 'baseline' ORDER BY plan.point, plan.arm, plan.seed"""
"""Loss per resident with levers minus without, paired by settings and seed."""


def play_study(name: str, *overrides: str, seeds: Sequence[int] = ()) -> Path:
    """Play the missing runs of experiments/NAME/NAME.yaml into results/NAME, or the folder on the command line.

    overrides: words for `resilience study`. seeds: increasing numbers of seeds, so that an interrupted study is
    complete for the last number reached; by default the number on the study's card. Returns the results folder.
    """
    study_folder = Path(__file__).parent / name
    parser = argparse.ArgumentParser(description=f"Play the study {name}, draw its figures.")
    parser.add_argument("results", type=Path, nargs="?", default=Path("results") / name)
    parser.add_argument("words", nargs="*", help="words for resilience study, such as seeds=1 or executor.workers=2")
    arguments = parser.parse_args()
    overrides = (*overrides, *arguments.words)
    counts = [[f"seeds={count}"] for count in seeds if not any(word.startswith("seeds=") for word in overrides)]
    for count in counts or [[]]:
        code = main(["study", f"name={study_folder / name}.yaml", f"results={arguments.results}", *overrides, *count])
        if code:
            raise SystemExit(code)
    return Path(arguments.results)


def select_complete_seeds(found: Any) -> Any:
    """The rows of seeds with as many rows as any other: the complete part of a study that was stopped."""
    counts = found.groupby("seed")["seed"].transform("size")
    return found[counts == counts.max()]


def compute_t_interval(values: Any) -> tuple[float, float]:
    """(low, high): 95 % interval of a mean by Student's t; infinite for fewer than two values."""
    from scipy.stats import t

    if len(values) < 2:
        return -math.inf, math.inf
    half = float(t.ppf(0.975, len(values) - 1) * values.std(ddof=1) / math.sqrt(len(values)))
    return float(values.mean()) - half, float(values.mean()) + half


def parse_results_folder(doc: str | None) -> Path:
    """The results folder named on the command line."""
    parser = argparse.ArgumentParser(description=doc)
    parser.add_argument("results", type=Path, help="folder of the study, such as results/first_study")
    return Path(parser.parse_args().results)


def query_effects(results: Path, *columns: str) -> Any:
    """A pandas frame with EFFECTS: point, arm, seed, these columns of the plan, effect, baseline, residents, cost."""
    listed = ", ".join(f'plan."{column}"' for column in columns) or "1 AS one"
    return simulator.open(results).sql(EFFECTS.format(columns=listed)).df()


def label_rows(axes: Any, labels: Sequence[str]) -> None:
    """Set up a small panel: a labelled row per entry of `labels`, from the top down, and few ticks on the x axis."""
    axes.set_yticks(range(len(labels)), labels, fontsize=7)
    axes.tick_params(axis="x", labelsize=7)
    axes.locator_params(axis="x", nbins=3)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.grid(axis="y", color=PALE, linewidth=0.4)


def write_tables(tables: Mapping[str, Any], folder: Path) -> None:
    """Write pandas frames as folder/NAME.csv, without their index."""
    for name, frame in tables.items():
        frame.to_csv(folder / f"{name}.csv", index=False, float_format="%.6g", lineterminator="\n")


def draw_figure(paint: Any, file: Path, size: Sequence[float] = (7.2, 3.6)) -> None:
    """Save a figure with one pair of axes. paint(axes) draws on them; size in inches."""
    with use_figure_style():
        figure = create_figure(*size)
        axes = figure.add_subplot()
        paint(axes)
        figure.savefig(file, metadata={"Software": None})
