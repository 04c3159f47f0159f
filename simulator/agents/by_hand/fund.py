"""Fund, played site by site."""

from __future__ import annotations

import numpy as np

from ...kernel.random import uniform
from ...kernel.stream import GRANT
from ...phases.fund import WEEK, budget, own_income
from ...rules.belief import loss
from ...rules.funding import GRANTS, closes, paid, running_grants
from ...world.sites.candidate import offer_site, withdraw_sites
from .plain import hazards


def renew(model, world, now) -> np.ndarray:
    """bool[s]: sites that lose two grants or more on 1 January."""
    sites, chance = world.sites, now.handles.site("renewal")
    closing = np.zeros(len(sites), np.bool_)
    for year in now.year_turns:
        for s in range(len(sites)):
            if sites.open[s]:
                kept = [uniform(now.key, sites.uid[s], k, year, GRANT) < chance[s] for k in range(GRANTS)]
                sites.grants[s] = sum(1 << k for k, keeps in enumerate(kept) if keeps)
                closing[s] = closing[s] or (sites.staff[s] > 0 and closes(sites.grants[s]))
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
    gone = np.zeros(len(sites), np.bool_)
    for s in range(len(sites)):
        over = sites.planned[s] and sites.closes[s] <= now.day
        if not sites.open[s] or not (closing[s] or over):
            continue
        gone[s] = over
        sites.open[s], sites.members[s] = 0, 0
        world.ledger.count("closed")
        for i in range(len(people)):
            if people.member[i] == s:
                people.member[i] = -1
            if people.waiting[i] == s:
                people.waiting[i], people.waiting_since[i] = -1, -1
    withdraw_sites(world, gone)


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
        due = now.day - WEEK < sites.opens[s] <= now.day < sites.closes[s]
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


def shake(model, world, now) -> None:
    """Trust in institutions on the first day of a crisis that costs some."""
    people = world.people
    for hazard in hazards(now):
        for i in range(len(people)) if hazard.started else ():
            if hazard.exposure[i] > 0 and people.alive[i] and hazard.card.trust_loss > 0:
                dose = hazard.card.trust_loss * float(hazard.exposure[i])
                people.trust_institutions[i] = loss(float(people.trust_institutions[i]), dose)


def circle_of(world, rows: list[int], s: int) -> list[int]:
    """The networked sites that s can share with, directly or through others, by uid."""
    sites, km = world.sites, world.settings.providing.network
    circle, grown = {s}, True
    while grown:
        near = {b for a in circle for b in rows
                if np.hypot(float(sites.x[a]) - float(sites.x[b]), float(sites.y[a]) - float(sites.y[b])) <= km}
        grown = not near <= circle
        circle |= near
    return sorted(circle, key=lambda row: int(sites.uid[row]))


def even_out(model, world, now) -> None:
    """Each circle of sites in turn."""
    sites, level = world.sites, now.handles.site("networked")
    rows, done = [s for s in range(len(sites)) if level[s] > 0 and sites.open[s]], set()
    for s in sorted(rows, key=lambda row: int(sites.uid[row])) if len(rows) > 1 else ():
        circle = circle_of(world, rows, s)
        weights = [int(sites.members[one]) + 1 for one in circle]
        for shelf in (sites.pool, sites.kits) if s not in done else ():
            common = [int(min(1.0, level[one]) * float(shelf[one])) for one in circle]
            back = [sum(common) * weight // sum(weights) for weight in weights]
            for k in range(sum(common) - sum(back)):
                back[k] += 1
            for one, put, got in zip(circle, common, back, strict=True):
                shelf[one] += got - put
        done |= set(circle)


HAND = {"fund.renew": renew, "fund.disappoint": disappoint, "fund.close": close, "fund.pay": pay,
        "fund.open": open_planned, "fund.deliver": deliver, "fund.shake": shake, "fund.even_out": even_out}
