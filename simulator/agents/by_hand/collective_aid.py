"""Collective aid, adult by adult and group by group."""

from __future__ import annotations

import numpy as np

from ...kernel.keyed_random import draw_uniform
from ...kernel.random_streams import GROUP_HOSTED, ROSTER, SITE_USE
from ...phases.aftermath.pools import PRIORITY_STEP
from ...rules.mutual_aid import group_joins
from ...rules.need_domains import MILLI
from ...rules.needing import WEEK
from ...world.population.people import HIT
from .common.allocation import allocate_whole_units
from .common.open_work import allocate_met_once, get_open_amount, serve_open
from .common.queries import DOMAIN_INDICES, can_help, get_handle_value
from .relief import choose_host_site, get_relief_share


def match_open_adults_to_sites(model, world, context, adults) -> np.ndarray:
    """int64[m]: row of the site to which each adult brings its needs, -1 for none."""
    people, out = world.people, np.full(len(adults.rows), -1, np.int64)
    for m, i in enumerate(adults.rows):
        sent = get_handle_value(context.handles.resident("referred"), i) > 0
        u = draw_uniform(context.key, people.uid[i], 0, context.crisis_day, SITE_USE)
        uses = sent or u < world.settings.collective_aid.site_use
        if uses and get_handle_value(context.handles.resident("site_access"), i) > 0:
            out[m] = choose_host_site(world, context, i, sent)
    return out


def share_out_pool(model, world, context, adults, users, owner, supply, limits, source, mark) -> np.ndarray:
    """int64[owners]: what was used of each owner's supply, shared out among its users."""
    people, used, met = world.people, np.zeros(len(supply), np.int64), allocate_met_once()
    received = np.zeros(len(adults.rows), np.int64)
    for k in range(len(supply)):
        lines = [(m, d) for m in range(len(adults.rows)) if users[m] and owner[m] == k for d in DOMAIN_INDICES]
        claims = [(int(adults.rows[m]), d + PRIORITY_STEP * source,
                   min(int(limits[d]), get_open_amount(world, adults.rows[m], adults.carries[m], d))) for m, d in lines]
        wanted = [(line, claim) for line, claim in zip(lines, claims, strict=True) if claim[2] > 0]
        shares = allocate_whole_units(world, context, [claim for _, claim in wanted], int(supply[k]))
        for ((m, d), _), amount in zip(wanted, shares, strict=True):
            served = serve_open(world, adults.rows[m], adults.carries[m], d, amount, source, met)
            received[m] += served
            used[k] += served
    world.ledger.crisis_met += met.need
    world.ledger.aftermath_met += met.aftermath
    for m, i in enumerate(adults.rows):
        if received[m] > 0:
            people.crisis_marks[i] |= mark
            people.received_milli[i] += received[m]
            if people.first_contact[i] < 0:
                people.first_contact[i] = context.day
    return used


def list_crisis_volunteers(model, world, context, rows, stream, share, weekly) -> tuple[np.ndarray, np.ndarray]:
    """Volunteers among the rows, and what each offers in a step, thousandths of an hour."""
    people, found = world.people, []
    shares = np.broadcast_to(np.asarray(share, np.float64), (len(rows),))
    for j, own_share in zip(rows, shares, strict=True):
        site = int(people.member[j])
        place = world.sites.uid[site] if stream == ROSTER and site >= 0 else 0
        if can_help(world, j) and draw_uniform(context.key, people.uid[j], place, 0, stream) < own_share:
            state = float(people.functioning[j])
            state *= world.settings.mutual_aid.hit_helper if people.crisis_marks[j] & HIT else 1.0
            hours = int(np.floor(weekly * context.span / WEEK * MILLI * state))
            if hours > 0:
                found.append((j, hours))
    return (np.array([j for j, _ in found], rows.dtype), np.array([hours for _, hours in found], np.int64))


def update_groups(model, world, context) -> None:
    """Volunteers join and leave the group of each neighbourhood."""
    table, sites, p = world.neighbourhoods, world.sites, world.settings.collective_aid.numbers
    share = context.handles.site("group_hosting")
    hosted = {int(sites.neighbourhood[s]) for s in range(len(sites)) if get_relief_share(world, context, s) > 0
              and draw_uniform(context.key, sites.uid[s], 0, 0, GROUP_HOSTED) < share[s]}
    people = world.people
    struck = {int(people.neighbourhood[i]) for i in range(len(people)) if people.crisis_marks[i] & HIT}
    for z in range(len(table) if not context.is_cut("groups") else 0):
        share = p.group_core + (p.group_core_hosted if z in hosted else 0.0)
        for day in range(context.span):
            adults = float(table.adults[z]) if z in struck else 0.0
            joins = group_joins(adults, context.day - context.crisis_day + day, p)
            new = context.handles.territory("group_joins") * joins
            table.group_casual[z] += (1.0 - share) * new - table.group_casual[z] / p.group_stay
            table.group_core[z] += share * new - table.group_core[z] / p.group_core_days


REFERENCE_STAGES = (match_open_adults_to_sites, share_out_pool, list_crisis_volunteers, update_groups)
