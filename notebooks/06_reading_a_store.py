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
# A results folder is a handful of Parquet tables that need nothing of this project to be read. Here they are read three
# ways: with `simulator.open`, with DuckDB alone, and with pandas. First a small study to have something to read.

# %%
from pathlib import Path
from tempfile import mkdtemp

import duckdb
import matplotlib.pyplot as plt

import simulator
from simulator.analysis.effects.table import effects
from simulator.app.cli.main import main
from simulator.report.figures.style import COLOURS, LINES, LOOK

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
assert main(["study", f"name={folder / 'store_study.yaml'}", f"results={store}", "workers=1", "threads=1", "lang=en"]) == 0

# %% [markdown]
# ## What lies in the folder
#
# `plans` says what was asked, `runs` holds one file a run, each with all its tables (`parts` holds many runs in one file
# after `resilience compact`). Nothing else is needed to resume, to share or to read.

# %%
for part in sorted(store.iterdir()):
    print(f"{part.name}/  {len(list(part.iterdir()))} files")
results = simulator.open(store)
for name in ("runs", "series", "groups", "neighbourhoods", "plan", "failures"):
    print(f"{name:15} {len(results.df(name)):6} rows, {len(results.df(name).columns)} columns")

# %% [markdown]
# ## SQL
#
# `runs` has one row for each run that was asked for: where it stands in the design, whether it is done, and its
# outcomes. Totals are person-days; divide by `n`, the residents alive when the crisis began.

# %%
results.sql("""
    SELECT arm, "crisis.heatwave.severity" AS severity, count(*) AS seeds, count(*) FILTER (status = 'done') AS done,
           round(avg(loss / n), 4) AS loss, round(avg(never_reached), 1) AS never_reached, round(avg(cost)) AS euros
    FROM runs GROUP BY ALL ORDER BY severity, loss
""")

# %% [markdown]
# ## Pairs
#
# The same seed meets the same luck with and without a lever. So the effect of a lever is the mean of differences between
# runs of one `context` (all settings but levers and seed) and one seed. The join is short:

# %%
paired = results.sql("""
    SELECT a.arm, a."crisis.heatwave.severity" AS severity, a.seed, a.loss / a.n - b.loss / b.n AS change
    FROM runs AS a JOIN runs AS b USING (context, seed) WHERE a.arm <> 'baseline' AND b.arm = 'baseline'
""").df()
paired.groupby(["severity", "arm"])["change"].agg(["mean", "std", "count"]).round(5)

# %% [markdown]
# The project's own `effects` does the same and adds intervals and more. It takes loss from the curve of mean
# functioning, step by step; we took it from each person's daily tally. They agree to a thousandth.

# %%
(context,), = results.sql("""SELECT DISTINCT context FROM runs WHERE "crisis.heatwave.severity" = 2.0""").fetchall()
table = effects(results.opened(), ("loss",), context)
for lever, change, low, high in zip(table["levers"], table["difference"], table["low"], table["high"]):
    mine = paired[(paired["arm"] == lever) & (paired["severity"] == 2.0)]["change"].mean()
    print(f"{lever}: {change:+.4f} [{low:+.4f}, {high:+.4f}] · by hand {mine:+.4f}")
    assert abs(mine - change) < 1e-3

# %% [markdown]
# ## Time
#
# `series` has a row for each run and step. pandas turns it on its side: mean functioning by date and arm.

# %%
plt.rcParams.update(LOOK | {"savefig.dpi": 100})
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
# `groups` holds the same outcomes by income, age, household … Here by fifths of income, 1 the poorest.

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
# Anybody with DuckDB, pandas, Polars or R can read the files. A run is one row; its other tables stand inside that row
# as lists, so that a run is there whole or not at all.

# %%
plain = duckdb.sql(f"""
    SELECT levers, seed, round(loss, 2) AS person_days, len(series) AS steps,
           round(list_min([step.functioning FOR step IN series]), 4) AS lowest_functioning
    FROM read_parquet('{store}/runs/*.parquet') ORDER BY levers, seed LIMIT 6
""")
assert plain.fetchall()[0][3] > 20
plain

# %% [markdown]
# A run's row also holds all that its outcome depends on, as JSON: nothing has to be remembered beside the file.

# %%
duckdb.sql(f"""
    SELECT DISTINCT content->>'$.scenario.territory.residents' AS residents,
           content->>'$.scenario.crises[0].severity' AS severity, content->>'$.model.asking.ask' AS ask, model_version
    FROM read_parquet('{store}/runs/*.parquet') ORDER BY severity
""")

# %% [markdown]
# What every column means, and its unit, is declared once; the data dictionary of the documentation is printed from there.

# %%
from simulator.records.schema import TABLES

for table, column in (("runs", "loss"), ("runs", "context"), ("series", "met_institution_care"), ("groups", "delay")):
    print(f"{table}.{column}: {TABLES[table][column].doc} ({TABLES[table][column].unit})")
