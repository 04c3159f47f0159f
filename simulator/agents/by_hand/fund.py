"""Fund, played site by site."""

from __future__ import annotations

import numpy as np

from ...kernel.draw import uniform
from ...kernel.stream import GRANT
from ...phases.fund import WEEK, budget, own_income
from ...rules.belief import loss
from ...rules.funding import GRANTS, closes, paid, running_grants
from ...world.candidate import offer_site


def renew(model, world, now) -> np.ndarray:
    """bool[s]: sites that lose two grants or more on 1 January."""
    sites, chance = world.sites, now.handles.site("renewal")
    closing = np.zeros(len(sites), np.bool_)
    for year in now.year_turns:
        for s in range(len(sites)):
            if sites.open[s]:
                kept = [uniform(now.key, sites.uid[s], k, year, GRANT) < chance[s] for k in range(GRANTS)]
                sites.grants[s] = sum(1 << k for k, keeps in enumerate(kept) if keeps)
                closing[s] = closing[s] or closes(sites.grants[s])
    return closing


def disappoint(model, world, now, closing) -> None:
    """Members of a closing or abandoned site lose trust; so do those a lever let down."""
    people, p = world.people, world.settings.meeting
    let_down, told = now.handles.site("let_down"), now.handles.resident("let_down")
    dose = p.aid * p.asymmetry
    for i in range(len(people)):
        s = people.member[i]
        if s >= 0 and (closing[s] or let_down[s] > 0):
            people.trust_institutions[i] = loss(people.trust_institutions[i], dose)
            for k in range(people.candidate.shape[1]):
                if people.candidate[i, k] == s:
                    people.host_trust[i, k] = loss(people.host_trust[i, k], p.host_loss)
    if told.size > 1:
        for i in range(len(people)):
            if told[i] > 0 and people.alive[i]:
                people.trust_institutions[i] = loss(people.trust_institutions[i], dose)


def close(model, world, now, closing) -> None:
    """Closed sites send their members and their queue away."""
    people, sites = world.people, world.sites
    let_down = now.handles.site("let_down")
    for s in range(len(sites)):
        abandoned = now.handles.territory("projects") <= 0 and let_down[s] > 0 and sites.planned[s]
        if not sites.open[s] or not (closing[s] or abandoned):
            continue
        sites.open[s], sites.members[s] = 0, 0
        world.ledger.count("closed")
        for i in range(len(people)):
            if people.member[i] == s:
                people.member[i] = -1
            if people.waiting[i] == s:
                people.waiting[i], people.waiting_since[i] = -1, -1


def pay(model, world, now) -> None:
    """One site after another: what comes in, what is due, what the reserve still allows for wages."""
    sites = world.sites
    wages, running, grant = budget(world)
    own = own_income(world)
    for s in range(len(sites)):
        if sites.open[s]:
            granted = int(running_grants(sites.grants[s])) * int(paid(grant[s], now.day, WEEK))
            earned, costs = int(paid(own[s], now.day, WEEK)), int(paid(running[s], now.day, WEEK))
            due = int(paid(wages[s], now.day, WEEK))
            spent = max(0, min(due, int(sites.reserve[s]) + granted + earned - costs))
            sites.reserve[s] += granted + earned - costs - spent
            sites.share[s] = spent / due if due else 1
            for k, amount in enumerate((granted, earned, spent, costs)):
                world.ledger.money[k] += amount


def open_planned(model, world, now) -> None:
    """Planned sites whose day has come."""
    sites = world.sites
    for s in range(len(sites)):
        due = now.day - WEEK < sites.opens[s] <= now.day
        if now.handles.territory("projects") > 0 and sites.planned[s] and not sites.open[s] and due:
            sites.open[s] = 1
            offer_site(world, s)
            world.ledger.count("opened")


def deliver(model, world, now) -> None:
    """Kits a lever brings."""
    sites, target = world.sites, now.handles.site("kits_given")
    for s in range(len(sites)):
        new = max(0, int(target[s]) - int(sites.kits_given[s])) if sites.open[s] else 0
        sites.kits[s] += new
        sites.kits_given[s] += new
        world.ledger.good("kits_in", new)


HAND = {"fund.renew": renew, "fund.disappoint": disappoint, "fund.close": close, "fund.pay": pay,
        "fund.open": open_planned, "fund.deliver": deliver}
