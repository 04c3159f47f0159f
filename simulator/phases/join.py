"""Join: members leave sites; those who want to join find a place or wait for one (model 7.4).

Weekly, for 7 days. All decide from the same state; then each site gives its places in the order of a keyed hash.
Reads the handles site.staff, site.places, site.profile_width, site.barrier_weight, resident.barrier,
resident.time_penalty.
"""

from __future__ import annotations

import numpy as np

from ..kernel.compiled import chunk_range, kernel, parallel_kernel, rule
from ..kernel.keyed_random import draw_uniform, draw_words
from ..kernel.random_streams import LEAVE, QUEUE_ORDER
from ..rules.belief import apply_loss
from ..rules.hearing import event_occurs
from ..rules.joining import leaving_rate
from ..world.sites.member_traits import draw_restlessness
from ..world.sites.membership import compute_member_capacity
from ..world.world import World
from .projects.join_intent import find_join_intents
from .step.context import WEEK, StepContext
from .step.row_lists import MEMBERS_CACHE_KEY, list_assigned_rows

WRITES = ("people.member", "people.waiting", "people.waiting_since", "people.satisfaction", "people.host_trust",
          "sites.members")


def step(world: World, context: StepContext) -> None:
    """On weekly steps: some leave, some want to join, free places are given."""
    if not context.is_weekly:
        return
    leaving = context.run_stage(find_leavers, world)
    desired_site = context.run_stage(find_join_intents, world)
    context.run_stage(remove_leavers, world, leaving)
    context.run_stage(admit_members, world, desired_site)
    context.cache.pop(MEMBERS_CACHE_KEY, None)


def find_leavers(world: World, context: StepContext) -> np.ndarray:
    """bool[n]: members who leave their site this week."""
    people = world.people
    out = np.zeros(len(people), np.bool_)
    _find_leavers(context.key, context.day, world.settings.joining.numbers, people.uid, world.sites.uid, people.member,
                  people.alive, people.satisfaction, people.load, out)
    return out


@parallel_kernel
def _find_leavers(key, day, p, uid, site_uid, member, alive, satisfaction, load, out, chunk, chunks):
    for i in chunk_range(uid.size, chunk, chunks):
        if member[i] >= 0 and alive[i]:
            u = draw_uniform(key, uid[i], site_uid[member[i]], day, LEAVE)
            restless = draw_restlessness(key, uid[i], site_uid[member[i]], p)
            out[i] = event_occurs(u, leaving_rate(satisfaction[i], load[i], restless, p), WEEK)


def remove_leavers(world: World, context: StepContext, leaving: np.ndarray) -> None:
    """Those who leave, bool[n], give up their place; those who waited too long give up and trust the host less."""
    people, p = world.people, world.settings
    gone = np.flatnonzero(leaving)
    people.member[gone] = -1
    giving_up = list_assigned_rows(people.waiting)
    giving_up = giving_up[people.waiting_since[giving_up] <= context.day - p.joining.patience]
    for i in giving_up:
        k = int(np.flatnonzero(people.candidate[i] == people.waiting[i])[0])
        people.host_trust[i, k] = apply_loss(people.host_trust[i, k], p.meeting.host_loss)
    people.waiting[giving_up] = -1
    people.waiting_since[giving_up] = -1
    world.ledger.count("left", len(gone))
    world.ledger.count("turned_away", len(giving_up))


def admit_members(world: World, context: StepContext, desired_site: np.ndarray) -> None:
    """Free places go to those who wait, then to those who want to join a site, int32[n]; who finds none waits.

    Among either, the order is by draw_queue_number.
    """
    people, sites = world.people, world.sites
    rows = np.concatenate([list_assigned_rows(people.waiting), list_assigned_rows(desired_site)])
    rows = rows[people.alive[rows] > 0]
    member_count = np.bincount(people.member[list_assigned_rows(people.member)], minlength=len(sites))
    if not len(rows):
        sites.members[:] = member_count
        return
    new = people.waiting[rows] < 0
    site = np.where(new, desired_site[rows], people.waiting[rows])
    number = np.empty(rows.size, np.uint32)
    _draw_queue_numbers(context.key, people.uid[rows], sites.uid[site], number)
    order = np.lexsort((people.uid[rows], number, new, site))
    rows, site, new = rows[order], site[order], new[order]
    rank = np.arange(rows.size) - np.searchsorted(site, site)
    capacity = compute_member_capacity(context.handles.site("places"), world.settings)
    enters = (rank < np.maximum(0, capacity - member_count)[site]) & (sites.open[site] > 0)
    people.member[rows[enters]] = site[enters]
    people.satisfaction[rows[enters]] = world.settings.joining.first_satisfaction
    people.waiting[rows[enters]] = -1
    people.waiting_since[rows[enters]] = -1
    queued = ~enters & new
    people.waiting[rows[queued]] = site[queued]
    people.waiting_since[rows[queued]] = context.day
    sites.members[:] = member_count + np.bincount(site[enters], minlength=len(sites))  # who enters was no member before
    world.ledger.count("joined", int(enters.sum()))
    world.ledger.count("queued", int(queued.sum()))


@rule
def draw_queue_number(key, uid, site_uid):
    """uint32: a resident's number in a site's order of admission, lowest first; the same every week."""
    return draw_words(key, uid, site_uid, 0, QUEUE_ORDER)[0]


@kernel
def _draw_queue_numbers(key, uid, site_uid, out):
    for k in range(uid.size):
        out[k] = draw_queue_number(key, uid[k], site_uid[k])
