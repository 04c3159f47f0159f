"""Fund: grants renewed or lost, wages paid, sites opened, cut, closed; promises kept or broken (model 7.10 and 8).

Weekly, for 7 days; networked sites even out their shelves every day, and a crisis may cost trust on its first day.
Reads the handles site.renewal, site.kits_given, site.let_down, site.networked, resident.let_down, territory.projects.
"""

from __future__ import annotations

import numpy as np

from ..kernel.compiled import kernel
from ..kernel.random import uniform
from ..kernel.stream import GRANT
from ..rules.belief import loss
from ..rules.domain import MILLI
from ..rules.funding import GRANTS, closes, paid, running_grants
from ..world.sites.candidate import offer_site, withdraw_sites
from ..world.world import World
from .step.columns import MEMBERS, holding, read
from .step.context import WEEK, Moment

WRITES = ("sites.reserve", "sites.grants", "sites.share", "sites.open", "sites.kits", "sites.kits_given",
          "sites.members", "sites.pool", "people.member", "people.waiting", "people.waiting_since",
          "people.trust_institutions", "people.host_trust", "people.candidate", "people.aware")


def budget(world: World) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """int64[s] yearly milli-euros at full staff: wages, running costs, and one grant (a third of what is not own)."""
    p = world.settings.funding
    wages = np.round(world.sites.staff.astype(np.float64) * p.post * MILLI).astype(np.int64)
    running = np.round(wages * p.overhead).astype(np.int64)
    grant = np.round((wages + running) * (1 - p.own) / GRANTS).astype(np.int64)
    return wages, running, grant


def own_income(world: World) -> np.ndarray:
    """int64[s] yearly milli-euros of sales, fees and hire."""
    wages, running, _ = budget(world)
    return np.round((wages + running) * world.settings.funding.own).astype(np.int64)


def renew(world: World, now: Moment) -> np.ndarray:
    """bool[s]: sites that close. On 1 January each grant is renewed or lost, by a draw of its own."""
    sites, closing = world.sites, np.zeros(len(world.sites), np.bool_)
    chance = now.handles.site("renewal")
    for year in now.year_turns:
        for s in np.flatnonzero(sites.open):
            bits = 0
            for grant in range(GRANTS):
                if uniform(now.key, sites.uid[s], grant, year, GRANT) < chance[s]:
                    bits |= 1 << grant
            sites.grants[s] = bits
            # A group without posts lives on no grants: it has none to lose.
            closing[s] |= sites.staff[s] > 0 and closes(bits)
    return closing


@kernel
def _pay(rows, day, yearly, grants, reserve, share, money):
    wages, running, grant, own = yearly
    for s in rows:
        granted = np.int64(running_grants(grants[s])) * paid(grant[s], day, WEEK)
        earned, costs, due = paid(own[s], day, WEEK), paid(running[s], day, WEEK), paid(wages[s], day, WEEK)
        spent = max(0, min(due, reserve[s] + granted + earned - costs))
        reserve[s] += granted + earned - costs - spent
        share[s] = spent / due if due else 1.0
        for k, amount in enumerate((granted, earned, spent, costs)):
            money[k] += amount


def pay(world: World, now: Moment) -> None:
    """Income and costs of the week; the reserve bridges a lost grant, then posts are cut pro rata."""
    sites = world.sites
    _pay(np.flatnonzero(sites.open), now.day, (*budget(world), own_income(world)), read(sites.grants), sites.reserve,
         sites.share, world.ledger.money)


@kernel
def _hurt(rows, site, candidate, institutions, host_trust, dose, host_dose):
    for m in range(rows.size):
        i = rows[m]
        institutions[i] = loss(institutions[i], dose)
        for k in range(candidate.shape[1]):
            if candidate[i, k] == site[m]:
                host_trust[i, k] = loss(host_trust[i, k], host_dose)


def disappoint(world: World, now: Moment, closing: np.ndarray) -> None:
    """A site that closes, or a lever cut without hand-over, costs trust in the host and in institutions."""
    people, p = world.people, world.settings.meeting
    dose = p.aid * p.asymmetry
    broken = closing | (now.handles.site("let_down") > 0)
    rows = holding(people.member) if broken.any() else np.zeros(0, np.int32)
    rows = rows[broken[people.member[rows]]]
    _hurt(rows, people.member[rows], people.candidate, people.trust_institutions, people.host_trust, dose,
          p.host_loss)
    told = now.handles.resident("let_down")
    if told.size > 1:
        rows = np.flatnonzero((told > 0) & (people.alive > 0))
        _hurt(rows, np.full(rows.size, -2, np.int32), people.candidate, people.trust_institutions, people.host_trust,
              dose, p.host_loss)


