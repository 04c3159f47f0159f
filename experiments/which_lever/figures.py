"""Figures and tables of the study: `python -m experiments.which_lever.figures results/which_lever`."""

from __future__ import annotations

from pathlib import Path
from textwrap import fill
from typing import Any

import numpy as np

import simulator
from experiments.effects import (
    compute_t_interval,
    label_rows,
    parse_results_folder,
    select_complete_seeds,
    write_tables,
)
from simulator.report.figures.style import COLOURS, INK, MARKS, SOFT, add_headline, create_figure, use_figure_style

HERE = Path(__file__).parent
BEHAVIOUR = "behaviour"
PLACES = {93071: "Sevran", 93055: "Pantin", 93014: "Clichy-sous-Bois"}
FIRST = 3
"""A lever of which nothing is expected must not be among so many first."""
CELLS = """
    SELECT plan.crises AS crisis, here.commune AS place, plan.behaviour, plan.arm AS lever, plan.seed,
        there.loss / there.n AS baseline, here.loss / here.n - there.loss / there.n AS effect, here.n AS residents,
        mine.cost
    FROM plan JOIN runs AS mine ON plan.run = mine.run JOIN neighbourhoods AS here ON here.run = mine.run
    JOIN runs AS base ON base.context = plan.context AND base.seed = plan.seed AND base.arm = 'baseline'
    JOIN neighbourhoods AS there ON there.run = base.run AND there.uid = here.uid
    WHERE plan.arm <> 'baseline'"""
"""One row per run with a lever and neighbourhood: loss per resident, minus the loss without levers (same seed)."""


def query_cells(results: Path) -> Any:
    """A pandas frame: one row per crisis, place, behaviour, lever and complete seed; effect and share of the loss."""
    found = simulator.open(results).sql(CELLS).df()
    found["place"] = found["place"].map(PLACES)
    found["share"] = (found["effect"] / found["baseline"].where(found["baseline"] > 0)).fillna(0.0)
    keys = ["crisis", "place", BEHAVIOUR, "lever", "seed"]
    return select_complete_seeds(found)[[*keys, "baseline", "effect", "share", "residents", "cost"]].sort_values(keys)


def summarise(found: Any) -> Any:
    """A pandas frame: one row per crisis and lever, over places where the crisis hit anybody.

    Places are the units of the intervals. Variants and seeds of a place are averaged first, because they share its
    residents and most random numbers.
    """
    rows = []
    hit = found[found["baseline"] > 0]
    first = hit.loc[hit.groupby(["crisis", "place", BEHAVIOUR, "seed"])["effect"].idxmin()]
    wins = first[first["effect"] < 0].groupby(["crisis", "lever"]).size()
    for (crisis, lever), part in hit.groupby(["crisis", "lever"]):
        places = part.groupby("place")[["effect", "baseline"]].mean()
        low, high = compute_t_interval(places["effect"])
        saved = -(part["effect"] * part["residents"]).sum()
        costs = part.drop_duplicates([BEHAVIOUR, "seed"])["cost"]
        rows.append({"crisis": crisis, "lever": lever, "places": len(places), "cells": len(part),
                     "loss": places["baseline"].mean(), "effect": places["effect"].mean(), "low": low, "high": high,
                     "share": places["effect"].mean() / places["baseline"].mean(),
                     "helps_in": int((part["effect"] < 0).sum()), "best_in": int(wins.get((crisis, lever), 0)),
                     "cost": costs.mean(), "euros_per_person_day": costs.sum() / saved if saved > 0 else np.inf})
    import pandas as pd

    return pd.DataFrame(rows).sort_values(["crisis", "effect"])


def select_best(found: Any) -> Any:
    """A pandas frame: for each crisis, place and variant the best lever, its effect, and those of the second best."""
    keys = ["crisis", "place", BEHAVIOUR]
    hit = found[found["baseline"] > 0]
    mean = hit.groupby([*keys, "lever"])[["effect", "baseline"]].mean().reset_index().sort_values([*keys, "effect"])
    ranked = mean.groupby(keys)
    first, second = ranked.nth(0).set_index(keys), ranked.nth(1).set_index(keys)
    out = first.assign(share=first["effect"] / first["baseline"], next=second["lever"], next_effect=second["effect"])
    return out.reset_index()


