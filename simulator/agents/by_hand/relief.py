"""Relief, site by site."""

from __future__ import annotations

import numpy as np

from ...kernel.keyed_random import draw_uniform
from ...kernel.random_streams import DONATE, LOAN_LOST, RELIEF, ROSTER
from ...rules.asking import probability_over_days
from ...rules.coping import surplus_stock
from ...rules.meeting import facilitation_quality
from ...rules.need_domains import ASSISTANCE, DOMAINS, EQUIPMENT, FOOD, KNOW_HOW, MILLI
from ...rules.needing import WEEK, integer_flow
from ...rules.relief import matched_share, scale_amount
from .common.allocation import allocate_volunteer_time, allocate_whole_units, to_row_arrays
from .common.queries import can_help, compute_spare_time, find_speaker, get_handle_value


def get_relief_share(world, context, s: int) -> float:
    """Share of a site's relief that is active, 0 to 1."""
    if not world.sites.open[s]:
        return 0.0
    handles = context.handles
    share = handles.site("relief")[s] * handles.territory("site_activity") * handles.site("activity")[s]
    return min(1.0, max(0.0, share))


def compute_facilitation(world, context, s: int) -> float:
    """Quality of facilitation at a site."""
    return facilitation_quality(float(context.handles.site("staff")[s]), float(world.sites.members[s]),
                                world.settings.meeting.numbers)


def return_loaned_kits(model, world, context) -> tuple[int, int]:
    """Kits on loan come back. Returns the numbers of kits back and lost."""
    people, sites, back, lost = world.people, world.sites, 0, 0
    for i in range(len(people)):
        s = people.loan[i]
        if s >= 0 and people.need[i, EQUIPMENT] + people.crisis_need[i, EQUIPMENT] == 0:
            people.loan[i] = -1
            u = draw_uniform(context.key, people.uid[i], sites.uid[s], context.day, LOAN_LOST)
            is_lost = u < world.settings.aiding.loan_lost
            sites.lost_kits[s] += is_lost
            sites.kits[s] += not is_lost
            lost, back = lost + is_lost, back + (not is_lost)
    return back, lost


def collect_donations(model, world, context) -> int:
    """Members bring donations to the pools. Returns thousandths of person-days."""
    people, homes, sites, p, total = world.people, world.households, world.sites, world.settings.aiding, 0
    for i in sorted(range(len(people)), key=lambda i: people.uid[i]):
        s, h = people.member[i], people.household[i]
        if s < 0 or not people.alive[i] or get_relief_share(world, context, s) <= 0:
            continue
        probability = probability_over_days(context.handles.site("donation")[s], context.span / WEEK)
        if draw_uniform(context.key, people.uid[i], sites.uid[s], context.day, DONATE) < probability:
            amount = min(surplus_stock(homes.stock[h], homes.size[h], p.reserve), int(p.act * MILLI))
            homes.stock[h] -= amount
            sites.pool[s] += amount
            sites.donated[s] += amount
            total += amount
    return total


def choose_host_site(world, context, s: int, referred: bool) -> int:
    """Row of the site that would serve speaker s, -1 for none."""
    people, sites = world.people, world.sites
    if people.member[s] >= 0 and get_relief_share(world, context, people.member[s]) > 0:
        return int(people.member[s])
    options = []
    for k, c in enumerate(people.candidate[s]):
        trust = float(people.host_trust[s, k])
        is_option = referred or (people.aware[s] >> k & 1 and trust >= world.settings.aiding.host_trust)
        if c >= 0 and is_option and get_relief_share(world, context, c) > 0:
            options.append((-trust, int(sites.uid[c]), int(c)))
    return min(options)[-1] if options else -1


