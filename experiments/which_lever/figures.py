"""Figures and tables of the study: `python -m experiments.which_lever.figures results/which_lever`."""

from __future__ import annotations

from pathlib import Path
from textwrap import fill
from typing import Any

import numpy as np

import simulator
from experiments.effects import folder, keep, rows_down, student, whole
from simulator.report.figures.style import COLOURS, INK, MARKS, SOFT, canvas, headline, look

HERE = Path(__file__).parent
BEHAVIOUR = "behaviour"
PLACES = {93071: "Sevran", 93055: "Pantin", 93014: "Clichy-sous-Bois"}
WEAK = 0.0005
"""Person-days per resident below which a crisis is too small for a share of its loss to mean much."""
CELLS = """
    SELECT plan.crises AS crisis, here.commune AS place, plan.behaviour, plan.arm AS lever, plan.seed,
        there.loss / there.n AS baseline, here.loss / here.n - there.loss / there.n AS effect, here.n AS residents,
        mine.cost
    FROM plan JOIN runs AS mine ON plan.run = mine.run JOIN neighbourhoods AS here ON here.run = mine.run
    JOIN runs AS base ON base.context = plan.context AND base.seed = plan.seed AND base.arm = 'baseline'
    JOIN neighbourhoods AS there ON there.run = base.run AND there.uid = here.uid
    WHERE plan.arm <> 'baseline'"""
"""One row per run with a lever and neighbourhood: its loss per resident, minus that without levers, the same luck."""


def cells(results: Path) -> Any:
    """A pandas frame: one row per crisis, place, behaviour, lever and whole seed; effect and its share of the loss."""
    found = simulator.open(results).sql(CELLS).df()
    found["place"] = found["place"].map(PLACES)
    found["share"] = (found["effect"] / found["baseline"].where(found["baseline"] > 0)).fillna(0.0)
    keys = ["crisis", "place", BEHAVIOUR, "lever", "seed"]
    return whole(found)[[*keys, "baseline", "effect", "share", "residents", "cost"]].sort_values(keys)


def summary(found: Any) -> Any:
    """A pandas frame: one row per crisis and lever, where the crisis hit anybody. Places are the units: the variants
    and seeds of a place are averaged first, since they share its people and much of its luck."""
    rows = []
    hit = found[found["baseline"] > 0]
    first = hit.loc[hit.groupby(["crisis", "place", BEHAVIOUR, "seed"])["effect"].idxmin()]
    wins = first[first["effect"] < 0].groupby(["crisis", "lever"]).size()
    for (crisis, lever), part in hit.groupby(["crisis", "lever"]):
        places = part.groupby("place")[["effect", "baseline"]].mean()
        low, high = student(places["effect"])
        saved = -(part["effect"] * part["residents"]).sum()
        costs = part.drop_duplicates([BEHAVIOUR, "seed"])["cost"]
        rows.append({"crisis": crisis, "lever": lever, "places": len(places), "cells": len(part),
                     "loss": places["baseline"].mean(), "effect": places["effect"].mean(), "low": low, "high": high,
                     "share": places["effect"].mean() / places["baseline"].mean(),
                     "helps_in": int((part["effect"] < 0).sum()), "best_in": int(wins.get((crisis, lever), 0)),
                     "cost": costs.mean(), "euros_per_person_day": costs.sum() / saved if saved > 0 else np.inf})
    import pandas as pd

    return pd.DataFrame(rows).sort_values(["crisis", "effect"])


def best(found: Any) -> Any:
    """A pandas frame: for each crisis, place and variant the lever that cuts most, how much, and what the next cuts."""
    keys = ["crisis", "place", BEHAVIOUR]
    hit = found[found["baseline"] > 0]
    mean = hit.groupby([*keys, "lever"])[["effect", "baseline"]].mean().reset_index().sort_values([*keys, "effect"])
    ranked = mean.groupby(keys)
    first, second = ranked.nth(0).set_index(keys), ranked.nth(1).set_index(keys)
    out = first.assign(share=first["effect"] / first["baseline"], next=second["lever"], next_effect=second["effect"])
    return out.reset_index()


