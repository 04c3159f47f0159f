"""Relief: for everyday needs open sites lend kits, give goods and match volunteers' time with needs (model 7.7).

Reads the handles site.staff, site.relief, site.donation, site.activity, site.goods_inflow, territory.site_activity,
resident.referred, resident.site_access.
"""

from __future__ import annotations

import numpy as np

from ..kernel.broadcast import value_at
from ..kernel.compiled import chunk_range, kernel, parallel_kernel
from ..kernel.keyed_random import draw_uniform
from ..kernel.random_streams import DONATE, LOAN_LOST, RELIEF
from ..kernel.table import read_only_view
from ..rules.asking import probability_over_days
from ..rules.coping import surplus_stock
from ..rules.need_domains import BY_SITE, EQUIPMENT, FOOD, MILLI
from ..rules.needing import WEEK, integer_flow
from ..rules.relief import scale_amount
from ..world.world import World
from .help.allocation import allocate_by_owner, draw_priorities
from .help.requests import STRANGER_KIND
from .help.site_aid import choose_host_site, lend_kits
from .help.volunteer_time import (
    allocate_site_volunteers,
    apply_volunteer_feedback,
    compute_relief_share,
    spend_volunteer_time,
)
from .projects.facilitation import compute_facilitation
from .step.columns import find_speaker, view_housing, view_residents
from .step.context import StepContext
from .step.row_lists import list_assigned_rows, list_in_need, list_site_members

WRITES = ("people.backlog", "people.time_given", "people.lent", "people.loan", "people.agency", "households.stock",
          "sites.pool", "sites.kits", "sites.donated", "sites.lost_kits")


def step(world: World, context: StepContext) -> None:
    """Kits come back and donations come in; sites take up needs of residents and meet what they can."""
    ledger, people = world.ledger, world.people
    back, lost = context.run_stage(return_loaned_kits, world)
    ledger.add_goods("kits_returned", back)
    ledger.add_goods("kits_lost", lost)
    ledger.add_goods("donated", context.run_stage(collect_donations, world))
    ledger.add_goods("delivered", context.run_stage(deliver_pool_inflow, world))
    if context.is_cut("sites"):
        return
    rows = list_in_need(world, context)
    host = context.run_stage(match_residents_to_sites, world, rows)
    rows, host = rows[host >= 0], host[host >= 0]
    before = people.backlog[rows].sum(axis=1, dtype=np.int64)
    goods = context.run_stage(allocate_site_goods, world, rows, host)
    if context.is_cut("site_goods"):
        goods = np.zeros_like(goods)
    hours, volunteers, given = context.run_stage(allocate_site_volunteers, world, rows, host)
    if context.is_cut("volunteers"):
        hours, given = np.zeros_like(hours), np.zeros_like(given)
    give_site_aid(world, rows, host, goods, hours)
    spend_volunteer_time(world, volunteers, given)
    received_total = before - people.backlog[rows].sum(axis=1, dtype=np.int64)
    helped = received_total > 0
    ledger.record_help(BY_SITE, rows[helped], received_total[helped])
    apply_volunteer_feedback(world, rows[helped], volunteers, given)


def match_residents_to_sites(world: World, context: StepContext, rows: np.ndarray) -> np.ndarray:
    """int32[m]: row of the site that takes up the needs of each of the rows int32[m] in this step, -1 for none."""
    out, handles = np.full(len(rows), -1, np.int32), context.handles
    _match_residents_to_sites(rows, context.key, context.day, context.span, world.settings.aiding.host_trust,
                              handles.resident("referred"),
                              handles.resident("site_access"), compute_facilitation(world, context),
                              compute_relief_share(world, context), world.sites.view("uid"),
                              view_residents(world), view_housing(world), out)
    return out


@parallel_kernel
def _match_residents_to_sites(rows, key, day, span, least, referred, site_access, quality, relief_share, site_uid,
                              residents, housing, out, chunk, chunks):
    for m in chunk_range(rows.size, chunk, chunks):
        i = rows[m]
        s = find_speaker(i, residents, housing)
        if s >= 0 and value_at(site_access, i) > 0:
            site = choose_host_site(s, value_at(referred, i) > 0, least, residents, site_uid, relief_share)
            if site >= 0:
                u = draw_uniform(key, residents.uid[i], site_uid[site], day, RELIEF)
                out[m] = site if u < probability_over_days(quality[site], span) else -1


def allocate_site_goods(world: World, context: StepContext, rows: np.ndarray, host: np.ndarray) -> np.ndarray:
    """int64[m, d]: goods that the rows int32[m] get from their host int32[m].

    In FOOD essentials of the pool, thousandths of person-days; in EQUIPMENT 1 for a kit.
    """
    people, sites, relief_share = world.people, world.sites, compute_relief_share(world, context)
    demand = people.backlog[rows].astype(np.int64)
    demand[:, EQUIPMENT] = (demand[:, EQUIPMENT] > 0) & (people.loan[rows] < 0)
    given = np.zeros_like(demand)
    for d, stock in ((FOOD, sites.pool), (EQUIPMENT, sites.kits)):
        claim = np.flatnonzero(demand[:, d])
        if not len(claim):
            continue
        budget = np.empty(len(sites), np.int64)
        _compute_usable_stock(read_only_view(stock), relief_share, budget)
        priority = draw_priorities(context.key, context.day, np.full(len(claim), d), people.uid, rows[claim])
        given[claim, d] = allocate_by_owner(host[claim], demand[claim, d], budget, priority)
    return given


