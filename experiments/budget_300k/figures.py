"""Figure and table of the study, drawn by `python -m experiments.budget_300k`, or again from tried.csv."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from textwrap import fill
from typing import Any

from simulator.report.style import COLOURS, MARKS, PALE, SOFT, canvas, headline, look

HERE = Path(__file__).parent
TRIED = HERE / "tried.csv"


def paint(rows: Sequence[dict[str, Any]]) -> Any:
    """Conditions down; every seed of every portfolio, and its mean, as a share of what is lost without levers."""
    conditions = list(dict.fromkeys(row["condition"] for row in rows))
    portfolios = list(dict.fromkeys(row["portfolio"] for row in rows))
    figure = canvas(7.2, 6.0)
    axes = figure.add_subplot()
    axes.axvline(0, color=SOFT, linewidth=1)
    for k, portfolio in enumerate(portfolios):
        for row, condition in enumerate(conditions):
            here = [one for one in rows if (one["condition"], one["portfolio"]) == (condition, portfolio)]
            shares = [100 * float(one["change"]) / float(one["loss_without"]) for one in here]
            y = row + (k - (len(portfolios) - 1) / 2) * 0.16
            axes.plot([min(shares), max(shares)], [y, y], color=COLOURS[k], linewidth=1)
            axes.plot(sum(shares) / len(shares), y, MARKS[k], color=COLOURS[k], markersize=5, linestyle="none",
                      label=fill(portfolio.replace("_", " ").replace("+", " + "), 62) if row == 0 else None)
    axes.set_yticks(range(len(conditions)), conditions)
    axes.set_ylim(len(conditions) - 0.5, -0.5)
    axes.grid(axis="y", color=PALE, linewidth=0.4)
    axes.set_xlabel("change of loss, per cent of what is lost without levers")
    axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), frameon=False, fontsize=7)
    headline(figure, "Would the choice be another under other conditions?",
             "Mean of the seeds, bars from the least to the greatest; seeds unknown to the search.")
    return figure


def write(rows: Sequence[dict[str, Any]]) -> None:
    """Write the table, draw the figure."""
    with open(TRIED, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: f"{value:.6g}" if isinstance(value, float) else value for key, value in row.items()}
                         for row in rows)
    with look():
        paint(rows).savefig(HERE / "tried.png", metadata={"Software": None})


if __name__ == "__main__":
    with open(TRIED, encoding="utf-8", newline="") as text:
        write(list(csv.DictReader(text)))
