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
# # The model, mechanism by mechanism
#
# A step of the model is a chain of small equations. Each exists once, in `simulator/rules`, as a function that compiled
# loops and agents both call. Here each is shown by itself and compared with its analytical solution. The notebook stops
# if the two differ.
#
# Every number comes from `Model()`, where it is declared with its unit, range and source.

# %%
import math

import matplotlib.pyplot as plt
import networkx as nx
import numpy as np

from simulator import Model, Run, Scenario, Territory, TerritoryModel
from simulator.report.figures.style import COLOURS, FIGURE_STYLE, INK, SOFT
from simulator.rules import (
    accepting,
    aftermath,
    asking,
    belief,
    contact,
    functioning,
    hearing,
    heat,
    joining,
    meeting,
    relief,
)

model = Model()
rng = np.random.default_rng(1)
plt.rcParams.update(FIGURE_STYLE | {"savefig.dpi": 100, "figure.figsize": (7.2, 2.9),
                                    "figure.constrained_layout.use": True})


def panels(*titles, height=2.9):
    """A row of axes with these titles."""
    figure, axes = plt.subplots(1, len(titles), figsize=(7.2, height), squeeze=False)
    for axis, title in zip(axes[0], titles):
        axis.set_title(title)
    return figure, axes[0]


def agree(found, expected, within):
    """Print what was found beside what was expected; fail if they differ by more than `within`."""
    print(f"found {found:.4f} · expected {expected:.4f}")
    assert abs(found - expected) <= within


# %% [markdown]
# ## One equation updates every belief
#
# Trust in a person, trust in institutions, power to act, skills: each is a number x between 0 and 1 that
#
# - returns to a baseline as time passes (`wear`),
# - grows by closing part of the gap to 1 (`gain`), and
# - falls by losing part of what is there (`loss`).
#
# A dose split into two halves has the same effect as the whole: $1-(1-x)e^{-a}$ twice is $1-(1-x)e^{-2a}$. So nothing
# depends on whether a step lasts a day or a week.

# %%
doses = np.linspace(0, 4, 81)
figure, (up, back) = panels("gain and loss from 0.3, by dose", "return to 0.4, by years")
up.plot(doses, [belief.apply_gain(0.3, dose) for dose in doses], color=COLOURS[0], label="gain")
up.plot(doses, [belief.apply_loss(0.3, dose) for dose in doses], color=COLOURS[1], ls="--", label="loss")
up.legend(frameon=False)
for start in (0.0, 0.9):
    back.plot(doses, [belief.decay_to_baseline(start, 0.4, 0.7, 365 * years) for years in doses], color=COLOURS[2])
back.set(ylim=(0, 1)), up.set(ylim=(0, 1))
agree(belief.apply_gain(belief.apply_gain(0.3, 0.5), 0.5), belief.apply_gain(0.3, 1.0), 1e-12)

# %% [markdown]
# When gains and losses come at random, a belief wanders around
# $x^* = (g + r b) / (g + l + r)$: gains $g$, losses $l$ and wear $r$ per year, baseline $b$ (`steady_state_mean`). Four
# thousand people who have three good and one bad experience a year, each a dose of 0.2:

# %%
wear, dose = 0.35, 0.2
x = np.full(4000, 0.9)
means = []
for week in range(52 * 12):
    good, bad = rng.poisson(3 / 52, x.size), rng.poisson(1 / 52, x.size)
    x = (0.4 + (x - 0.4) * math.exp(-wear / 52))
    x = (1 - (1 - x) * np.exp(-dose * good)) * np.exp(-dose * bad)
    means.append(x.mean())
expected = belief.steady_state_mean(0.4, wear, 3 * belief.dose_to_share(dose), belief.dose_to_share(dose))
figure, (axis,) = panels("mean belief of 4,000 people, by years, and where it must settle", height=2.3)
axis.plot(np.arange(len(means)) / 52, means, color=COLOURS[0])
axis.axhline(expected, color=INK, ls=":")
agree(np.mean(means[-260:]), expected, 0.01)

# %% [markdown]
# ## Hours make friends
#
# Hall (2019) asked people how many hours they had spent with somebody before calling them a casual friend (about 50), a
# friend (90), a close friend (200). The model's trust closes its gap at a rate of ln 3 / 200 per hour, so that 200
# hours take a stranger to two thirds: $\tau(h) = 1 - 3^{-h/200}$.

