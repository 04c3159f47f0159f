"""Figures and tables of the study. `python -m experiments.budget_300k.figures` redraws figures from the tables."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from textwrap import fill
from typing import Any

from simulator.report.figures.style import COLOURS, MARKS, PALE, SOFT, add_headline, create_figure, use_figure_style

HERE = Path(__file__).parent


def draw_conditions(rows: Sequence[dict[str, Any]]) -> Any:
    """A row per condition: change of loss as a share of the loss without levers; range over seeds and mean."""
    conditions = list(dict.fromkeys(row["condition"] for row in rows))
    portfolios = list(dict.fromkeys(row["portfolio"] for row in rows))
    figure = create_figure(7.2, 6.0)
    axes = figure.add_subplot()
    axes.axvline(0, color=SOFT, linewidth=1)
    for k, portfolio in enumerate(portfolios):
        for row, condition in enumerate(conditions):
            seeds = [entry for entry in rows if (entry["condition"], entry["portfolio"]) == (condition, portfolio)]
            shares = [100 * float(entry["change"]) / float(entry["loss_without"]) for entry in seeds]
            y = row + (k - (len(portfolios) - 1) / 2) * 0.16
            axes.plot([min(shares), max(shares)], [y, y], color=COLOURS[k], linewidth=1)
            axes.plot(sum(shares) / len(shares), y, MARKS[k], color=COLOURS[k], markersize=5, linestyle="none",
                      label=fill(portfolio.replace("_", " ").replace("+", " + "), 62) if row == 0 else None)
    axes.set_yticks(range(len(conditions)), conditions)
    axes.set_ylim(len(conditions) - 0.5, -0.5)
    axes.grid(axis="y", color=PALE, linewidth=0.4)
    axes.set_xlabel("change of loss, per cent of what is lost without levers")
    axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), frameon=False, fontsize=7)
    add_headline(figure, "Would the choice be another under other conditions?",
                 "Mean of the seeds, bars from the least to the greatest; seeds unknown to the search.")
    return figure


def draw_lever_effects(rows: Sequence[dict[str, Any]]) -> Any:
    """A row per lever, the most effective first: what it changes alone and as the last to join; range and mean."""
    def mean(lever: str, name: str) -> float:
        values = [float(row[name]) for row in rows if row["lever"] == lever]
        return sum(values) / len(values)

    levers = sorted({row["lever"] for row in rows}, key=lambda lever: mean(lever, "last"))
    figure = create_figure(7.2, 1.6 + 0.32 * len(levers))
    axes = figure.add_subplot()
    axes.axvline(0, color=SOFT, linewidth=1)
    for k, (name, label) in enumerate((("alone", "alone"), ("last", "when it joins all the others"))):
        for row, lever in enumerate(levers):
            values = [float(entry[name]) for entry in rows if entry["lever"] == lever]
            y = row + (k - 0.5) * 0.3
            axes.plot([min(values), max(values)], [y, y], color=COLOURS[k], linewidth=1)
            axes.plot(mean(lever, name), y, MARKS[k], color=COLOURS[k], markersize=5, linestyle="none",
                      label=label if row == 0 else None)
    axes.set_yticks(range(len(levers)), [lever.replace("_", " ") for lever in levers])
    axes.set_ylim(len(levers) - 0.5, -0.5)
    axes.grid(axis="y", color=PALE, linewidth=0.4)
    axes.set_xlabel("change of loss, person-days per resident")
    axes.legend(loc="lower left", frameon=False, fontsize=8)
    add_headline(figure, "What each lever of the portfolio brings",
                 "Mean of the seeds, bars from the least to the greatest; seeds unknown to the search.")
    return figure


def draw_front(rows: Sequence[dict[str, Any]]) -> Any:
    """Two panels over cost, a mark per portfolio tried: change of loss, change of the gap between poor and rich."""
    figure = create_figure(7.2, 3.6)
    for k, (name, title) in enumerate((("loss", "change of loss, person-days per resident"),
                                       ("quintile_gap", "change of the gap between poor and rich, the same"))):
        axes = figure.add_subplot(1, 2, k + 1)
        axes.axhline(0, color=SOFT, linewidth=1)
        for on_front, label in enumerate(("tried", "kept: no other is better in all")):
            shown = [row for row in rows if row["on_front"] == str(on_front) and row["levers"] != "none"]
            axes.plot([float(row["cost"]) / 1000 for row in shown], [float(row[name]) for row in shown],
                      MARKS[on_front], color=COLOURS[on_front], markersize=4 + 3 * on_front, linestyle="none",
                      label=label)
        axes.set_xlabel("thousand euros over the run")
        axes.set_title(title, fontsize=8)
    axes.legend(loc="lower left", frameon=False, fontsize=8)
    add_headline(figure, "Portfolios the search has tried",
                 "Against doing nothing with the same luck; mean of the seeds of the search, so that the "
                 "best are somewhat flattered. Further down is better.")
    return figure


def read_table(name: str) -> list[dict[str, Any]]:
    """The rows of the table NAME.csv of this folder."""
    with open(HERE / f"{name}.csv", encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def save_figure(name: str, figure: Any) -> None:
    """Save a figure as NAME.png in this folder."""
    figure.savefig(HERE / f"{name}.png", metadata={"Software": None})


def write_table(name: str, rows: Sequence[dict[str, Any]], draw: Callable[[Sequence[dict[str, Any]]], Any]) -> None:
    """Write rows as NAME.csv in this folder, and save the figure that `draw` makes of them."""
    with open(HERE / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: f"{value:.6g}" if isinstance(value, float) else value for key, value in row.items()}
                         for row in rows)
    with use_figure_style():
        save_figure(name, draw(rows))


if __name__ == "__main__":
    with use_figure_style():
        for name, draw in (("front", draw_front), ("attributed", draw_lever_effects), ("tried", draw_conditions)):
            save_figure(name, draw(read_table(name)))
