# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Reading a study's store
#
# A results folder consists of Parquet tables, which can be read without this project. Here they are read in three ways:
# with `simulator.open`, with DuckDB alone, and with pandas. First a small study, to have something to read.

# %%
from pathlib import Path
from tempfile import mkdtemp

import duckdb
import matplotlib.pyplot as plt

import simulator
from simulator.analysis.effects.effects_table import build_effects_table
from simulator.app.cli.main import main
from simulator.report.figures.style import COLOURS, FIGURE_STYLE, LINES

folder = Path(mkdtemp(prefix="resilience-"))
written = (folder / "store_study.yaml").write_text("""
question_fr: Deux leviers dans un petit village
question_en: Two levers in a small village
set:
  territory: village
  territory.residents: 300
  calendar.levers: 2025-01-13
  calendar.recovery_days: 21
  calendar.horizon_days: 30
  crisis: heatwave
  crisis.heatwave.start: 2025-01-29
  lever.outreach.window.lead_time_days: 0
  lever.outreach.window.ramp_days: 0
  lever.fans.window.lead_time_days: 0
  lever.fans.window.ramp_days: 0
vary: {crisis.heatwave.severity: [1.0, 2.0]}
portfolios: {levers: [outreach, fans]}
seeds: 2
outcomes: [loss]
""", encoding="utf-8")
store = folder / "results"
words = ["study", f"name={folder / 'store_study.yaml'}", f"results={store}", "uncertainty=seeds", "workers=1", "threads=1",
         "lang=en"]  # uncertainty=seeds: the numbers are the defaults in every run
assert main(words) == 0

# %% [markdown]
# ## Contents of the folder
#
# `plans` contains what the study asks for, `runs` one file per run with all its tables (after `resilience compact`,
# `parts` contains many runs per file). Nothing else is needed to resume, share or read the study.

# %%
for part in sorted(path for path in store.iterdir() if path.is_dir()):
    print(f"{part.name}/  {len(list(part.iterdir()))} files")
results = simulator.open(store)
for name in ("runs", "series", "groups", "neighbourhoods", "plan", "failures"):
    print(f"{name:15} {len(results.df(name)):6} rows, {len(results.df(name).columns)} columns")

# %% [markdown]
# ## SQL
#
# `runs` has a row for each run of the plan: its point in the design, whether it is done, and its outcomes. Totals are
# person-days; divide by `n`, the residents alive at the onset of the crisis.

# %%
results.sql("""
    SELECT arm, "crisis.heatwave.severity" AS severity, count(*) AS seeds, count(*) FILTER (status = 'done') AS done,
           round(avg(loss / n), 4) AS loss, round(avg(never_reached), 1) AS never_reached, round(avg(cost)) AS euros
    FROM runs GROUP BY ALL ORDER BY severity, loss
""")

# %% [markdown]
# ## Pairs
#
# A seed has the same random numbers with and without a lever. So the effect of a lever is the mean of differences
# between runs with the same `context` (all settings but levers and seed) and the same seed. The join is short:

# %%
paired = results.sql("""
    SELECT a.arm, a."crisis.heatwave.severity" AS severity, a.seed, a.loss / a.n - b.loss / b.n AS change
    FROM runs AS a JOIN runs AS b USING (context, seed) WHERE a.arm <> 'baseline' AND b.arm = 'baseline'
""").df()
paired.groupby(["severity", "arm"])["change"].agg(["mean", "std", "count"]).round(5)

# %% [markdown]
# `build_effects_table` does the same and adds intervals and more. It computes loss from the curve of mean functioning,
# step by step; above it is the sum over residents of daily losses. They agree to a thousandth.

# %%
(context,), = results.sql("""SELECT DISTINCT context FROM runs WHERE "crisis.heatwave.severity" = 2.0""").fetchall()
table = build_effects_table(results.opened(), ("loss",), context)
for lever, change, low, high in zip(table["levers"], table["difference"], table["low"], table["high"]):
    own = paired[(paired["arm"] == lever) & (paired["severity"] == 2.0)]["change"].mean()
    print(f"{lever}: {change:+.4f} [{low:+.4f}, {high:+.4f}] · by hand {own:+.4f}")
    assert abs(own - change) < 1e-3

# %% [markdown]
# ## Time
#
# `series` has a row for each run and step. A pivot table in pandas gives mean functioning by date and arm.

# %%
plt.rcParams.update(FIGURE_STYLE | {"savefig.dpi": 100})
steps = results.df("series").merge(results.df("runs")[["run", "arm", "crisis.heatwave.severity"]], on="run")
steps = steps[(steps["crisis.heatwave.severity"] == 2.0) & (steps["date"] >= "2025-01-20")]
curves = steps.pivot_table(index="date", columns="arm", values="functioning", aggfunc="mean")
figure, axis = plt.subplots(figsize=(7.2, 3), layout="constrained")
for (arm, curve), colour, line in zip(curves.items(), COLOURS, ("-", *LINES)):
    axis.plot(curve.index, curve, color=colour, ls=line, label=arm)
axis.set_title("Mean functioning around a heat wave twice as hard as the card's, 2 seeds")
axis.legend(frameon=False, loc="lower right")
figure.autofmt_xdate()

# %% [markdown]
# ## Who
#
# `groups` contains the same outcomes by income, age, household … Here by quintiles of income, 1 the poorest.

# %%
results.sql("""
    SELECT arm, "group" AS income, round(sum(groups.loss) / sum(groups.n), 4) AS loss, sum(groups.in_need) AS in_need,
           round(sum(received)) AS help_received
    FROM groups JOIN runs USING (run) WHERE dimension = 'income' AND "crisis.heatwave.severity" = 2.0 AND arm <> 'fans'
    GROUP BY ALL ORDER BY income, arm
""")

# %% [markdown]
# ## Without this project
#
# DuckDB, pandas, Polars and R can read the files. A run is one row; its other tables are lists inside that row, so that
# a run is stored completely or not at all.

# %%
plain = duckdb.sql(f"""
    SELECT levers, seed, round(loss, 2) AS person_days, len(series) AS steps,
           round(list_min([step.functioning FOR step IN series]), 4) AS lowest_functioning
    FROM read_parquet('{store}/runs/*.parquet') ORDER BY levers, seed LIMIT 6
""")
assert plain.fetchall()[0][3] > 20
plain

# %% [markdown]
# The row of a run also contains, as JSON, everything its outcome depends on: no other file is needed.

# %%
duckdb.sql(f"""
    SELECT DISTINCT content->>'$.scenario.territory.residents' AS residents,
           content->>'$.scenario.crises[0].severity' AS severity, content->>'$.model.asking.ask' AS ask, model_version
    FROM read_parquet('{store}/runs/*.parquet') ORDER BY severity
""")

# %% [markdown]
# The meaning and unit of every column is declared once; the data dictionary of the documentation is printed from there.

# %%
from simulator.records.schema import TABLE_SCHEMAS

for table, column in (("runs", "loss"), ("runs", "context"), ("series", "met_institution_assistance"),
                      ("groups", "contact_delay")):
    print(f"{table}.{column}: {TABLE_SCHEMAS[table][column].doc} ({TABLE_SCHEMAS[table][column].unit})")