def close(world: World, now: Moment, closing: np.ndarray) -> None:
    """Closed sites lose their members and their waiting list."""
    people, sites = world.people, world.sites
    # Sites opened by a lever go on the day that was planned; another lever that ends there only disappoints.
    over = (sites.planned > 0) & (sites.closes <= now.day)
    shut = (closing | over) & (sites.open > 0)
    sites.open[shut] = 0
    if shut.any():
        gone, dropped = holding(people.member), holding(people.waiting)
        gone, dropped = gone[shut[people.member[gone]]], dropped[shut[people.waiting[dropped]]]
        people.member[gone] = -1
        people.waiting[dropped] = -1
        people.waiting_since[dropped] = -1
        now.kept.pop(MEMBERS, None)
    sites.members[shut] = 0
    withdraw_sites(world, shut & over)
    world.ledger.count("closed", int(shut.sum()))


def open_planned(world: World, now: Moment) -> None:
    """Planned sites open on their day while a lever asks for projects; they enter the residents' choices."""
    sites = world.sites
    if now.handles.territory("projects") <= 0:
        return
    for s in np.flatnonzero((sites.planned > 0) & (sites.open == 0) & (sites.opens <= now.day)
                            & (sites.opens > now.day - WEEK) & (sites.closes > now.day)):
        sites.open[s] = 1
        offer_site(world, int(s))
        world.ledger.count("opened")


def deliver(world: World, now: Moment) -> None:
    """Kits that a lever brings to a site."""
    sites = world.sites
    target = np.floor(now.handles.site("kits_given")).astype(np.int64)
    new = np.where(sites.open > 0, np.maximum(0, target - sites.kits_given), 0)
    sites.kits[:] += new.astype(sites.kits.dtype)
    sites.kits_given[:] += new.astype(sites.kits_given.dtype)
    world.ledger.good("kits_in", int(new.sum()))


def shake(world: World, now: Moment) -> None:
    """A crisis that sets residents against institutions costs trust in them on its first day, by exposure."""
    people = world.people
    for hazard in sorted(now.hazards, key=lambda one: (one.card.id, one.days_since)):
        if hazard.started and hazard.card.trust_loss > 0:
            rows = np.flatnonzero((hazard.exposure > 0) & (people.alive > 0))
            _shaken(rows, hazard.exposure, hazard.card.trust_loss, people.trust_institutions)


@kernel
def _shaken(rows, exposure, dose, institutions):
    for i in rows:
        institutions[i] = loss(np.float64(institutions[i]), dose * np.float64(exposure[i]))


def circles(world: World, rows: np.ndarray) -> np.ndarray:
    """int64[k]: for each of the sites int64[k] the first of those it can share with: near, or near to one that is."""
    sites, near = world.sites, world.settings.providing.network
    x, y = sites.x[rows].astype(np.float64), sites.y[rows].astype(np.float64)
    linked = np.hypot(x[:, None] - x, y[:, None] - y) <= near
    first = np.arange(len(rows))
    for _ in rows:
        joined = np.where(linked, first, len(rows)).min(axis=1)
        if (joined == first).all():
            break
        first = joined
    return first


def even_out(world: World, now: Moment) -> None:
    """Networked sites put a share of their shelves in common; each takes back by its members, in whole numbers."""
    sites, level = world.sites, np.clip(now.handles.site("networked"), 0.0, 1.0)
    rows = np.flatnonzero((level > 0) & (sites.open > 0))
    rows = rows[np.argsort(sites.uid[rows])]
    if len(rows) < 2:
        return
    first = circles(world, rows)
    for circle in np.unique(first):
        inside = rows[first == circle]
        weight = sites.members[inside].astype(np.int64) + 1
        for shelf in (sites.pool, sites.kits):
            common = np.floor(level[inside] * shelf[inside]).astype(np.int64)
            back = common.sum() * weight // weight.sum()
            back[:common.sum() - back.sum()] += 1
            shelf[inside] += (back - common).astype(shelf.dtype)


def step(world: World, now: Moment) -> None:
    """Play the phase."""
    now.stage("fund.shake", shake)(world, now)
    if now.handles.site("networked").any():
        now.stage("fund.even_out", even_out)(world, now)
    if not now.weekly:
        return
    closing = now.stage("fund.renew", renew)(world, now)
    now.stage("fund.disappoint", disappoint)(world, now, closing)
    now.stage("fund.close", close)(world, now, closing)
    now.stage("fund.pay", pay)(world, now)
    now.stage("fund.open", open_planned)(world, now)
    now.stage("fund.deliver", deliver)(world, now)