def check_expected(table: Any) -> Any:
    """A pandas frame: what was expected of each crisis and lever before anything was played, and what came out.

    absurd: a lever of which nothing was expected is among the first three, by more than luck.
    """
    import pandas as pd

    expected = pd.read_csv(HERE / "expected.csv", keep_default_na=False)
    found = expected.merge(table, on=["crisis", "lever"], how="inner")
    found["rank"] = found.groupby("crisis")["effect"].rank(method="min").astype(int)
    helps = found["high"] < 0
    found["absurd"] = (found["expected"] == "nothing") & (found["rank"] <= FIRST) & helps
    found["as_expected"] = (found["expected"] == "either") | ((found["expected"] == "less") & (found["effect"] < 0)) | (
        (found["expected"] == "nothing") & ~helps)
    columns = ["crisis", "lever", "expected", "effect", "low", "high", "share", "rank", "absurd", "as_expected", "why"]
    return found[columns]


def format_name(name: str) -> str:
    """The name of a card as a label."""
    return name.replace("_", " ")


def draw_effect_matrix(table: Any) -> Any:
    """A matrix of the mean change of loss in per cent: levers as rows, the most effective first, crises as columns."""
    shares = table.pivot(index="lever", columns="crisis", values="share") * 100
    shares = shares.loc[shares.mean(axis=1).sort_values().index]
    sure = table.assign(sure=(table["low"] > 0) | (table["high"] < 0))
    sure = sure.pivot(index="lever", columns="crisis", values="sure")
    figure = create_figure(7.2, 1.6 + 0.26 * len(shares))
    axes = figure.add_subplot()
    axes.grid(False)
    axes.imshow(shares.to_numpy(), cmap="PuOr_r", vmin=-40, vmax=40, aspect="auto")
    for i, lever in enumerate(shares.index):
        for j, crisis in enumerate(shares.columns):
            value, excludes_zero = shares.loc[lever, crisis], bool(sure.loc[lever, crisis])
            text = f"{value:+.1f}".replace("-", "−") if abs(value) >= 0.05 else "0"
            axes.text(j, i, text, ha="center", va="center", fontsize=7.5, color="white" if abs(value) > 25 else INK,
                      fontweight="bold" if excludes_zero else "normal")
    axes.set_xticks(range(len(shares.columns)), [fill(format_name(name), 9) for name in shares.columns], fontsize=7.5)
    axes.xaxis.tick_top()
    axes.set_yticks(range(len(shares.index)), [format_name(name) for name in shares.index], fontsize=8)
    add_headline(figure, "Change of loss by lever and crisis, per cent",
                 "Mean of the places in which the crisis hit anybody, against doing nothing with the same luck. Bold: "
                 "the 95 % interval over places leaves zero out. Levers at their cards' own doses, not at equal cost.")
    return figure


def draw_spread(found: Any, table: Any) -> Any:
    """A panel per crisis: every cell that it hit, and the mean, for levers that are first or second in some crisis."""
    found = found[found["baseline"] > 0]
    levers = sorted(table.groupby("crisis").head(2)["lever"].unique())
    figure = create_figure(7.2, 2.2 + 0.8 * len(levers))
    for k, crisis in enumerate(sorted(found["crisis"].unique())):
        axes = figure.add_subplot(4, 3, k + 1)
        axes.axvline(0, color=SOFT, linewidth=1)
        for row, lever in enumerate(levers):
            part = found[(found["crisis"] == crisis) & (found["lever"] == lever)]
            for place, mark, colour in zip(PLACES.values(), MARKS, COLOURS):
                values = part[part["place"] == place]["effect"]
                axes.plot(values, np.full(len(values), row), mark, color=colour, markersize=3.5, alpha=0.7,
                          linestyle="none", label=place if row == 0 else None)
            mean = part.groupby("place")["effect"].mean().mean()
            axes.plot([mean], [row], "|", color=INK, markersize=11, markeredgewidth=1.6)
        axes.set_title(format_name(crisis), fontsize=8.5)
        label_rows(axes, [format_name(name) if k % 3 == 0 else "" for name in levers])
    marks = figure.axes[0].get_legend_handles_labels()
    figure.legend(*marks, loc="outside upper right", ncols=3, frameon=False, fontsize=8)
    add_headline(figure, "Places, variants and seeds",
                 "Change of loss, person-days per resident; left of zero the lever helps. Levers that come first or "
                 "second in some crisis. One mark per place that was hit, variant and seed; bars: means of places. "
                 "Scales differ.")
    return figure


def write_results(results: Path) -> None:
    """Draw the figures, write the tables."""
    found = query_cells(results)
    table = summarise(found)
    write_tables({"cells": found, "summary": table, "best": select_best(found), "checked": check_expected(table)}, HERE)
    with use_figure_style():
        for name, figure in (("effects", draw_effect_matrix(table)), ("spread", draw_spread(found, table))):
            figure.savefig(HERE / f"{name}.png", metadata={"Software": None})


if __name__ == "__main__":
    write_results(parse_results_folder(__doc__))
