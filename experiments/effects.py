"""What the studies have in common: one command to play them, paired effects out of their folder, a page to draw on."""

from __future__ import annotations

import argparse
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import simulator
from simulator.app.cli.main import main
from simulator.report.figures.style import PALE, canvas, look

EFFECTS = """
    SELECT plan.point, plan.arm, plan.seed, {columns}, mine.loss / mine.n - base.loss / base.n AS effect,
        base.loss / base.n AS baseline, mine.n AS residents, mine.cost AS cost
    FROM plan JOIN runs AS mine ON plan.run = mine.run
    JOIN runs AS base ON base.context = plan.context AND base.seed = plan.seed AND base.arm = 'baseline'
    WHERE plan.arm <> 'baseline' ORDER BY plan.point, plan.arm, plan.seed"""
"""Loss per resident with levers minus without, the same settings and seed in both."""


def played(name: str, *words: str, seeds: Sequence[int] = ()) -> Path:
    """Play what is missing of experiments/NAME/NAME.yaml into results/NAME, or the folder on the command line.

    seeds: play it whole with so many seeds, then with so many, so that what an interrupt leaves is a smaller whole
    study; none: as the study's card says.
    """
    here = Path(__file__).parent / name
    parser = argparse.ArgumentParser(description=f"Play the study {name}, draw its figures.")
    parser.add_argument("results", type=Path, nargs="?", default=Path("results") / name)
    parser.add_argument("words", nargs="*", help="words for resilience study, such as seeds=1 or executor.workers=2")
    said = parser.parse_args()
    own = [*words, *said.words]
    counts = [[f"seeds={count}"] for count in seeds if not any(word.startswith("seeds=") for word in own)]
    for more in counts or [[]]:
        code = main(["study", f"name={here / name}.yaml", f"results={said.results}", *own, *more])
        if code:
            raise SystemExit(code)
    return Path(said.results)


def whole(found: Any) -> Any:
    """The rows of the seeds that were played as far as any: the part of a stopped study to trust."""
    rows = found.groupby("seed")["seed"].transform("size")
    return found[rows == rows.max()]


def student(values: Any) -> tuple[float, float]:
    """95 % interval of a mean by Student's t; no end where there are fewer than two values."""
    from scipy.stats import t

    if len(values) < 2:
        return -math.inf, math.inf
    half = float(t.ppf(0.975, len(values) - 1) * values.std(ddof=1) / math.sqrt(len(values)))
    return float(values.mean()) - half, float(values.mean()) + half


def folder(doc: str | None) -> Path:
    """The results folder named on the command line."""
    parser = argparse.ArgumentParser(description=doc)
    parser.add_argument("results", type=Path, help="folder of the study, such as results/first_study")
    return Path(parser.parse_args().results)


def effects(results: Path, *columns: str) -> Any:
    """A pandas frame: point, arm, seed, the named columns of the plan, effect."""
    listed = ", ".join(f'plan."{column}"' for column in columns) or "1 AS one"
    return simulator.open(results).sql(EFFECTS.format(columns=listed)).df()


def rows_down(axes: Any, heads: Sequence[str]) -> None:
    """One row for each head from the top down, few marks on the axis below, for panels of a page."""
    axes.set_yticks(range(len(heads)), heads, fontsize=7)
    axes.tick_params(axis="x", labelsize=7)
    axes.locator_params(axis="x", nbins=3)
    axes.set_ylim(len(heads) - 0.5, -0.5)
    axes.grid(axis="y", color=PALE, linewidth=0.4)


def keep(tables: Mapping[str, Any], here: Path) -> None:
    """Write pandas frames as CSV under their names, without their index."""
    for name, frame in tables.items():
        frame.to_csv(here / f"{name}.csv", index=False, float_format="%.6g", lineterminator="\n")


def draw(paint: Any, file: Path, size: Sequence[float] = (7.2, 3.6)) -> None:
    """A figure painted on one pair of axes."""
    with look():
        figure = canvas(*size)
        axes = figure.add_subplot()
        paint(axes)
        figure.savefig(file, metadata={"Software": None})