# %%
hours = np.arange(0, 401)
trust = np.array([contact.trust_after_hours(0.0, float(h), model.contact.numbers) for h in hours])
figure, (axis,) = panels("trust by hours together", height=2.4)
axis.plot(hours, trust, color=COLOURS[0])
for h, name in ((50, "casual friend"), (90, "friend"), (200, "close friend")):
    axis.plot(h, trust[h], "o", color=COLOURS[1])
    axis.annotate(name, (h, trust[h]), (8, -10), textcoords="offset points", color=SOFT)
agree(trust[200], 2 / 3, 1e-9)
assert np.allclose(trust, 1 - 3.0 ** (-hours / 200))

# %% [markdown]
# ## Time is short, so ties compete
#
# A resident has some 6 hours a week for others and shares them out by trust. Ties that get visits grow and get more;
# the others decay. With k equal friends, trust in each is lower the more there are: nobody keeps two dozen close
# friends.

# %%
p = model.contact.numbers
worn = contact.decay_by_kind(p, 7.0)[1]
moved = belief.dose_to_share(p.gain * p.visit)


def steady_state_among(count):
    """Steady-state trust in each of `count` equal friendships, when both sides share 6 h a week equally."""
    visits = contact.expected_visits(6.0 / count, 6.0 / count, 1.0, 7.0, p)
    return contact.steady_state_trust(visits, worn, moved)


counts = np.arange(1, 25)
expected = [steady_state_among(float(count)) for count in counts]
simulated = []
for count in (2, 6, 24):
    trust = np.full(6000, 0.5)
    visits = contact.expected_visits(6.0 / count, 6.0 / count, 1.0, 7.0, p)
    for week in range(52 * 15):
        trust = 1 - (1 - trust * worn) * np.exp(-p.gain * p.visit * rng.poisson(visits, trust.size))
    simulated.append(trust.mean())
figure, (axis,) = panels("steady-state trust in each of k equal friendships (dots: simulated)", height=2.4)
axis.plot(counts, expected, color=COLOURS[0])
axis.plot((2, 6, 24), simulated, "o", color=COLOURS[1])
axis.set(xlabel="friends", ylim=(0, 1))
for count, seen in zip((2, 6, 24), simulated):
    agree(seen, steady_state_among(float(count)), 0.01)

# %% [markdown]
# ## News spreads like a contagion
#
# People hear of a place from members of their building and from those they trust. If everybody met everybody, the share
# that knows would follow the logistic curve $s(t) = 1 / (1 + (1/s_0 - 1) e^{-\beta t})$. Forty thousand residents, who
# hear at a rate of 0.1 a day times the share that knows, in steps of a fifth of a day (residents tell others from the
# step after the one in which they hear, so long steps would delay news):

# %%
people, beta, first, step = 40_000, 0.1, 0.05, 0.2
knows = rng.random(people) < first
share = [knows.mean()]
for turn in range(400):
    rate = hearing.hearing_rate(0.0, 0.0, 365 * beta * share[-1] / model.hearing.word_of_mouth, model.hearing.numbers)
    knows |= rng.random(people) < belief.event_probability(rate, step)
    share.append(knows.mean())
days = step * np.arange(401)
logistic = 1 / (1 + (1 / share[0] - 1) * np.exp(-beta * days))
figure, (axis,) = panels("share that has heard of the place, by days (dashes: logistic)", height=2.4)
axis.plot(days, share, color=COLOURS[0])
axis.plot(days, logistic, color=INK, ls="--", lw=1)
agree(np.abs(np.array(share) - logistic).max(), 0.0, 0.03)

# %% [markdown]
# ## Competing waiting times
#
# A resident who has heard of three sites may join one. Each site has a rate that depends on distance, friends there,
# barriers, welcome …; each rate gets a random waiting time, and the shortest one decides. Then site k is chosen with
# probability $\lambda_k / \sum \lambda$, and joining happens at the rate $\sum \lambda$.

# %%
rates = [0.2, 0.5, 1.3]
waits = np.array([[joining.time_to_event(u, rate) for u, rate in zip(draws, rates)]
                  for draws in rng.random((20000, 3))])
chosen = np.bincount(waits.argmin(1), minlength=3) / len(waits)
for seen, rate in zip(chosen, rates):
    agree(seen, rate / sum(rates), 0.012)
agree(waits.min(1).mean(), 365 / sum(rates), 5.0)

# %% [markdown]
# ## Full sites
#
# A site has a number of places. If members come and leave at random and nobody waits, a site with c places and a load
# a turns away Erlang's share $B(c, a)$. Here a site with 10 places, whose members leave at the model's `leaving_rate`.

# %%


