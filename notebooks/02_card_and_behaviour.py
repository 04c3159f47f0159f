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
# # Overriding one decision
#
# A resident takes six decisions: `wants_to_join`, `wants_to_leave`, `chooses_company`, `dares_to_ask`, `turns_to` and
# `accepts`. A subclass of `Resident` that overrides one of them is asked, resident by resident, for that decision only;
# everything else stays compiled. Here: what if nobody dared to ask for help?
#
# First the territory: the village, 500 residents, and a heat wave in its ninth week. The rest is as declared.

# %%
from pathlib import Path

import simulator
from simulator import Calendar, Resident, Run, Scenario, Territory, TerritoryModel
from simulator.crises.card import from_mapping
from simulator.settings.card_reader import read

configs = Path(simulator.__file__).resolve().parents[1] / "configs"
heatwave = from_mapping(read(configs / "crisis" / "heatwave.yaml")[0] | {"start": "2025-03-05", "severity": 2.0})
village = Scenario(
    Territory("village", communes=["93055"], residents=500),
    calendar=Calendar(levers="2025-01-06", recovery_days=30, horizon_days=60),
    crises=(heatwave,),
)

# %% [markdown]
# ## Ten lines
#
# Luck is keyed by who decides what and when, so both models live the same needs on the same days: what
# differs between them is caused by the decision.


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
# ## What it did
#
# Only the stage that asks for this decision was played by hand:

# %%
print("by hand:", ", ".join(proud.by_hand))
assert list(proud.by_hand) == ["ask.voice"]

# %% [markdown]
# Both models answer to Mesa's usual calls. `agents` has the manners of an AgentSet; columns are read whole.

# %%
frames = {name: model.datacollector.get_model_vars_dataframe() for name, model in (("usual", usual), ("proud", proud))}
for name, frame in frames.items():
    print(f"{name}: lowest mean functioning {frame['functioning'].min():.4f}")


def received(model):
    """Hours and goods received from outside the household since the heat wave began."""
    return model.agents.agg("received", sum) / 1000


print(f"received from others: usual {received(usual):.0f}, proud {received(proud):.0f}")
print("functioning lost since the onset, person-days per resident:")
for name, model in (("usual", usual), ("proud", proud)):
    lost = model.residents.agg("loss", sum) / 1e6 / len(model.residents)
    old = model.agents.select(lambda resident: resident.age >= 75)
    print(f"  {name}: all {lost:.3f}, aged 75 and over {old.agg('loss', sum) / 1e6 / len(old):.3f}")
assert received(proud) < received(usual)

# %% [markdown]
# ## One person
#
# A view shows one row: attributes are the columns, ties and places are at hand. Views are made when asked for and cost
# nothing before.

# %%
eldest = usual.agents.sort("age")[0]
print(eldest, "aged", eldest.age, "· power to act", round(eldest.agency, 2), "· ties", len(eldest.ties()))
for friend in eldest.acquaintances:
    print("  trusts", friend, round(eldest.trust_in(friend), 2), "and is trusted", round(friend.trust_in(eldest), 2))
