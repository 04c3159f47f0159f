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
# # A sweep, and what an effect depends on
#
# Most numbers of the model are assumptions. So the honest question after "outreach avoids losses" is: on which of the
# assumed numbers does that depend, and how much of it is luck? Here is a study that asks it, as a researcher would:
# write a card, play it, let the project analyse it. Everything is done with the command line's own words;
# `resilience("study", ...)` below is `resilience study ...` in a shell.
#
# The village is tiny and its calendar short, to be done in seconds. The steps are those of a real study.

# %%
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
from IPython.display import Image

import simulator
from simulator.analysis.sensitivity.indices import morris, sobol, spread
from simulator.app.cli.main import main

folder = Path(mkdtemp(prefix="resilience-"))


def resilience(*words):
    """The command `resilience` with these words."""
    assert main([*words]) == 0


# %% [markdown]
# ## First, a question with a known answer
#
# Before one trusts an analysis, one feeds it something solved. Ishigami's function of three angles is the usual one: its
# indices are known, and the third angle acts only together with the first.

# %%
from SALib.sample.sobol import sample  # of the extra `analysis`

places = sample({"num_vars": 3, "names": ["x1", "x2", "x3"], "bounds": [[0, 1]] * 3}, 512, calc_second_order=False, seed=1)
x1, x2, x3 = (np.pi * (2 * places - 1)).T
found = sobol(["x1", "x2", "x3"], np.sin(x1) + 7 * np.sin(x2) ** 2 + 0.1 * x3**4 * np.sin(x1))
known = {"x1": (0.314, 0.558), "x2": (0.442, 0.442), "x3": (0.0, 0.244)}
for one in sorted(found.indices, key=lambda one: one.name):
    first, total = known[one.name]
    print(f"{one.name}: alone {one.first:.2f} (known {first:.2f}), with interactions {one.total:.2f} ({total:.2f})")
    assert abs(one.first - first) < 0.08 and abs(one.total - total) < 0.08

# %% [markdown]
# ## The card
#
# Two settings vary: how hard the heat wave is, and how readily people ask for help. `declared` means: over the range that
# is declared with the number. Morris's design walks through them one step at a time; at each point two arms, with
# outreach and without, and two seeds.

# %%
card = """
label_fr: De quoi dépend l'aller-vers
label_en: What outreach depends on
question_fr: De quels nombres supposés dépend ce que change l'aller-vers ?
question_en: On which assumed numbers does the effect of outreach depend?
set:
  territory: village
  territory.residents: 300
  calendar.levers: 2025-01-13
  calendar.recovery_days: 14
  calendar.horizon_days: 30
  crisis: heatwave
  crisis.heatwave.start: 2025-01-29
  lever.outreach.window.lead_time_days: 0
  lever.outreach.window.ramp_days: 0
design: {kind: morris, points: 3, seed: 1}
vary:
  crisis.heatwave.severity: {low: 0.5, high: 2.0}
  model.asking.ask: declared
portfolios: {levers: [outreach]}
seeds: 2
outcomes: [loss]
"""
written = (folder / "my_study.yaml").write_text(card, encoding="utf-8")

# %% [markdown]
# ## Play
#
# Nine points, two arms, two seeds: 36 runs, fewer if points coincide. Interrupt it and start it again: it plays only what is missing.

# %%
results = folder / "results"
resilience("study", f"name={folder / 'my_study.yaml'}", f"results={results}", "workers=1", "threads=1", "lang=en")

# %% [markdown]
# ## Analyse
#
# Nothing is played here: the analysis reads the folder. A bar beyond the dashed line is more than luck alone would give.

# %%
resilience("analyse", str(results), "what=sensitivity", "lang=en")
Image(results / "analysis" / "morris.png", width=720)

# %% [markdown]
# ## The same by hand
#
# The figure is no secret: pair the runs, lay the differences out by point and seed, hand them to `morris`. The plan says
# where each run stands in the design (two points may share one), `kept` holds what came out.

# %%
table = simulator.open(results).sql("""
    WITH known AS (SELECT plan.*, kept.loss / kept.n AS lost FROM plan JOIN kept USING (run))
    SELECT helped.point, helped.seed, helped.lost - alone.lost AS change,
           helped."crisis.heatwave.severity" AS severity, helped."model.asking.ask" AS ask
    FROM known AS helped JOIN known AS alone USING (point, seed)
    WHERE helped.arm = 'outreach' AND alone.arm = 'baseline' ORDER BY point, seed
""").df()
change = table.pivot(index="point", columns="seed", values="change").to_numpy()
settings = table.groupby("point")[["severity", "ask"]].first()
places = ((settings - settings.min()) / (settings.max() - settings.min())).to_numpy()
effects, floor = morris(list(settings.columns), places, change)
for one in effects:
    print(f"{one.name:9} {one.star:.4f} [{one.low:.4f}, {one.high:.4f}]{'' if one.low > floor else '  within luck'}")
print(f"luck alone would give {floor:.4f}")

# %% [markdown]
# And how much of all variation comes with the seed? Shared luck between arms has already taken away most of what would
# have been there; the rest is what a single run cannot tell.

# %%
parts = spread(change)
print(f"{parts.seed_share:.0%} of the variation of the effect comes with the seed, the rest with the settings")
assert change.shape == (9, 2) and 0 <= parts.seed_share <= 1

# %% [markdown]
# ## And then
#
# A real study takes a real territory, more points and seeds, and `design: {kind: sobol}` where interactions matter:
# `resilience study name=my_study.yaml`, then `resilience analyse`, which adds regret, scenario discovery and portfolios as
# far as the design allows. Its folder is read in the sixth notebook.
