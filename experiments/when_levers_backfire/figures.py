"""Figure and tables of the study: `python -m experiments.when_levers_backfire.figures results/when_levers_backfire`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

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
PLACES = "site.pas_si_loin.places"
BEFORE = f"""
    WITH calm AS (
        SELECT run, arg_max(trust_institutions, day) AS trust, arg_max(members, day) AS members,
            arg_max(waiting, day) AS waiting, arg_max(agency, day) AS agency
        FROM series JOIN runs USING (run) WHERE day + span <= onset GROUP BY run)
    SELECT plan.crises AS crisis, plan."{PLACES}" AS places, plan.arm AS lever, plan.seed,
        mine.loss / mine.n - base.loss / base.n AS loss, base.loss / base.n AS loss_without,
        a.trust - b.trust AS trust, a.members - b.members AS members, a.waiting - b.waiting AS waiting,
        a.agency - b.agency AS agency
    FROM plan JOIN runs AS mine ON plan.run = mine.run
    JOIN runs AS base ON base.context = plan.context AND base.seed = plan.seed AND base.arm = 'baseline'
    JOIN calm AS a ON a.run = mine.run JOIN calm AS b ON b.run = base.run
    WHERE plan.arm <> 'baseline' ORDER BY ALL"""
"""Changes against the run without levers, same seed: loss in the crisis, all else in the last step before it."""
PANELS = (("loss", "loss in the crisis,\nperson-days per resident"),
          ("trust", "trust in institutions,\nbefore the crisis"), ("members", "members of sites,\nbefore the crisis"))
ORDER = ("longer_hours", "hours_without_staff", "outreach", "coordinator", "coordinator_cut", "open_project",
         "open_project_cut")


def summarise(found: Any) -> Any:
    """A pandas frame: one row per crisis, number of places and lever, with means over seeds and their intervals."""
    import pandas as pd

    rows = []
    for (crisis, places, lever), part in found.groupby(["crisis", "places", "lever"]):
        row = {"crisis": crisis, "places": places, "lever": lever, "seeds": len(part),
               "loss_without": part["loss_without"].mean()}
        for name in ("loss", "trust", "members", "agency"):
            row[name] = part[name].mean()
            row[f"{name}_low"], row[f"{name}_high"] = compute_t_interval(part[name])
        rows.append({**row, "waiting": part["waiting"].mean(), "harms_in": int((part["loss"] > 0).sum())})
    return pd.DataFrame(rows)


def draw_panels(table: Any) -> Any:
    """Panels: a row per crisis; loss, trust and members as columns; a site with room beside a full one."""
    figure = create_figure(7.2, 6.0)
    crises = sorted(table["crisis"].unique())
    for k_panel, (crisis, (name, title)) in enumerate((crisis, panel) for crisis in crises for panel in PANELS):
        axes = figure.add_subplot(len(crises), len(PANELS), k_panel + 1)
        axes.axvline(0, color=SOFT, linewidth=1)
        for k, places in enumerate(sorted(table["places"].unique(), reverse=True)):
            part = table[(table["crisis"] == crisis) & (table["places"] == places)].set_index("lever").loc[list(ORDER)]
            y = [row + (k - 0.5) * 0.3 for row in range(len(ORDER))]
            axes.errorbar(part[name], y, xerr=[part[name] - part[f"{name}_low"], part[f"{name}_high"] - part[name]],
                          fmt=MARKS[k], color=COLOURS[k], markersize=3.5, capsize=2, linewidth=1,
                          label=f"site with {places} places a week")
        label_rows(axes, [lever.replace("_", " ") if name == "loss" else "" for lever in ORDER])
        axes.set_title(f"{crisis}: {title}", fontsize=7.5, color=INK)
    marks = figure.axes[0].get_legend_handles_labels()
    figure.legend(*marks, loc="outside upper right", ncols=2, frameon=False, fontsize=8)
    add_headline(figure, "Change against doing nothing",
                 "Means over seeds with 95 % intervals (Student's t), same luck in both. Loss: right of zero is harm. "
                 "Trust and members: left of zero is harm.")
    return figure


def write_results(results: Path) -> None:
    """Draw the figure, write the tables."""
    found = select_complete_seeds(simulator.open(results).sql(BEFORE).df())
    table = summarise(found)
    write_tables({"seeds": found, "summary": table}, HERE)
    with use_figure_style():
        draw_panels(table).savefig(HERE / "backfire.png", metadata={"Software": None})


if __name__ == "__main__":
    write_results(parse_results_folder(__doc__))