def match_residents_to_sites(model, world, context, rows) -> np.ndarray:
    """int32[m]: row of the site that takes up one's needs, -1 for none."""
    people, out = world.people, np.full(len(rows), -1, np.int32)
    for m, i in enumerate(rows):
        s = find_speaker(world, i)
        has_access = s >= 0 and get_handle_value(context.handles.resident("site_access"), i) > 0
        referred = get_handle_value(context.handles.resident("referred"), i) > 0
        site = choose_host_site(world, context, s, referred) if has_access else -1
        if site >= 0:
            u = draw_uniform(context.key, people.uid[i], world.sites.uid[site], context.day, RELIEF)
            probability = probability_over_days(compute_facilitation(world, context, site), context.span)
            out[m] = site if u < probability else -1
    return out


def allocate_site_goods(model, world, context, rows, host) -> np.ndarray:
    """int64[m, d]: essentials, thousandths of person-days, and kits that the rows get."""
    people, sites, out = world.people, world.sites, np.zeros((len(rows), len(DOMAINS)), np.int64)
    for s in range(len(sites)):
        served = [m for m in range(len(rows)) if host[m] == s]
        for d, stock in ((FOOD, sites.pool[s]), (EQUIPMENT, sites.kits[s])):
            demand = {m: int(people.backlog[rows[m], d]) for m in served}
            if d == EQUIPMENT:
                demand = {m: int(amount > 0 and people.loan[rows[m]] < 0) for m, amount in demand.items()}
            lines = [m for m in served if demand[m]]
            claims = [(int(rows[m]), d, demand[m]) for m in lines]
            budget = scale_amount(int(stock), get_relief_share(world, context, s))
            out[lines, d] = allocate_whole_units(world, context, claims, budget)
    return out


def deliver_pool_inflow(model, world, context) -> int:
    """An emergency fund brings essentials to the pools. Returns thousandths of person-days."""
    total = 0
    for s in range(len(world.sites)) if context.hazards else ():
        rate = context.handles.site("goods_inflow")[s] * get_relief_share(world, context, s) * MILLI
        amount = int(integer_flow(rate, context.day, context.span))
        world.sites.pool[s] += amount
        total += amount
    return total


def list_site_volunteers(world, context, s: int) -> dict[int, int]:
    """Members on the roster of a site who have time: row to half of what they could still give."""
    people, offers = world.people, {}
    for j in np.flatnonzero(people.member == s).tolist():
        u = draw_uniform(context.key, people.uid[j], world.sites.uid[s], 0, ROSTER)
        is_on_roster = u < world.settings.meeting.roster
        if is_on_roster and can_help(world, j) and compute_spare_time(world, context, j) // 2 > 0:
            offers[j] = compute_spare_time(world, context, j) // 2
    return offers


def allocate_site_volunteers(model, world, context, rows, host) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Hours that each row gets; rows of the volunteers, and what each gives."""
    people, out = world.people, np.zeros((len(rows), len(DOMAINS)), np.int64)
    given: dict[int, int] = {}
    for s in range(len(world.sites)):
        lines = [(m, d) for m, i in enumerate(rows) for d in (ASSISTANCE, KNOW_HOW)
                 if host[m] == s and people.backlog[i, d]]
        claims = [(int(rows[m]), d, int(people.backlog[rows[m], d])) for m, d in lines]
        offers = list_site_volunteers(world, context, s) if claims else {}
        usable = matched_share(compute_facilitation(world, context, s), world.settings.aiding.numbers)
        usable = usable * get_relief_share(world, context, s)
        used = min(sum(amount for _, _, amount in claims), scale_amount(sum(offers.values()), usable))
        received, from_volunteers = allocate_volunteer_time(world, context, claims, offers, used)
        given.update(from_volunteers)
        for (m, d), amount in zip(lines, received, strict=True):
            out[m, d] = amount
    return out, *to_row_arrays(given)


REFERENCE_STAGES = (return_loaned_kits, collect_donations, match_residents_to_sites, allocate_site_goods,
                    allocate_site_volunteers, deliver_pool_inflow)
