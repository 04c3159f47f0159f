"""Figures and tables of the study, drawn by `python -m experiments.budget_300k`, or again from its tables."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from textwrap import fill
from typing import Any

from simulator.report.figures.style import COLOURS, MARKS, PALE, SOFT, canvas, headline, look

HERE = Path(__file__).parent


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


def bars(rows: Sequence[dict[str, Any]]) -> Any:
    """Levers down, the most useful first; every seed of what each changes alone and as the last to join."""
    def mean(lever: str, name: str) -> float:
        here = [float(row[name]) for row in rows if row["lever"] == lever]
        return sum(here) / len(here)

    levers = sorted({row["lever"] for row in rows}, key=lambda lever: mean(lever, "last"))
    figure = canvas(7.2, 1.6 + 0.32 * len(levers))
    axes = figure.add_subplot()
    axes.axvline(0, color=SOFT, linewidth=1)
    for k, (name, told) in enumerate((("alone", "alone"), ("last", "when it joins all the others"))):
        for row, lever in enumerate(levers):
            here = [float(one[name]) for one in rows if one["lever"] == lever]
            y = row + (k - 0.5) * 0.3
            axes.plot([min(here), max(here)], [y, y], color=COLOURS[k], linewidth=1)
            axes.plot(mean(lever, name), y, MARKS[k], color=COLOURS[k], markersize=5, linestyle="none",
                      label=told if row == 0 else None)
    axes.set_yticks(range(len(levers)), [one.replace("_", " ") for one in levers])
    axes.set_ylim(len(levers) - 0.5, -0.5)
    axes.grid(axis="y", color=PALE, linewidth=0.4)
    axes.set_xlabel("change of loss, person-days per resident")
    axes.legend(loc="lower left", frameon=False, fontsize=8)
    headline(figure, "What each lever of the portfolio brings",
             "Mean of the seeds, bars from the least to the greatest; seeds unknown to the search.")
    return figure


def front(rows: Sequence[dict[str, Any]]) -> Any:
    """Every portfolio tried, by what it costs: change of loss, change of the gap between poor and rich."""
    figure = canvas(7.2, 3.6)
    for k, (name, head) in enumerate((("loss", "change of loss, person-days per resident"),
                                      ("equity", "change of the gap between poor and rich, the same"))):
        axes = figure.add_subplot(1, 2, k + 1)
        axes.axhline(0, color=SOFT, linewidth=1)
        for on, told in (("0", "tried"), ("1", "kept: no other is better in all")):
            here = [row for row in rows if row["on_front"] == on and row["levers"] != "none"]
            axes.plot([float(row["cost"]) / 1000 for row in here], [float(row[name]) for row in here], MARKS[int(on)],
                      color=COLOURS[int(on)], markersize=4 + 3 * int(on), linestyle="none", label=told)
        axes.set_xlabel("thousand euros over the run")
        axes.set_title(head, fontsize=8)
    axes.legend(loc="lower left", frameon=False, fontsize=8)
    headline(figure, "Portfolios the search has tried", "Against doing nothing with the same luck; mean of the seeds "
             "of the search, so that the best are somewhat flattered. Further down is better.")
    return figure


def read(name: str) -> list[dict[str, Any]]:
    """The rows of a table of this folder."""
    with open(HERE / f"{name}.csv", encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def save(name: str, figure: Any) -> None:
    """Keep a figure in this folder."""
    figure.savefig(HERE / f"{name}.png", metadata={"Software": None})


def write(name: str, rows: Sequence[dict[str, Any]], draw: Callable[[Sequence[dict[str, Any]]], Any]) -> None:
    """Write a table, draw its figure."""
    with open(HERE / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: f"{value:.6g}" if isinstance(value, float) else value for key, value in row.items()}
                         for row in rows)
    with look():
        save(name, draw(rows))


if __name__ == "__main__":
    with look():
        for one, figure in (("front", front), ("attributed", bars), ("tried", paint)):
            save(one, figure(read(one)))
