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
# # Your own lever, and your own behaviour
#
# Two ways to try an idea. If it is something a town could *do*, write a card: data, no Python. If it is about how
# people *decide*, override one method. Here is one of each, in the same heat wave and the same village of 500
# residents.

# %%
from pathlib import Path
from tempfile import mkdtemp

import simulator
from simulator import Calendar, Resident, Run, Scenario, Territory, TerritoryModel, play
from simulator.cards.reader import read_yaml_card
from simulator.crises.card import parse_crisis
from simulator.levers.card import parse_lever
from simulator.levers.card_checks import check_lever_file

configs = Path(simulator.__file__).resolve().parents[1] / "configs"
heatwave_card, _ = read_yaml_card(configs / "crisis" / "heatwave.yaml")
heatwave = parse_crisis(heatwave_card | {"start": "2025-03-05", "severity": 2.0})
village = Scenario(
    Territory("village", communes=["93055"], residents=500),
    calendar=Calendar(levers="2025-01-06", recovery_days=30, horizon_days=60),
    crises=(heatwave,),
)

# %% [markdown]
# ## A lever as a card
#
# The idea: in half of the buildings, neighbours agree on who knocks at whose door when it is hot. The list of handles
# (`resilience describe handles`) contains one for it: `resident.neighbour_check`, the chance per day that a neighbour
# of the building detects somebody in need. The card says which handle is modified, for whom, when, at what cost, and on
# what evidence. A first attempt:

# %%
card = """
id: landing_rounds
label_fr: Tournées de palier
label_en: Landing rounds
explanation_fr: Dans un immeuble sur deux, les voisins se répartissent les portes où frapper quand il fait chaud.
explanation_en: In one building out of two, neighbours agree on whose door each knocks at when it is hot.
mechanism: Those in need are found sooner by somebody of their building.
mechanism_fr: Un voisin de l'immeuble trouve plus tôt qui a besoin d'aide.
target: {coverage: 0.5, coverage_of: building, sites: none}
window: {lead_time_days: 14}
dose_high: 1.0
dose_unit: rota per building
dose_unit_fr: tour de rôle par immeuble
modifiers:
  - {handle: resident.neighbour_check, op: scale, value: 6.0, source: assumed}
cost: {setup_per_unit: {value: 150, low: 50, high: 400}, unit: building, payer: commune, source: assumed}
evidence: {text: No count of doors was found., text_fr: Aucun décompte de portes trouvé., source: none}
capacity: Residents who are at home and willing.
capacity_fr: Les habitants présents et volontaires.
limits: Finding is not helping, and rotas fade.
limits_fr: Trouver n'est pas aider, et les tours de rôle s'essoufflent.
side_effects: Some do not wish to be knocked for.
side_effects_fr: Certains ne souhaitent pas qu'on frappe chez eux.
"""
file = Path(mkdtemp()) / "landing_rounds.yaml"
written = file.write_text(card, encoding="utf-8")
for finding in check_lever_file(file):
    print(f"{finding.rule}: {finding.text.rpartition('/')[2]}")

# %% [markdown]
# `resilience check lever landing_rounds.yaml` says the same: a value without a range is refused, because nobody could
# tell how uncertain it is. With the range, the check finds nothing, and the lever can be compared with doing nothing,
# seed by seed:

# %%
written = file.write_text(card.replace("value: 6.0,", "value: 6.0, low: 2.0, high: 12.0,"), encoding="utf-8")
assert not check_lever_file(file)
rounds = parse_lever(read_yaml_card(file)[0])


def outcome(seed, *levers):
    """Loss per resident in person-days, and people in need whom nobody reached."""
    runs = play(Run(village, levers=levers, seed=seed)).tables["runs"]
    return float(runs["loss"][0] / runs["n"][0]), int(runs["never_reached"][0])


for seed in (1, 2, 3):
    (loss, never_reached), (loss_with, never_reached_with) = outcome(seed), outcome(seed, rounds)
    print(f"seed {seed}: loss {loss:.4f} → {loss_with:.4f}, never reached {never_reached} → {never_reached_with}")

# %% [markdown]
# With the card in `my_cards/lever`, `resilience compare --config-dir my_cards lever=landing_rounds` does the rest: more
# seeds, intervals, costs, groups, figures.
#
# ## A behaviour as one method
#
# A resident takes six decisions: `days_until_joining`, `wants_to_leave`, `chooses_company`, `dares_to_ask`, `turns_to` and
# `accepts`. If a subclass of `Resident` overrides one of them, only the stages of that decision run in Python, resident
# by resident; everything else stays compiled. What if nobody dared to ask for help?
#
# Random numbers are keyed by who decides what and when, so both models have the same needs on the same days: every
# difference between them is caused by the decision.


# %%
class Proud(Resident):
    """Somebody who never asks for help: it comes only from those who notice."""

    def dares_to_ask(self, need):
        return False


usual = TerritoryModel(Run(village))
proud = TerritoryModel(Run(village), residents=Proud)
usual.run_model()
proud.run_model()

# %% [markdown]
# ## The effect
#
# Only the stages that call this decision ran in Python ("by hand"), in everyday life and in the crisis:

# %%
print("by hand:", ", ".join(proud.by_hand))
assert set(proud.by_hand) == {"ask_for_help", "list_voices"}

# %% [markdown]
# Both are Mesa models. `agents` has the interface of an AgentSet; attributes are read as whole columns.

# %%
frames = {name: model.datacollector.get_model_vars_dataframe() for name, model in (("usual", usual), ("proud", proud))}
for name, frame in frames.items():
    print(f"{name}: lowest mean functioning {frame['functioning'].min():.4f}")


def received(model):
    """Hours and goods received from outside the household since the heat wave began."""
    return model.agents.agg("received_milli", sum) / 1000


print(f"received from others: usual {received(usual):.0f}, proud {received(proud):.0f}")
print("functioning lost since the onset, person-days per resident:")
for name, model in (("usual", usual), ("proud", proud)):
    lost = model.residents.agg("loss_micro", sum) / 1e6 / len(model.residents)
    old = model.agents.select(lambda resident: resident.age >= 75)
    print(f"  {name}: all {lost:.3f}, aged 75 and over {old.agg('loss_micro', sum) / 1e6 / len(old):.3f}")
assert received(proud) < received(usual)

# %% [markdown]
# ## One person
#
# A view shows one row: its attributes are the columns of the table, and it gives access to ties and sites. Views are
# created on access, so unused ones cost nothing.

# %%
eldest = usual.agents.sort("age")[0]
print(eldest, "aged", eldest.age, "· power to act", round(eldest.agency, 2), "· ties", len(eldest.ties()))
for friend in eldest.acquaintances:
    print("  trusts", friend, round(eldest.trust_in(friend), 2), "and is trusted", round(friend.trust_in(eldest), 2))
