"""Fund: sites win or lose grants, pay wages, open and close; closures cost trust (model 7.10 and 8).

Weekly, for 7 days. Networked sites share their stocks every day, and a crisis may cost trust on its first day.
Reads the handles site.grant_renewal, site.kits_given, site.disappointed, site.stock_pooling, resident.disappointed,
territory.new_sites.
"""

from __future__ import annotations

import numpy as np

from ..kernel.compiled import kernel
from ..kernel.keyed_random import draw_uniform
from ..kernel.random_streams import GRANT, SUCCESSION
from ..rules.belief import apply_loss
from ..rules.funding import DAYS_PER_YEAR, GRANT_COUNT, count_active_grants, must_close, prorate_yearly_amount
from ..rules.hearing import event_occurs
from ..rules.need_domains import MILLI
from ..world.sites.candidate import offer_site, withdraw_sites
from ..world.world import World
from .step.context import WEEK, StepContext
from .step.row_lists import MEMBERS_CACHE_KEY, list_assigned_rows

WRITES = ("sites.reserve", "sites.grants", "sites.share", "sites.open", "sites.kits", "sites.kits_given",
          "sites.members", "sites.pool", "people.member", "people.waiting", "people.waiting_since",
          "people.trust_institutions", "people.host_trust", "people.candidate", "people.aware")


def step(world: World, context: StepContext) -> None:
    """Every day trust reacts to crises and networked sites share stocks; on weekly steps budgets and sites change."""
    if not context.is_cut("institution_trust"):
        context.run_stage(apply_crisis_trust_loss, world)
    if context.handles.site("stock_pooling").any():
        context.run_stage(redistribute_site_stocks, world)
    if not context.is_weekly:
        return
    context.run_stage(reopen_sites, world)
    closing = context.run_stage(renew_grants, world)
    context.run_stage(disappoint_members, world, closing)
    context.run_stage(close_sites, world, closing)
    context.run_stage(update_site_budgets, world)
    context.run_stage(open_planned_sites, world)
    context.run_stage(deliver_site_kits, world)


def renew_grants(world: World, context: StepContext) -> np.ndarray:
    """On 1 January each grant is renewed or lost, by its own draw. Returns bool[s]: sites that must close."""
    sites, closing = world.sites, np.zeros(len(world.sites), np.bool_)
    probability = context.handles.site("grant_renewal")
    for year in context.new_years:
        for s in np.flatnonzero(sites.open):
            bits = 0
            for grant in range(GRANT_COUNT):
                if draw_uniform(context.key, sites.uid[s], grant, year, GRANT) < probability[s]:
                    bits |= 1 << grant
            sites.grants[s] = bits
            # A group that a micro-grant made has no grants to lose.
            closing[s] |= (sites.staff[s] > 0 or not sites.planned[s]) and must_close(bits)
    return closing


def reopen_sites(world: World, context: StepContext) -> None:
    """A new team may take over a site that has closed, with new grants; residents know the place, not yet the team.

    It comes funding.vacancy days later on average. Sites opened by levers have no successor.
    """
    people, sites = world.people, world.sites
    rate = DAYS_PER_YEAR / world.settings.funding.vacancy
    for s in np.flatnonzero((sites.open == 0) & (sites.planned == 0)):
        if event_occurs(draw_uniform(context.key, sites.uid[s], 0, context.day, SUCCESSION), rate, WEEK):
            sites.open[s], sites.share[s], sites.grants[s] = 1, 1, (1 << GRANT_COUNT) - 1
            people.host_trust[people.candidate == s] = world.settings.start.host_trust
            world.ledger.count("sites_opened")


def disappoint_members(world: World, context: StepContext, closing: np.ndarray) -> None:
    """A site that closes, bool[s], or a lever that ends without hand-over costs trust in host and institutions."""
    people, p = world.people, world.settings.meeting
    dose = p.aid * p.asymmetry
    disappointing = closing | (context.handles.site("disappointed") > 0)
    if disappointing.any():
        rows = list_assigned_rows(people.member)
        rows = rows[disappointing[people.member[rows]]]
        _disappoint_members(rows, people.member[rows], people.candidate, people.trust_institutions, people.host_trust,
                            dose, p.host_loss)
    disappointed = context.handles.resident("disappointed")
    if disappointed.size > 1:
        rows = np.flatnonzero((disappointed > 0) & (people.alive > 0))
        no_site = np.full(rows.size, -2, np.int32)
        _disappoint_members(rows, no_site, people.candidate, people.trust_institutions,
                            people.host_trust, dose, p.host_loss)


@kernel
def _disappoint_members(rows, site, candidate, institution_trust, host_trust, dose, host_dose):
    for m in range(rows.size):
        i = rows[m]
        institution_trust[i] = apply_loss(institution_trust[i], dose)
        for k in range(candidate.shape[1]):
            if candidate[i, k] == site[m]:
                host_trust[i, k] = apply_loss(host_trust[i, k], host_dose)


def close_sites(world: World, context: StepContext, closing: np.ndarray) -> None:
    """Sites that close, bool[s], or whose planned time is over lose their members and their waiting list."""
    people, sites = world.people, world.sites
    # A site opened by a lever closes on its planned day; another lever that ends there only disappoints.
    over = (sites.planned > 0) & (sites.closes <= context.day)
    closed = (closing | over) & (sites.open > 0)
    if not closed.any():
        return
    sites.open[closed] = 0
    members, waiting = list_assigned_rows(people.member), list_assigned_rows(people.waiting)
    members, waiting = members[closed[people.member[members]]], waiting[closed[people.waiting[waiting]]]
    people.member[members] = -1
    people.waiting[waiting] = -1
    people.waiting_since[waiting] = -1
    context.cache.pop(MEMBERS_CACHE_KEY, None)
    sites.members[closed] = 0
    withdraw_sites(world, closed & over)
    world.ledger.count("sites_closed", int(closed.sum()))


