"""Collective aid: in a crisis sites, crisis reserves and groups born of the crisis meet needs and aftermath.

Whether one brings a need to a site, and whether one knows of a group, is a trait of a person for a whole crisis.
Reserves and groups serve only needs that somebody voiced. Reads the handles resident.referred, resident.site_access,
resident.reserve, resident.group_known, territory.group_joins, site.group_hosting, site.refuge_places and relief's.
"""

from __future__ import annotations

import numpy as np

from ..kernel.broadcast import value_at
from ..kernel.compiled import chunk_range, parallel_kernel
from ..kernel.keyed_random import draw_uniform
from ..kernel.random_streams import RESERVE, ROSTER, SITE_USE
from ..rules.coping import is_able_to_help
from ..rules.need_domains import (
    BY_GROUP,
    BY_RESERVE,
    BY_SITE,
    COOLING,
    DOMAIN_COUNT,
    EQUIPMENT,
    FOOD,
    MILLI,
    POWER,
)
from ..rules.needing import WEEK
from ..rules.relief import matched_share, scale_amount
from ..world.population.people import ASKED, FOUND, HELPED_BY_GROUP, HELPED_BY_RESERVE, HELPED_BY_SITE, HIT
from ..world.world import World
from .aftermath.groups import flag_who_knows_a_group, update_groups
from .aftermath.pools import get_weekly_limits, share_out_pool
from .aftermath.serving import OpenAdults, list_open_adults, mark_reached
from .help.allocation import allocate_by_owner, draw_priorities
from .help.help_feedback import apply_agency_feedback
from .help.requests import STRANGER_KIND
from .help.site_aid import choose_host_site, lend_kits
from .help.volunteer_time import compute_relief_share, spend_volunteer_time
from .projects.facilitation import compute_facilitation
from .step.columns import view_residents
from .step.context import StepContext
from .step.hazard_arrays import get_hazard_arrays, get_kinds_that_help
from .step.row_lists import list_site_members

WRITES = ("people.backlog", "people.crisis_backlog", "people.crisis_marks", "people.time_given", "people.lent",
          "people.loan", "people.cooled", "people.agency", "people.given_milli", "people.received_milli",
          "people.first_contact", "households.aftermath", "neighbourhoods.group_casual", "neighbourhoods.group_core",
          "sites.pool", "sites.kits")
REFUGE_DRAW, POOL_DRAW, KIT_DRAW, VOLUNTEER_DRAW = 1000, 1001, 1002, 1003
"""Stand for kinds of claims where priorities are drawn by domain."""
WARM_OR_COOL = 1 << COOLING | 1 << POWER
"""Kinds of need that a room of a site meets."""


def step(world: World, context: StepContext) -> None:
    """Sites lend, give goods, open rooms and send volunteers; then the reserve; then the groups."""
    if context.crisis_day is not None:
        context.run_stage(update_groups, world)
    adults = list_open_adults(world, context)
    if not len(adults.rows):
        return
    if len(world.sites) and not context.is_cut("sites"):
        hosts = context.run_stage(match_open_adults_to_sites, world, adults)
        if not context.is_cut("site_goods"):
            give_goods_of_sites(world, context, adults, hosts)
        if not context.is_cut("volunteers"):
            give_hours_of_sites(world, context, adults, hosts)
    voiced = (world.people.crisis_marks[adults.rows] & (ASKED | FOUND)) > 0
    if not context.is_cut("volunteers"):
        give_hours_of_reserves(world, context, adults, voiced)
    if not context.is_cut("groups"):
        give_hours_of_groups(world, context, adults, voiced)


def match_open_adults_to_sites(world: World, context: StepContext, adults: OpenAdults) -> np.ndarray:
    """int64[m]: row of the site to which each adult brings its needs, -1 for none."""
    handles, out = context.handles, np.full(len(adults.rows), -1, np.int64)
    _match_open_adults_to_sites(adults.rows, context.key, context.crisis_day, world.settings.collective_aid.site_use,
                                world.settings.aiding.host_trust, handles.resident("referred"),
                                handles.resident("site_access"), compute_relief_share(world, context),
                                world.sites.view("uid"), view_residents(world), out)
    return out


@parallel_kernel
def _match_open_adults_to_sites(rows, key, crisis_day, use, least, referred, access, relief_share, site_uid, residents,
                                out, chunk, chunks):
    for m in chunk_range(rows.size, chunk, chunks):
        i = np.int64(rows[m])
        sent = value_at(referred, i) > 0
        if value_at(access, i) > 0 and (sent or draw_uniform(key, residents.uid[i], 0, crisis_day, SITE_USE) < use):
            out[m] = choose_host_site(i, sent, least, residents, site_uid, relief_share)