def erlang(places, load):
    """Share turned away by a site without a waiting list (Erlang 1917)."""
    blocked = 1.0
    for k in range(1, places + 1):
        blocked = load * blocked / (k + load * blocked)
    return blocked


def turned_away(places, load, arrivals=60_000):
    """The same, simulated arrival by arrival with the model's waiting times."""
    leave = joining.leaving_rate(0.5, 0.0, 1.0, model.joining.numbers)
    today, leaving, away = 0.0, [], 0
    coming, staying = rng.random(arrivals), rng.random(arrivals)
    for u, v in zip(coming, staying):
        today += joining.time_to_event(u, leave * load)
        leaving = [day for day in leaving if day > today]
        if len(leaving) < places:
            leaving.append(today + joining.time_to_event(v, leave))
        else:
            away += 1
    return away / arrivals


loads = np.array([4.0, 7.0, 9.0, 14.0])
seen = [turned_away(10, load) for load in loads]
figure, (axis,) = panels("share turned away by a site with 10 places, by load (dots: simulated)", height=2.4)
axis.plot(np.linspace(1, 16, 60), [erlang(10, load) for load in np.linspace(1, 16, 60)], color=COLOURS[0])
axis.plot(loads, seen, "o", color=COLOURS[1])
for load, share_away in zip(loads, seen):
    agree(share_away, erlang(10, load), 0.012)

# %% [markdown]
# ## Who works with whom in a session
#
# A session brings together a group of 12. With facilitation of quality q, each pair works together with probability
# 6q/11, less if they differ and the site does not mix its public. So the number of partners is binomial, 6q on average.
# More staff for the same members means more quality, with diminishing returns.

# %%
p = model.meeting.numbers
figure, (crowd, staff) = panels("partners in a group of 12 (dots: binomial)", "quality by posts, for 150 members")
q = meeting.facilitation_quality(1.5, 150.0, p)
together = meeting.meeting_probability(q, 0.0, 0.0, 12.0, p)
partners = (rng.random((20000, 11)) < together).sum(1)
binomial = [math.comb(11, k) * together**k * (1 - together) ** (11 - k) for k in range(12)]
crowd.bar(range(12), np.bincount(partners, minlength=12) / partners.size, color=COLOURS[5])
crowd.plot(range(12), binomial, "o", color=INK, ms=4)
posts = np.linspace(0, 6, 61)
staff.plot(posts, [meeting.facilitation_quality(float(fte), 150.0, p) for fte in posts], color=COLOURS[0])
staff.set(ylim=(0, 1))
agree(partners.mean(), p.partners * q, 0.05)

# %% [markdown]
# Two members of one group spend a few hours a year together. These alone keep their trust at a low level, enough to say
# hello: projects create ties, visits make them strong.

# %%
both = p.attendance**2
weekly = both * (together * meeting.tie_session_hours(True, True, q, p)
                 + (1 - together) * meeting.tie_session_hours(True, False, q, p))
trust = 0.0
for week in range(52 * 60):
    decayed = belief.decay_to_baseline(trust, 0.0, model.contact.decay_project, 7.0)
    trust = belief.apply_gain(decayed, model.contact.gain * weekly)
keep, grow = math.exp(-model.contact.decay_project * 7 / 365), math.exp(-model.contact.gain * weekly)
print(f"{weekly * 365 / 7:.1f} hours a year")
agree(trust, (1 - grow) / (1 - keep * grow), 1e-6)

# %% [markdown]
# ## Asking, applying, accepting
#
# A need is private until somebody asks for help or the need is detected. The chance of asking grows with power to act.
# Applying to the town hall and accepting a request are logistic: in log odds they are straight lines, whose slope is
# the declared parameter.

# %%
ask, aid = model.asking.numbers, model.aiding.numbers
x = np.linspace(0, 1, 51)
apply = np.array([asking.application_probability(v, 0.3, 0.0, aid) for v in x])
accept = {load: np.array([accepting.acceptance_probability(v, 0.5, load, aid) for v in x]) for load in (0.0, 6.0)}
figure, (first, second) = panels("asks, by power to act; applies, by trust", "accepts, by trust in who asks")
first.plot(x, [asking.asking_probability(v, ask) for v in x], color=COLOURS[0], label="asks")
first.plot(x, apply, color=COLOURS[1], ls="--", label="applies")
second.plot(x, accept[0.0], color=COLOURS[0], label="rested")
second.plot(x, accept[6.0], color=COLOURS[1], ls="--", label="6 h a week already")
for axis in (first, second):
    axis.set(ylim=(0, 1))
    axis.legend(frameon=False, loc="lower right")