@kernel
def _compute_usable_stock(stock, relief_share, out):
    for s in range(stock.size):
        out[s] = scale_amount(np.int64(stock[s]), relief_share[s])


def give_site_aid(world: World, rows: np.ndarray, host: np.ndarray, goods: np.ndarray, hours: np.ndarray) -> None:
    """Goods int64[m, d] and hours int64[m, d] of the hosts int32[m] meet needs of the rows int32[m]."""
    if not goods.any() and not hours.any():
        return
    people, ledger = world.people, world.ledger
    np.subtract.at(world.sites.pool, host, goods[:, FOOD].astype(np.int32))
    people.backlog[rows, FOOD] -= goods[:, FOOD].astype(np.int32)
    people.backlog[rows] -= hours.astype(np.int32)
    ledger.met[BY_SITE] += hours.sum(axis=0)
    ledger.met[BY_SITE, FOOD] += int(goods[:, FOOD].sum())
    gets_kit = goods[:, EQUIPMENT] > 0
    ledger.met[BY_SITE, EQUIPMENT] += lend_kits(world, rows[gets_kit], host[gets_kit])
    ledger.add_goods("distributed", int(goods[:, FOOD].sum()))
    ledger.hours_received[STRANGER_KIND] += int(hours.sum())


def return_loaned_kits(world: World, context: StepContext) -> tuple[int, int]:
    """Kits on loan come back from those who no longer need them. Returns the numbers of kits back and lost."""
    people, sites = world.people, world.sites
    borrowers = list_assigned_rows(people.loan)
    if not len(borrowers):
        return 0, 0
    borrowers = borrowers[people.need[borrowers, EQUIPMENT] + people.crisis_need[borrowers, EQUIPMENT] == 0]
    lost = _return_loaned_kits(borrowers, context.key, context.day, world.settings.aiding.loan_lost, people.uid,
                               sites.uid, people.loan, sites.kits, sites.lost_kits)
    return len(borrowers) - lost, lost


@kernel
def _return_loaned_kits(borrowers, key, day, share, uid, site_uid, loan, kits, lost_kits):
    lost = 0
    for i in borrowers:
        s = loan[i]
        loan[i] = -1
        if draw_uniform(key, uid[i], site_uid[s], day, LOAN_LOST) < share:
            lost_kits[s] += 1
            lost += 1
        else:
            kits[s] += 1
    return lost


def collect_donations(world: World, context: StepContext) -> int:
    """Members with a surplus at home bring some of it to their site's pool. Returns thousandths of person-days."""
    people, households, sites, p = world.people, world.households, world.sites, world.settings.aiding
    rows = list_site_members(world, context)
    brings = np.zeros(len(rows), np.bool_)
    _draw_donors(rows, context.key, context.day, context.span, context.handles.site("donation"),
                 view_residents(world), sites.view("uid"), compute_relief_share(world, context), brings)
    rows = rows[brings]
    if not len(rows):
        return 0
    rows = rows[np.argsort(people.uid[rows])]  # members of one household share a stock: by uid
    return _collect_donations(rows, int(p.act * MILLI), p.reserve, view_residents(world),
                              households.view("size"), households.stock, sites.pool, sites.donated)


@parallel_kernel
def _draw_donors(members, key, day, span, rate, residents, site_uid, relief_share, out, chunk, chunks):
    for m in chunk_range(members.size, chunk, chunks):
        i = members[m]
        s = residents.member[i]
        if relief_share[s] > 0.0 and residents.alive[i] == 1:
            u = draw_uniform(key, residents.uid[i], site_uid[s], day, DONATE)
            out[m] = u < probability_over_days(rate[s], span / WEEK)


@kernel
def _collect_donations(members, act, reserve, residents, household_size, stock, pool, donated):
    total = 0
    for i in members:
        s, h = residents.member[i], residents.household[i]
        amount = min(surplus_stock(stock[h], household_size[h], reserve), act)
        stock[h] -= amount
        pool[s] += amount
        donated[s] += amount
        total += amount
    return total


def deliver_pool_inflow(world: World, context: StepContext) -> int:
    """Essentials that an emergency fund brings to active sites in a crisis. Returns thousandths of person-days."""
    if not context.hazards:
        return 0
    flow, sites = context.handles.site("goods_inflow") * compute_relief_share(world, context) * MILLI, world.sites
    came = np.array([integer_flow(rate, context.day, context.span) for rate in flow], np.int64)
    sites.pool[:] += came.astype(sites.pool.dtype)
    return int(came.sum())
