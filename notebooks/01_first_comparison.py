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
# # Une première comparaison · A first comparison
#
# Deux leviers face à une canicule, dans un village de 500 habitants, comparés à ne rien faire. La commande
# `resilience compare` fait de même ; ici, pas à pas, en Python. Un village sert à apprendre, pas à conclure.
#
# *Two levers against a heat wave, in a village of 500 residents, compared with doing nothing. The command
# `resilience compare` does the same; here it is done step by step in Python. A village is for learning, not for
# conclusions.*

# %%
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

from IPython.display import Image

import simulator
from simulator import Calendar, Run, Scenario, Territory
from simulator.analysis.effects.effects_table import build_effects_table, write_effects_table
from simulator.cards.reader import read_yaml_card
from simulator.crises.card import parse_crisis
from simulator.engine.fork import play_arms
from simulator.levers.card import parse_lever
from simulator.report.figures.comparison_figures import draw_effects_figure, draw_recovery_figure, save_figures
from simulator.report.terminal.comparison_summary import format_comparison
from simulator.studies.store import Store

CARDS = Path(simulator.__file__).resolve().parents[1] / "configs"
LANG = "fr"  # or "en"

# %% [markdown]
# ## Le décor · The scenario
#
# Ce que personne ici ne décide : le territoire, les dates, la crise. Deux mois de calme, puis dix jours de forte
# chaleur, deux fois plus durs que ceux de la fiche.
#
# *What no lever changes: territory, dates, crisis. Two calm months, then a heat wave of ten days, twice as severe as on
# its card.*


# %%
def card(kind: str, name: str, **changes) -> dict:
    """A card of the project as plain data, with some entries changed."""
    return read_yaml_card(CARDS / kind / f"{name}.yaml")[0] | changes


heatwave = parse_crisis(card("crisis", "heatwave", start="2025-03-05", severity=2.0))
scenario = Scenario(
    Territory("village", "Un village", "A village", communes=["93071"], residents=500,
              generic_sites_per_neighbourhood=1),
    calendar=Calendar(levers="2025-01-13", recovery_days=30, horizon_days=60),
    crises=(heatwave,),
)

# %% [markdown]
# ## Les leviers · The levers
#
# Une fiche dit ce qu'un levier tourne, pour qui, à quel coût, et d'où viennent les nombres. Les nôtres agissent sans
# délai, pour que deux mois suffisent ; c'est irréaliste, et les fiches disent les vrais délais.
#
# *A card says which handles a lever modifies, for whom, at what cost, and where its numbers come from. Here levers act
# without delay, so that two months are enough; that is unrealistic, and the cards have the real delays.*

# %%
levers = [parse_lever(card("lever", name)) for name in ("phone_tree_and_register", "outreach")]
for lever in levers:
    handles = ", ".join(modifier.handle for modifier in lever.modifiers)
    print(f"{lever.label_fr}: {handles} · {lever.window.lead_time_days} + {lever.window.ramp_days} jours/days")
at_once = [replace(lever, window=replace(lever.window, lead_time_days=0, ramp_days=0)) for lever in levers]

# %% [markdown]
# ## Jouer · Play
#
# Une graine est un tirage du hasard. Pour chacune, on joue le début une seule fois, puis chaque bras à partir du jour
# où les leviers commencent : les bras ne diffèrent que par leurs leviers. Chaque partie jouée est un fichier Parquet.
#
# *A seed determines all random numbers of a run. For each seed the burn-in is played once, then each arm from the day
# on which levers start: arms differ by their levers alone. Each run is one Parquet file.*

# %%
folder = Path(mkdtemp(prefix="resilience-"))
store = Store(folder)
arms = [(), *((lever,) for lever in at_once)]
runs = []
for seed in (1, 2, 3, 4):
    arm_runs = [Run(scenario, levers=arm, seed=seed) for arm in arms]
    play_arms(arm_runs, on_record=lambda run, record: store.save(record))
    runs += arm_runs
assert not store.list_missing_runs(runs)

# %% [markdown]
# ## Lire les fichiers · Read the files
#
# `simulator.open` donne les tables par SQL, pandas ou Arrow : une ligne par partie, une ligne par pas de temps…
#
# *`simulator.open` returns the tables through SQL, pandas or Arrow: a row per run, a row per step …*

# %%
results = simulator.open(folder)
print(results.sql("""
    SELECT coalesce(nullif(runs.levers, ''), '-') AS levers, count(DISTINCT runs.run) AS seeds,
           round(min(series.functioning), 4) AS lowest_functioning,
           sum(series.met_institution_assistance) / 1000 AS hours_by_town_hall
    FROM runs JOIN series USING (run) GROUP BY ALL ORDER BY lowest_functioning DESC
"""))

# %% [markdown]
# ## Comparer · Compare
#
# Les graines vont par paires : même hasard avec et sans le levier. L'intervalle dit ce que le hasard du modèle peut
# changer ; il ne dit rien du doute sur les nombres supposés. Deux personnes qui vont vers 500 habitants, sans délai :
# voilà pourquoi l'aller-vers paraît si fort dans ce village.
#
# *Runs are paired by seed: common random numbers with and without the lever. The interval covers the random variation
# of the model; it does not cover the uncertainty of assumed numbers. Two people who go and meet 500 residents, without
# delay: that is why outreach looks so effective in this village.*

# %%
opened = results.opened()
print(format_comparison(opened, LANG))

# %%
table = build_effects_table(opened, ("loss", "never_reached"))
write_effects_table(table, folder / "effects.parquet")
print(results.sql(f"""
    SELECT levers, outcome, n, round(difference, 4) AS difference, round(low, 4) AS low, round(high, 4) AS high
    FROM read_parquet('{folder / "effects.parquet"}') ORDER BY outcome, difference
"""))
assert set(table["n"]) == {4}

# %% [markdown]
# ## Voir · See
#
# Le fonctionnement moyen depuis le début de la canicule, avec et sans chaque levier ; puis ce que chacun change.
#
# *Mean functioning since the onset of the heat wave, with and without each lever; then the effect of each lever.*

# %%
pictures = save_figures([draw_recovery_figure(opened, LANG), draw_effects_figure(opened, LANG)], folder / "figures")
recovery, changes = (Image(path) for path in pictures if path.suffix == ".png")
recovery

# %%
changes

# %% [markdown]
# ## Et ensuite · And then
#
# Les vrais quartiers, plus de graines, d'autres crises : `resilience compare territory=pantin crisis=lockdown
# seeds=20`. Changer une décision des habitants : le carnet suivant.
#
# *Real neighbourhoods, more seeds, other crises: `resilience compare territory=pantin crisis=lockdown seeds=20`. The
# next notebook changes one of the residents' decisions.*