def give_goods_of_sites(world: World, context: StepContext, adults: OpenAdults, hosts: np.ndarray) -> None:
    """Essentials of the pool, kits of a kind that helps, and places in a cool or warm room."""
    people, sites, relief_share = world.people, world.sites, compute_relief_share(world, context)
    users = hosts >= 0
    owner = np.maximum(hosts, 0)
    pool = np.floor(sites.pool * relief_share).astype(np.int64)
    limits = np.zeros(DOMAIN_COUNT, np.int64)
    limits[FOOD] = get_weekly_limits(world, context.span)[FOOD]
    used = context.run_stage(share_out_pool, world, adults, users, owner, pool, limits, BY_SITE, HELPED_BY_SITE)
    sites.pool[:] -= used.astype(sites.pool.dtype)
    world.ledger.add_goods("distributed", int(used.sum()))
    kinds = get_kinds_that_help(get_hazard_arrays(context, len(people)), adults.rows)
    needy = users & (people.crisis_backlog[adults.rows, EQUIPMENT] > 0) & (people.loan[adults.rows] < 0)
    served = np.flatnonzero(needy & ((kinds & sites.kit_kinds[owner]) > 0))
    kits = np.floor(sites.kits * relief_share).astype(np.int64)
    lent = served[_allocate_one_each(world, context, adults.rows[served], owner[served], kits, KIT_DRAW)]
    meet_equipment_need(world, context, adults.rows[lent])
    everyday = lend_kits(world, adults.rows[lent], owner[lent].astype(np.int32))
    world.ledger.met[BY_SITE, EQUIPMENT] += everyday
    places = np.floor(context.handles.site("refuge_places") * relief_share).astype(np.int64)
    if places.any():
        fit = people.frailty[adults.rows] < world.settings.providing.room_frailty
        claim = np.flatnonzero(users & fit & (people.crisis_backlog[adults.rows, EQUIPMENT] > 0)
                               & ((kinds & WARM_OR_COOL) > 0))
        inside = claim[_allocate_one_each(world, context, adults.rows[claim], owner[claim], places, REFUGE_DRAW)]
        meet_equipment_need(world, context, adults.rows[inside])
        people.cooled[adults.rows[inside]] = context.day


def _allocate_one_each(world: World, context: StepContext, rows: np.ndarray, owner: np.ndarray, budget: np.ndarray,
                       draw: int) -> np.ndarray:
    """bool[k]: which of the rows int32[k] get one unit of their owner's budget int64[owners]."""
    priority = draw_priorities(context.key, context.day, np.full(len(rows), draw), world.people.uid, rows)
    return allocate_by_owner(owner, np.ones(len(rows), np.int64), budget, priority) > 0


def meet_equipment_need(world: World, context: StepContext, rows: np.ndarray) -> None:
    """A kit or a room of a site meets the whole need for equipment of the rows int32[k]."""
    people = world.people
    received = people.crisis_backlog[rows, EQUIPMENT].astype(np.int64)
    world.ledger.crisis_met[BY_SITE, EQUIPMENT] += int(received.sum())
    people.crisis_backlog[rows, EQUIPMENT] = 0
    mark_reached(world, context, rows, received, HELPED_BY_SITE)
    world.ledger.record_help(BY_SITE, rows, received, domain=EQUIPMENT)


def give_hours_of_sites(world: World, context: StepContext, adults: OpenAdults, hosts: np.ndarray) -> None:
    """Members on the roster give hours, as far as their site can match them to needs."""
    s = world.settings
    volunteers, offered = context.run_stage(list_crisis_volunteers, world, list_site_members(world, context), ROSTER,
                                            s.meeting.roster, s.collective_aid.site_hours)
    owner, sites = world.people.member[volunteers].astype(np.int64), len(world.sites)
    supply = np.bincount(owner, weights=offered, minlength=sites).astype(np.int64)
    quality, relief_share = compute_facilitation(world, context), compute_relief_share(world, context)
    for k in range(sites):
        supply[k] = scale_amount(supply[k], matched_share(quality[k], s.aiding.numbers) * relief_share[k])
    limits = get_weekly_limits(world, context.span)
    limits[EQUIPMENT] = int(limits[EQUIPMENT] * s.collective_aid.site_equipment)
    used = context.run_stage(share_out_pool, world, adults, hosts >= 0, np.maximum(hosts, 0), supply, limits, BY_SITE,
                             HELPED_BY_SITE)
    spend_hours(world, context, volunteers, owner, offered, used)