def odds(share):
    """Log odds."""
    return np.log(share / (1 - share))


agree(odds(apply[-1]) - odds(apply[0]), aid.apply_trust, 1e-9)
agree(odds(accept[0.0][-1]) - odds(accept[0.0][0]), aid.trust, 1e-9)
agree(odds(accept[0.0][0]) - odds(accept[6.0][0]), 6 * aid.load, 1e-9)

# %% [markdown]
# ## Helpers tire, and rest
#
# Load is a moving average of hours given, over about four weeks. It tends to the hours given and decays as $e^{-t/28}$
# once help stops, whatever the length of steps.

# %%
load, seen, kept = 0.0, [], accepting.load_retention(1.0, 28.0)
for day in range(200):
    load = accepting.update_load(load, 1000.0 if day < 100 else 0.0, 1.0, kept)  # an hour a day, then none
    seen.append(load)
figure, (axis,) = panels("load of somebody who gives an hour a day for 100 days (dashes: closed form)", height=2.3)
axis.plot(range(1, 201), seen, color=COLOURS[0])
closed_form = [7 * (1 - math.exp(-t / 28)) if t <= 100 else 7 * (1 - math.exp(-100 / 28)) * math.exp(-(t - 100) / 28)
               for t in range(1, 201)]
axis.plot(range(1, 201), closed_form, color=INK, ls="--", lw=1)
agree(np.abs(np.array(seen) - closed_form).max(), 0.0, 1e-9)

# %% [markdown]
# ## Allocation without loss
#
# Hours and goods are integers, in thousandths. An institution allocates what it has in proportion to demands; nothing
# is lost to rounding, and nobody gets more than the demand.

# %%
demands = rng.integers(0, 5000, 40)
shares = np.empty(40, np.int64)
relief.allocate_proportionally(demands, np.int64(30_001), shares)
print(f"asked {demands.sum():,} · there 30,001 · given {shares.sum():,}")
assert shares.sum() == 30_001 and (shares <= demands).all()
assert np.abs(shares - demands * 30_001 / demands.sum()).max() <= 1

# %% [markdown]
# ## Recovery takes work
#
# Functioning F is 1 on an ordinary day. It follows a ceiling that open needs, work left at home (aftermath) and being out of home
# set: a day closes $1 - e^{-\rho}$ of the distance, so that $F_t = C + (F_0 - C) e^{-\rho t}$ at a constant ceiling C. Work of w
# hours lowers the ceiling by its weight times $w / (w + s)$, half at s hours. Where work is done at a pace of v hours a day, the
# ceiling is back when the work is: $w_0 / v$ days. Twice the hands, half the time.

# %%
p = model.functioning.numbers


def days_of(level, ceilings):
    """Functioning day by day under these ceilings."""
    out = [level]
    for ceiling in ceilings:
        out.append(functioning.follow_ceiling(out[-1], ceiling, p))
    return np.array(out)


figure, (fall, rise) = panels("towards a ceiling of .6", "60 hours of work, by hours a day")
t = np.arange(21)
fall.plot(t, days_of(1.0, np.full(20, 0.6)), color=COLOURS[1], label="falls")
fall.plot(t, days_of(0.2, np.full(20, 0.6)), color=COLOURS[2], label="climbs")
assert np.allclose(days_of(1.0, np.full(20, 0.6)), 0.6 + 0.4 * np.exp(-p.fall * t))
assert np.allclose(days_of(0.2, np.full(20, 0.6)), 0.6 - 0.4 * np.exp(-p.climb * t))
fall.legend(frameon=False)
for pace, colour in ((0.5, COLOURS[1]), (1.0, COLOURS[4]), (2.0, COLOURS[2])):
    work = np.maximum(0.0, 60.0 - pace * np.arange(150))
    ceilings = 1.0 - p.weight_equipment * np.array([aftermath.saturating_share(1000.0 * hours, p.scale_equipment)
                                                    for hours in work])
    level = days_of(1.0, ceilings)
    rise.plot(level, color=colour, label=f"{pace:g} h a day")
    assert np.allclose(ceilings[0], 1.0 - p.weight_equipment * 60.0 / (60.0 + p.scale_equipment))
    assert (level[int(60 / pace) - 5] < 0.999) and level[min(149, int(60 / pace) + 20)] > 0.999
rise.legend(frameon=False)
for axis in (fall, rise):
    axis.set(ylim=(0, 1.02), xlabel="days")
agree(days_of(1.0, np.full(20, 0.6))[-1], 0.6, 1e-4)

