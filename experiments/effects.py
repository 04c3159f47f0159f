"""What the studies' figures have in common: paired effects out of a results folder, and a page to draw on."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import simulator
from simulator.report.style import canvas, look

EFFECTS = """
    SELECT plan.point, plan.arm, plan.seed, {columns}, mine.loss / mine.n - base.loss / base.n AS effect
    FROM plan JOIN runs AS mine ON plan.run = mine.run
    JOIN runs AS base ON base.context = plan.context AND base.seed = plan.seed AND base.arm = 'baseline'
    WHERE plan.arm <> 'baseline' ORDER BY plan.point, plan.arm, plan.seed"""
"""Loss per resident with levers minus without, the same settings and seed in both."""


def folder(doc: str | None) -> Path:
    """The results folder named on the command line."""
    parser = argparse.ArgumentParser(description=doc)
    parser.add_argument("results", type=Path, help="folder of the study, such as results/first_study")
    return Path(parser.parse_args().results)


def effects(results: Path, *columns: str) -> Any:
    """A pandas frame: point, arm, seed, the named columns of the plan, effect."""
    listed = ", ".join(f'plan."{column}"' for column in columns) or "1 AS one"
    return simulator.open(results).sql(EFFECTS.format(columns=listed)).df()


def draw(paint: Any, file: Path, size: Sequence[float] = (7.2, 3.6)) -> None:
    """A figure painted on one pair of axes."""
    with look():
        figure = canvas(*size)
        axes = figure.add_subplot()
        paint(axes)
        figure.savefig(file, metadata={"Software": None})
