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
# # A parameter sweep, and what an effect depends on
#
# Most numbers of the model are assumptions. So after "outreach avoids losses" one must ask: on which of the assumed
# numbers does that depend, and how much of it is random variation? Here is a study of this question: write a card, play
# it, analyse it. Everything is done with words of the command line; `resilience("study", ...)` below is
# `resilience study ...` in a shell.
#
# The village is tiny and its calendar short, so that it takes seconds. The steps are those of a real study.

# %%
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
from IPython.display import Image

import simulator
from simulator.analysis.sensitivity.sensitivity_indices import (
    compute_morris_effects,
    compute_sobol_indices,
    decompose_variance,
)
from simulator.app.cli.main import main

folder = Path(mkdtemp(prefix="resilience-"))


def resilience(*words):
    """The command `resilience` with these words."""
    assert main([*words]) == 0


# %% [markdown]
# ## First, a question with a known answer
#
# Before trusting an analysis, test it on a solved problem. Ishigami's function of three angles is the usual one: its
# indices are known, and the third angle acts only together with the first.

# %%
from SALib.sample.sobol import sample  # of the extra `analysis`

problem = {"num_vars": 3, "names": ["x1", "x2", "x3"], "bounds": [[0, 1]] * 3}
x1, x2, x3 = (np.pi * (2 * sample(problem, 512, calc_second_order=False, seed=1) - 1)).T
found = compute_sobol_indices(["x1", "x2", "x3"], np.sin(x1) + 7 * np.sin(x2) ** 2 + 0.1 * x3**4 * np.sin(x1))
known = {"x1": (0.314, 0.558), "x2": (0.442, 0.442), "x3": (0.0, 0.244)}
for index in sorted(found.indices, key=lambda index: index.name):
    first, total = known[index.name]
    print(f"{index.name}: alone {index.first:.2f} (known {first:.2f}), "
          f"with interactions {index.total:.2f} ({total:.2f})")
    assert abs(index.first - first) < 0.08 and abs(index.total - total) < 0.08

# %% [markdown]
# ## The card
#
# Two settings vary: the severity of the heat wave, and how readily people ask for help. `declared` is the range
# declared with the parameter. Morris's design changes one setting at a time; at each point there are two arms, with
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
# Nine points, two arms, two seeds: 36 runs, fewer if points coincide. If it is interrupted and started again, it plays
# only missing runs. `uncertainty=seeds` keeps all other numbers at their defaults; without it each seed has a plausible
# set of its own.

# %%
results = folder / "results"
resilience("study", f"name={folder / 'my_study.yaml'}", f"results={results}", "uncertainty=seeds", "workers=1",
           "threads=1", "lang=en")

# %% [markdown]
# ## Analyse
#
# Nothing is played here: the analysis reads the folder. A bar beyond the dashed line is more than random variation
# alone would give.

# %%
resilience("analyse", str(results), "what=sensitivity", "lang=en")
Image(results / "analysis" / "morris.png", width=720)

# %% [markdown]
# ## The same by hand
#
# The figure can be reproduced: pair the runs, arrange the differences by point and seed, and pass them to
# `compute_morris_effects`. The table `plan` gives the point of each run in the design (two points may share a run),
# `kept` its outcomes.

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
positions = ((settings - settings.min()) / (settings.max() - settings.min())).to_numpy()
effects, noise = compute_morris_effects(list(settings.columns), positions, change)
for effect in effects:
    print(f"{effect.name:9} {effect.mu_star:.4f} [{effect.low:.4f}, {effect.high:.4f}]"
          f"{'' if effect.low > noise else '  within random variation'}")
print(f"random variation alone would give {noise:.4f}")

# %% [markdown]
# How much of all variation comes from the seed? Common random numbers between arms have already removed most of it; the
# rest is what a single run cannot show.

# %%
parts = decompose_variance(change)
print(f"{parts.seed_share:.0%} of the variation of the effect comes from the seed, the rest from the settings")
assert change.shape == (9, 2) and 0 <= parts.seed_share <= 1

# %% [markdown]
# ## And then
#
# A real study takes a real territory, more points and seeds, and `design: {kind: sobol}` where interactions matter:
# `resilience study name=my_study.yaml`, then `resilience analyse`, which adds regret, scenario discovery and portfolios
# as far as the design allows. The sixth notebook reads the folder of a study.