# %% [markdown]
# ## Age and mortality
#
# The usual hazard of death grows by a fixed factor with each year of age (Gompertz 1825): a straight line on a
# logarithmic scale, one for each sex. Heat adds to it in proportion to strain, which builds up and fades with a lag: the
# excess is largest on the last hot day and ends a week later. The model computes expected excess deaths in this way to
# show who is affected; it does not forecast them.

# %%
ages = np.arange(40, 101)
h = model.heat.numbers
hazards = {sex: np.array([heat.usual_hazard(float(age), code, h) for age in ages])
           for code, sex in enumerate(("men", "women"))}
figure, (left, right) = panels("usual hazard of death per year, by age", "strain, by day of nine hot days", height=2.4)
for colour, (sex, hazard), growth in zip(COLOURS, hazards.items(), (h.man_age, h.woman_age)):
    left.semilogy(ages, hazard, color=colour, label=sex)
    agree(np.polyfit(ages, np.log(hazard), 1)[0], growth, 1e-9)
    print(f"{sex}: doubles every {math.log(2) / growth:.1f} years of age")
strain = [0.0]
for day in range(20):
    strain.append(heat.update_strain(strain[-1], heat.heat_dose(1.0, 1.0, 8.0, float(day)) if day < 9 else 0.0, h))
right.plot(strain, color=COLOURS[0])
left.legend(frameon=False)
agree(sum(strain[:10]) / sum(strain), 0.71, 0.01)

# %% [markdown]
# ## Together: a neighbourhood's network
#
# The mechanisms create a network. `to_networkx` returns it: a node per resident, an edge per tie with its kind and the
# mean trust of both sides. Here is one neighbourhood of a village after half a year. Members of a household, who trust
# one another fully, have no ties; ties that leave the neighbourhood are not drawn, nor residents outside the largest
# component.

# %%
village = TerritoryModel(Run(Scenario(Territory("village", communes=["93071"], residents=500,
                                                generic_sites_per_neighbourhood=1))))
while village.day < 182:
    village.step()
graph = village.residents.to_networkx(columns=("age", "neighbourhood", "member"))
adults = [node for node, data in graph.nodes(data=True) if data["neighbourhood"] == 0 and data["age"] >= 15]
neighbourhood = graph.subgraph(adults)
print(f"{graph.number_of_nodes()} residents, {graph.number_of_edges()} ties; here {len(adults)} aged 15 or more, "
      f"{neighbourhood.number_of_edges()} ties among them")

# %%
looks = {"kin": (COLOURS[1], "-"), "friend": (COLOURS[0], "-"), "neighbour": (COLOURS[2], "--"), "other": (SOFT, ":"),
         "project": (COLOURS[3], "-.")}
drawn = neighbourhood.subgraph(max(nx.connected_components(neighbourhood), key=len))
where = nx.kamada_kawai_layout(drawn)
figure, axis = plt.subplots(figsize=(7.2, 5.6))
for kind, (colour, line) in looks.items():
    edges = [(a, b) for a, b, data in drawn.edges(data=True) if data["kind"] == kind]
    for k, (a, b) in enumerate(edges):
        axis.plot(*zip(where[a], where[b]), color=colour, ls=line, lw=0.4 + 2 * drawn[a][b]["trust"], zorder=1,
                  label=f"{kind} ({len(edges)})" if k == 0 else None)
inside = [drawn.nodes[node]["member"] >= 0 for node in drawn]
spots = np.array([where[node] for node in drawn])
axis.scatter(*spots.T, s=[14 + 5 * degree for _, degree in drawn.degree], zorder=2, edgecolors="white", lw=0.5,
             c=[COLOURS[4] if belongs else INK for belongs in inside])
axis.set_title("Ties among adults of one neighbourhood; wider: more trust; orange: member of a place")
axis.legend(frameon=False, loc="best", fontsize=8)
axis.set_axis_off()

# %% [markdown]
# All tools of NetworkX can be used. Two measures that matter for help: how many residents can reach each other by ties,
# and whether two friends of a resident know each other (clustering) more often than in a random network with as many
# ties. They do: ties are created in buildings, in projects and through friends.

# %%
density = 2 * neighbourhood.number_of_edges() / (len(neighbourhood) * (len(neighbourhood) - 1))
print(f"{len(drawn) / len(neighbourhood):.0%} of them can reach one another by ties within the neighbourhood")
print(f"clustering {nx.average_clustering(neighbourhood):.3f}, in a random network {density:.3f}")
assert nx.average_clustering(neighbourhood) > 2 * density