def give_hours_of_reserves(world: World, context: StepContext, adults: OpenAdults, voiced: np.ndarray) -> None:
    """Volunteers of a commune's crisis reserve give hours to needs that were voiced, bool[m]."""
    share = context.handles.resident("reserve")
    if not (share > 0).any():
        return
    p, people = world.settings.collective_aid, world.people
    share = np.broadcast_to(share, (len(people),))
    rows = np.flatnonzero(share > 0).astype(np.int32)
    volunteers, offered = context.run_stage(list_crisis_volunteers, world, rows, RESERVE, share[rows], p.reserve_hours)
    owner = people.commune[volunteers].astype(np.int64)
    supply = np.bincount(owner, weights=offered, minlength=len(world.communes)).astype(np.int64)
    supply = np.floor(supply * p.reserve_matched).astype(np.int64)
    used = context.run_stage(share_out_pool, world, adults, voiced, people.commune[adults.rows].astype(np.int64),
                             supply, get_weekly_limits(world, context.span), BY_RESERVE, HELPED_BY_RESERVE)
    spend_hours(world, context, volunteers, owner, offered, used)


def list_crisis_volunteers(world: World, context: StepContext, rows: np.ndarray, stream: int, share: float | np.ndarray,
                           weekly: float) -> tuple[np.ndarray, np.ndarray]:
    """Volunteers among the rows int32[k] and what each offers in a step, int64, thousandths of an hour.

    share: how many of them volunteer (drawn once for a person, and for its site); weekly: hours a week.
    """
    p, out = world.settings.mutual_aid, np.zeros(len(rows), np.int64)
    _list_crisis_volunteers(rows, context.key, np.broadcast_to(np.asarray(share, np.float64), (len(rows),)), stream,
                            weekly * context.span / WEEK * MILLI, p.hit_helper, world.settings.coping.numbers,
                            world.sites.view("uid"), world.people.view("crisis_marks"),
                            view_residents(world), out)
    return rows[out > 0], out[out > 0]


@parallel_kernel
def _list_crisis_volunteers(rows, key, share, stream, most, hit_helper, coping, site_uid, marks, residents, out, chunk,
                            chunks):
    for m in chunk_range(rows.size, chunk, chunks):
        j = np.int64(rows[m])
        if is_able_to_help(residents.alive[j], residents.age[j], np.float64(residents.frailty[j]), coping):
            site = np.int64(residents.member[j])
            place = site_uid[site] if stream == ROSTER and site >= 0 else np.uint32(0)
            if draw_uniform(key, residents.uid[j], place, 0, stream) < share[m]:
                state = np.float64(residents.functioning[j]) * (hit_helper if marks[j] & HIT else 1.0)
                out[m] = np.int64(np.floor(most * state))


def spend_hours(world: World, context: StepContext, volunteers: np.ndarray, owner: np.ndarray, offered: np.ndarray,
                used: np.ndarray) -> None:
    """What was used of each owner's supply, int64[owners], is taken from its volunteers, in proportion to offers."""
    priority = draw_priorities(context.key, context.day, np.full(len(volunteers), VOLUNTEER_DRAW), world.people.uid,
                               volunteers)
    given = allocate_by_owner(owner, offered, used, priority)
    spend_volunteer_time(world, volunteers, given)
    world.ledger.hours_received[STRANGER_KIND] += int(given.sum())
    world.people.given_milli[volunteers] += given.astype(np.int32)
    if context.is_weekly:
        apply_agency_feedback(world, volunteers[given > 0])


def give_hours_of_groups(world: World, context: StepContext, adults: OpenAdults, voiced: np.ndarray) -> None:
    """Groups give hours to needs that were voiced, bool[m], by people who know of the group."""
    people, table, p = world.people, world.neighbourhoods, world.settings.collective_aid
    volunteers = table.group_casual + table.group_core
    if not volunteers.any():
        return
    supply = np.floor(volunteers * p.group_hours * context.span / WEEK * MILLI).astype(np.int64)
    known = flag_who_knows_a_group(world, context, adults.rows)
    context.run_stage(share_out_pool, world, adults, voiced & known,
                      people.neighbourhood[adults.rows].astype(np.int64), supply,
                      get_weekly_limits(world, context.span), BY_GROUP, HELPED_BY_GROUP)