def behaviours(found: Any) -> Any:
    """A pandas frame: share of the loss by lever and behaviour, each crisis alike, where every variant was played."""
    hit = found[found["baseline"] > WEAK]
    hit = hit[hit.groupby("place")[BEHAVIOUR].transform("nunique") == hit[BEHAVIOUR].nunique()]
    mean = hit.groupby(["lever", BEHAVIOUR, "crisis"])[["effect", "baseline"]].mean()
    return (mean["effect"] / mean["baseline"]).groupby(["lever", BEHAVIOUR]).mean().unstack()


def words(name: str) -> str:
    """A card's name as a label."""
    return name.replace("_", " ")


def map_of_effects(table: Any) -> Any:
    """Levers down, the most useful first; crises across: mean change of loss in per cent."""
    shares = table.pivot(index="lever", columns="crisis", values="share") * 100
    shares = shares.loc[shares.mean(axis=1).sort_values().index]
    sure = table.assign(sure=(table["low"] > 0) | (table["high"] < 0))
    sure = sure.pivot(index="lever", columns="crisis", values="sure")
    figure = canvas(7.2, 1.6 + 0.26 * len(shares))
    axes = figure.add_subplot()
    axes.grid(False)
    axes.imshow(shares.to_numpy(), cmap="PuOr_r", vmin=-40, vmax=40, aspect="auto")
    for i, lever in enumerate(shares.index):
        for j, crisis in enumerate(shares.columns):
            value, firm = shares.loc[lever, crisis], bool(sure.loc[lever, crisis])
            told = f"{value:+.1f}".replace("-", "−") if abs(value) >= 0.05 else "0"
            axes.text(j, i, told, ha="center", va="center", fontsize=7.5, color="white" if abs(value) > 25 else INK,
                      fontweight="bold" if firm else "normal")
    axes.set_xticks(range(len(shares.columns)), [fill(words(one), 11) for one in shares.columns], fontsize=7.5)
    axes.xaxis.tick_top()
    axes.set_yticks(range(len(shares.index)), [words(one) for one in shares.index], fontsize=8)
    headline(figure, "Change of loss by lever and crisis, per cent",
             "Mean of the places in which the crisis hit anybody, against doing nothing with the same luck. Bold: the "
             "95 % interval over places leaves zero out. Levers at their cards' own doses, not at equal cost.")
    return figure


def spread(found: Any, table: Any) -> Any:
    """One panel per crisis: every cell that it hit of the levers that come first or second in some crisis; the mean."""
    found = found[found["baseline"] > 0]
    levers = sorted(table.groupby("crisis").head(2)["lever"].unique())
    figure = canvas(7.2, 2.2 + 0.6 * len(levers))
    for k, crisis in enumerate(sorted(found["crisis"].unique())):
        axes = figure.add_subplot(3, 3, k + 1)
        axes.axvline(0, color=SOFT, linewidth=1)
        for row, lever in enumerate(levers):
            part = found[(found["crisis"] == crisis) & (found["lever"] == lever)]
            for place, mark, colour in zip(PLACES.values(), MARKS, COLOURS):
                here = part[part["place"] == place]["effect"]
                axes.plot(here, np.full(len(here), row), mark, color=colour, markersize=3.5, alpha=0.7,
                          linestyle="none", label=place if row == 0 else None)
            mean = part.groupby("place")["effect"].mean().mean()
            axes.plot([mean], [row], "|", color=INK, markersize=11, markeredgewidth=1.6)
        axes.set_title(words(crisis), fontsize=8.5)
        rows_down(axes, [words(one) if k % 3 == 0 else "" for one in levers])
    marks = figure.axes[0].get_legend_handles_labels()
    figure.legend(*marks, loc="outside upper right", ncols=3, frameon=False, fontsize=8)
    headline(figure, "Places and variants",
             "Change of loss, person-days per resident; left of zero the lever helps. Levers that come first or second "
             "in some crisis. One mark per place that was hit, variant and seed; bars: means of places. Scales differ.")
    return figure


def write(results: Path) -> None:
    """Draw the figures, write the tables."""
    found = cells(results)
    table = summary(found)
    keep({"cells": found, "summary": table, "best": best(found)}, HERE)
    behaviours(found).to_csv(HERE / "behaviours.csv", float_format="%.4f", lineterminator="\n")
    with look():
        for name, figure in (("effects", map_of_effects(table)), ("spread", spread(found, table))):
            figure.savefig(HERE / f"{name}.png", metadata={"Software": None})


if __name__ == "__main__":
    write(folder(__doc__))