def update_site_budgets(world: World, context: StepContext) -> None:
    """Book the week's income and costs. The reserve makes up for lost grants; once empty, posts are cut pro rata."""
    sites, (wages, running, grant) = world.sites, compute_site_budgets(world)
    yearly = wages, running, grant, compute_own_income(world, wages, running)
    _update_site_budgets(np.flatnonzero(sites.open), context.day, yearly, sites.view("grants"), sites.reserve,
                         sites.share, world.ledger.money)


@kernel
def _update_site_budgets(rows, day, yearly, grants, reserve, share, money):
    wages, running, grant, own = yearly
    for s in rows:
        granted = np.int64(count_active_grants(grants[s])) * prorate_yearly_amount(grant[s], day, WEEK)
        earned, costs = prorate_yearly_amount(own[s], day, WEEK), prorate_yearly_amount(running[s], day, WEEK)
        due = prorate_yearly_amount(wages[s], day, WEEK)
        spent = max(0, min(due, reserve[s] + granted + earned - costs))
        reserve[s] += granted + earned - costs - spent
        share[s] = spent / due if due else 1.0
        for k, amount in enumerate((granted, earned, spent, costs)):
            money[k] += amount


def compute_site_budgets(world: World) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """int64[s] three times, milli-euros a year at full staff: wages, running costs, one grant.

    The GRANT_COUNT grants together pay what own income does not.
    """
    p = world.settings.funding
    wages = np.round(world.sites.staff.astype(np.float64) * p.post * MILLI).astype(np.int64)
    running = np.round(wages * p.overhead).astype(np.int64)
    grant = np.round((wages + running) * (1 - p.own) / GRANT_COUNT).astype(np.int64)
    return wages, running, grant


def compute_own_income(world: World, wages: np.ndarray, running: np.ndarray) -> np.ndarray:
    """int64[s], milli-euros a year: own income of each site from sales, fees and hire, by its costs int64[s]."""
    return np.round((wages + running) * world.settings.funding.own).astype(np.int64)


def open_planned_sites(world: World, context: StepContext) -> None:
    """Planned sites open on their day while a lever asks for new sites; they become candidates of residents."""
    sites = world.sites
    if context.handles.territory("new_sites") <= 0:
        return
    is_due = (sites.opens <= context.day) & (sites.opens > context.day - WEEK) & (sites.closes > context.day)
    for s in np.flatnonzero((sites.planned > 0) & (sites.open == 0) & is_due):
        sites.open[s] = 1
        offer_site(world, int(s))
        world.ledger.count("sites_opened")


def deliver_site_kits(world: World, context: StepContext) -> None:
    """Add the kits that levers bring to sites; each is delivered once."""
    sites = world.sites
    target = np.floor(context.handles.site("kits_given")).astype(np.int64)
    if not target.any():
        return
    new = np.where(sites.open > 0, np.maximum(0, target - sites.kits_given), 0)
    sites.kits[:] += new.astype(sites.kits.dtype)
    sites.kits_given[:] += new.astype(sites.kits_given.dtype)
    world.ledger.add_goods("kits_added", int(new.sum()))


def apply_crisis_trust_loss(world: World, context: StepContext) -> None:
    """A crisis whose card says so costs trust in institutions on its first day, in proportion to exposure."""
    people = world.people
    for hazard in sorted(context.hazards, key=lambda hazard: (hazard.card.id, hazard.days_since)):
        if hazard.started and hazard.card.trust_loss > 0:
            rows = np.flatnonzero((hazard.exposure > 0) & (people.alive > 0))
            _apply_crisis_trust_loss(rows, hazard.exposure, hazard.card.trust_loss, people.trust_institutions)


@kernel
def _apply_crisis_trust_loss(rows, exposure, dose, institution_trust):
    for i in rows:
        institution_trust[i] = apply_loss(np.float64(institution_trust[i]), dose * np.float64(exposure[i]))


def redistribute_site_stocks(world: World, context: StepContext) -> None:
    """Networked sites pool a share of their stocks; each gets back in proportion to members + 1, in whole units."""
    sites, level = world.sites, np.clip(context.handles.site("stock_pooling"), 0.0, 1.0)
    rows = np.flatnonzero((level > 0) & (sites.open > 0))
    rows = rows[np.argsort(sites.uid[rows])]
    if len(rows) < 2:
        return
    first = find_site_components(world, rows)
    for component in np.unique(first):
        inside = rows[first == component]
        weight = sites.members[inside].astype(np.int64) + 1
        for stock in (sites.pool, sites.kits):
            common = np.floor(level[inside] * stock[inside]).astype(np.int64)
            back = common.sum() * weight // weight.sum()
            back[:common.sum() - back.sum()] += 1
            stock[inside] += (back - common).astype(stock.dtype)


def find_site_components(world: World, rows: np.ndarray) -> np.ndarray:
    """int64[k]: component of each of the sites int64[k]: the first site it is linked to, directly or through others.

    Two sites are linked when they are at most providing.network km apart.
    """
    sites, reach = world.sites, world.settings.providing.network
    x, y = sites.x[rows].astype(np.float64), sites.y[rows].astype(np.float64)
    linked = np.hypot(x[:, None] - x, y[:, None] - y) <= reach
    first = np.arange(len(rows))
    for _ in rows:
        lowest = np.where(linked, first, len(rows)).min(axis=1)
        if (lowest == first).all():
            break
        first = lowest
    return first
