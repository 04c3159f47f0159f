"""Fund, site by site."""

from __future__ import annotations

import numpy as np

from ...kernel.keyed_random import draw_uniform
from ...kernel.random_streams import GRANT, SUCCESSION
from ...phases.fund import compute_own_income, compute_site_budgets
from ...phases.step.context import WEEK
from ...rules.belief import apply_loss
from ...rules.funding import DAYS_PER_YEAR, GRANT_COUNT, count_active_grants, must_close, prorate_yearly_amount
from ...rules.hearing import event_occurs
from ...world.sites.candidate import offer_site, withdraw_sites
from .common.queries import list_hazards


def renew_grants(model, world, context) -> np.ndarray:
    """bool[s]: sites that lose so many grants on 1 January that they must close."""
    sites, probability = world.sites, context.handles.site("grant_renewal")
    closing = np.zeros(len(sites), np.bool_)
    for year in context.new_years:
        for s in range(len(sites)):
            if sites.open[s]:
                sites.grants[s] = sum(1 << k for k in range(GRANT_COUNT)
                                      if draw_uniform(context.key, sites.uid[s], k, year, GRANT) < probability[s])
                has_grants = sites.staff[s] > 0 or not sites.planned[s]
                closing[s] = closing[s] or (has_grants and must_close(sites.grants[s]))
    return closing


def reopen_sites(model, world, context) -> None:
    """A new team may take over each site that has closed and that no lever had opened."""
    people, sites, settings = world.people, world.sites, world.settings
    for s in range(len(sites)):
        u = draw_uniform(context.key, sites.uid[s], 0, context.day, SUCCESSION)
        found = event_occurs(u, DAYS_PER_YEAR / settings.funding.vacancy, WEEK)
        if sites.open[s] or sites.planned[s] or not found:
            continue
        sites.open[s], sites.share[s], sites.grants[s] = 1, 1, sum(1 << k for k in range(GRANT_COUNT))
        world.ledger.count("sites_opened")
        for i in range(len(people)):
            for k in range(people.candidate.shape[1]):
                if people.candidate[i, k] == s:
                    people.host_trust[i, k] = settings.start.host_trust


def disappoint_members(model, world, context, closing) -> None:
    """Members of a site that closes or that a lever let down lose trust; so do residents a lever let down."""
    people, p = world.people, world.settings.meeting
    let_down, disappointed = context.handles.site("disappointed"), context.handles.resident("disappointed")
    dose = p.aid * p.asymmetry
    for i in range(len(people)):
        s = people.member[i]
        if s >= 0 and (closing[s] or let_down[s] > 0):
            people.trust_institutions[i] = apply_loss(people.trust_institutions[i], dose)
            for k in range(people.candidate.shape[1]):
                if people.candidate[i, k] == s:
                    people.host_trust[i, k] = apply_loss(people.host_trust[i, k], p.host_loss)
    if disappointed.size > 1:
        for i in range(len(people)):
            if disappointed[i] > 0 and people.alive[i]:
                people.trust_institutions[i] = apply_loss(people.trust_institutions[i], dose)


def close_sites(model, world, context, closing) -> None:
    """Sites that close lose their members and their waiting list."""
    people, sites = world.people, world.sites
    withdrawn = np.zeros(len(sites), np.bool_)
    for s in range(len(sites)):
        is_over = sites.planned[s] and sites.closes[s] <= context.day
        if not sites.open[s] or not (closing[s] or is_over):
            continue
        withdrawn[s] = is_over
        sites.open[s], sites.members[s] = 0, 0
        world.ledger.count("sites_closed")
        for i in range(len(people)):
            if people.member[i] == s:
                people.member[i] = -1
            if people.waiting[i] == s:
                people.waiting[i], people.waiting_since[i] = -1, -1
    withdraw_sites(world, withdrawn)


def update_site_budgets(model, world, context) -> None:
    """For each site: income, costs, and the wages that income and reserve allow."""
    sites = world.sites
    wages, running, grant = compute_site_budgets(world)
    own = compute_own_income(world, wages, running)
    for s in range(len(sites)):
        if sites.open[s]:
            one_grant, earned, costs, due = (int(prorate_yearly_amount(amount[s], context.day, WEEK))
                                             for amount in (grant, own, running, wages))
            granted = int(count_active_grants(sites.grants[s])) * one_grant
            spent = max(0, min(due, int(sites.reserve[s]) + granted + earned - costs))
            sites.reserve[s] += granted + earned - costs - spent
            sites.share[s] = spent / due if due else 1
            for k, amount in enumerate((granted, earned, spent, costs)):
                world.ledger.money[k] += amount


def open_planned_sites(model, world, context) -> None:
    """Planned sites open on their day."""
    sites = world.sites
    for s in range(len(sites)):
        due = context.day - WEEK < sites.opens[s] <= context.day < sites.closes[s]
        if context.handles.territory("new_sites") > 0 and sites.planned[s] and not sites.open[s] and due:
            sites.open[s] = 1
            offer_site(world, s)
            world.ledger.count("sites_opened")


def deliver_site_kits(model, world, context) -> None:
    """Add the kits that levers bring to sites."""
    sites, target = world.sites, context.handles.site("kits_given")
    for s in range(len(sites)):
        new = max(0, int(target[s]) - int(sites.kits_given[s])) if sites.open[s] else 0
        sites.kits[s] += new
        sites.kits_given[s] += new
        world.ledger.add_goods("kits_added", new)


def apply_crisis_trust_loss(model, world, context) -> None:
    """Trust in institutions falls on the first day of a crisis whose card says so."""
    people = world.people
    for hazard in list_hazards(context):
        for i in range(len(people)) if hazard.started else ():
            if hazard.exposure[i] > 0 and people.alive[i] and hazard.card.trust_loss > 0:
                dose = hazard.card.trust_loss * float(hazard.exposure[i])
                people.trust_institutions[i] = apply_loss(float(people.trust_institutions[i]), dose)


def find_site_component(world, rows: list[int], s: int) -> list[int]:
    """The networked sites that s is linked to, directly or through others, by uid."""
    sites, reach = world.sites, world.settings.providing.network
    component, grown = {s}, True
    while grown:
        near = {b for a in component for b in rows
                if np.hypot(float(sites.x[a]) - float(sites.x[b]), float(sites.y[a]) - float(sites.y[b])) <= reach}
        grown = not near <= component
        component |= near
    return sorted(component, key=lambda row: int(sites.uid[row]))


def redistribute_site_stocks(model, world, context) -> None:
    """Networked sites that are linked put a share of their stocks in common, one component after the other."""
    sites, level = world.sites, context.handles.site("stock_pooling")
    rows, done = [s for s in range(len(sites)) if level[s] > 0 and sites.open[s]], set()
    for s in sorted(rows, key=lambda row: int(sites.uid[row])) if len(rows) > 1 else ():
        component = find_site_component(world, rows, s)
        weights = [int(sites.members[site]) + 1 for site in component]
        for stock in (sites.pool, sites.kits) if s not in done else ():
            common = [int(min(1.0, level[site]) * float(stock[site])) for site in component]
            back = [sum(common) * weight // sum(weights) for weight in weights]
            for k in range(sum(common) - sum(back)):
                back[k] += 1
            for site, put_in, got_back in zip(component, common, back, strict=True):
                stock[site] += got_back - put_in
        done |= set(component)


REFERENCE_STAGES = (reopen_sites, renew_grants, disappoint_members, close_sites, update_site_budgets,
                    open_planned_sites, deliver_site_kits, apply_crisis_trust_loss, redistribute_site_stocks)
