"""Fund: grants renewed or lost, wages paid, sites opened, cut, closed; promises kept or broken (model 7.10 and 8).

Weekly, for 7 days. Reads the handles site.renewal, site.kits_given, site.let_down, resident.let_down,
territory.projects.
"""

from __future__ import annotations

import numpy as np

from ..kernel.compiled import kernel
from ..kernel.draw import uniform
from ..kernel.stream import GRANT
from ..rules.belief import loss
from ..rules.domain import MILLI
from ..rules.funding import GRANTS, closes, paid, running_grants
from ..world.candidate import offer_site
from ..world.world import World
from .moment import WEEK, Moment

WRITES = ("sites.reserve", "sites.grants", "sites.share", "sites.open", "sites.kits", "sites.kits_given",
          "sites.members", "people.member", "people.waiting", "people.waiting_since", "people.trust_institutions",
          "people.host_trust", "people.candidate", "people.aware")


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
            closing[s] |= closes(bits)
    return closing


def pay(world: World, now: Moment) -> None:
    """Income and costs of the week; the reserve bridges a lost grant, then posts are cut pro rata."""
    sites, ledger = world.sites, world.ledger
    wages, running, grant = budget(world)
    own = own_income(world)
    for s in np.flatnonzero(sites.open):
        granted = int(running_grants(sites.grants[s])) * int(paid(grant[s], now.day, WEEK))
        earned = int(paid(own[s], now.day, WEEK))
        costs = int(paid(running[s], now.day, WEEK))
        due = int(paid(wages[s], now.day, WEEK))
        spent = max(0, min(due, int(sites.reserve[s]) + granted + earned - costs))
        sites.reserve[s] += granted + earned - costs - spent
        sites.share[s] = spent / due if due else 1
        ledger.money += np.array([granted, earned, spent, costs], np.int64)


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
    rows = np.flatnonzero(people.member >= 0)
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
    # Sites opened by a lever go with it; another lever that ends there only disappoints.
    abandoned = now.handles.territory("projects") <= 0
    shut = closing | ((now.handles.site("let_down") > 0) & (sites.planned > 0) & abandoned)
    shut &= sites.open > 0
    sites.open[shut] = 0
    gone = np.flatnonzero(people.member >= 0)
    gone = gone[shut[people.member[gone]]]
    people.member[gone] = -1
    dropped = np.flatnonzero(people.waiting >= 0)
    dropped = dropped[shut[people.waiting[dropped]]]
    people.waiting[dropped] = -1
    people.waiting_since[dropped] = -1
    sites.members[shut] = 0
    world.ledger.count("closed", int(shut.sum()))


def open_planned(world: World, now: Moment) -> None:
    """Planned sites open on their day while a lever asks for projects; they enter the residents' choices."""
    sites = world.sites
    if now.handles.territory("projects") <= 0:
        return
    for s in np.flatnonzero((sites.planned > 0) & (sites.open == 0) & (sites.opens <= now.day)
                            & (sites.opens > now.day - WEEK)):
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


def step(world: World, now: Moment) -> None:
    """Play the phase."""
    if not now.weekly:
        return
    closing = now.stage("fund.renew", renew)(world, now)
    now.stage("fund.disappoint", disappoint)(world, now, closing)
    now.stage("fund.close", close)(world, now, closing)
    now.stage("fund.pay", pay)(world, now)
    now.stage("fund.open", open_planned)(world, now)
    now.stage("fund.deliver", deliver)(world, now)
