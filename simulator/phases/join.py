"""Join: who leaves a site, who finds a place in the one they want to join, or waits (model 7.4).

Weekly, for 7 days. Decisions are taken from frozen state; then each site gives its places by keyed hash.
Reads the handles site.staff, site.places, site.profile_width, site.threshold, resident.barrier, resident.no_time.
"""

from __future__ import annotations

import numpy as np

from ..kernel.compiled import kernel, parallel, portion, rule
from ..kernel.random import uniform, words
from ..kernel.stream import LEAVE, QUEUE
from ..rules.belief import loss
from ..rules.hearing import happens
from ..rules.joining import leaving_rate
from ..world.world import World
from .projects.join_intent import want
from .step.columns import MEMBERS, holding
from .step.context import WEEK, Moment

WRITES = ("people.member", "people.waiting", "people.waiting_since", "people.satisfaction", "people.host_trust",
          "sites.members")
DIGITS = 6
@parallel
def _leaving(key, day, p, uid, site_uid, member, alive, satisfaction, load, out, piece, pieces):
    for i in portion(uid.size, piece, pieces):
        if member[i] >= 0 and alive[i]:
            u = uniform(key, uid[i], site_uid[member[i]], day, LEAVE)
            out[i] = happens(u, leaving_rate(satisfaction[i], load[i], p), WEEK)


def leave(world: World, now: Moment) -> np.ndarray:
    """bool[n]: members who leave their site this week."""
    people = world.people
    out = np.zeros(len(people), np.bool_)
    _leaving(now.key, now.day, world.settings.joining.numbers, people.uid, world.sites.uid, people.member,
             people.alive, people.satisfaction, people.load, out)
    return out


@rule
def queue_number(key, uid, site_uid):
    """A resident's place in a site's order of admission: the same every week."""
    return words(key, uid, site_uid, 0, QUEUE)[0]


@kernel
def _queue_numbers(key, uid, site_uid, out):
    for k in range(uid.size):
        out[k] = queue_number(key, uid[k], site_uid[k])


def member_room(world: World, now: Moment) -> np.ndarray:
    """int64[s]: members a site can hold; rounded first, so that 90 places hold 150 and not 149."""
    return np.floor(np.round(now.handles.site("places") * world.settings.joining.members_per_place, DIGITS)
                    ).astype(np.int64)


def depart(world: World, now: Moment, leaving: np.ndarray) -> None:
    """Leavers give up their place; those who waited too long give up, and trust the host less."""
    people, p = world.people, world.settings
    gone = np.flatnonzero(leaving)
    people.member[gone] = -1
    tired = holding(people.waiting)
    tired = tired[people.waiting_since[tired] <= now.day - p.joining.patience]
    for i in tired:
        k = int(np.flatnonzero(people.candidate[i] == people.waiting[i])[0])
        people.host_trust[i, k] = loss(people.host_trust[i, k], p.meeting.host_loss)
    people.waiting[tired] = -1
    people.waiting_since[tired] = -1
    world.ledger.count("left", len(gone))
    world.ledger.count("turned_away", len(tired))


def admit(world: World, now: Moment, wanted: np.ndarray) -> None:
    """Free places go to those waiting, then to newcomers, each by keyed hash; who finds none waits."""
    people, sites = world.people, world.sites
    rows = np.concatenate([holding(people.waiting), holding(wanted)])
    rows = rows[people.alive[rows] > 0]
    new = people.waiting[rows] < 0
    site = np.where(new, wanted[rows], people.waiting[rows])
    number = np.empty(rows.size, np.uint32)
    _queue_numbers(now.key, people.uid[rows], sites.uid[site], number)
    order = np.lexsort((people.uid[rows], number, new, site))
    rows, site, new = rows[order], site[order], new[order]
    rank = np.arange(rows.size) - np.searchsorted(site, site)
    room = np.floor(now.handles.site("places") * world.settings.joining.members_per_place )
    held = np.bincount(people.member[holding(people.member)], minlength=len(sites))
    enters = (rank < np.maximum(0, room - held)[site]) & (sites.open[site] > 0)
    people.member[rows[enters]] = site[enters]
    people.satisfaction[rows[enters]] = world.settings.joining.first_satisfaction
    people.waiting[rows[enters]] = -1
    people.waiting_since[rows[enters]] = -1
    queued = ~enters & new
    people.waiting[rows[queued]] = site[queued]
    people.waiting_since[rows[queued]] = now.day
    sites.members[:] = held + np.bincount(site[enters], minlength=len(sites))  # nobody who enters was a member before
    world.ledger.count("joined", int(enters.sum()))
    world.ledger.count("queued", int(queued.sum()))


def step(world: World, now: Moment) -> None:
    """Play the phase."""
    if not now.weekly:
        return
    leaving = now.stage("join.leave", leave)(world, now)
    wanted = now.stage("join.want", want)(world, now)
    now.stage("join.depart", depart)(world, now, leaving)
    now.stage("join.admit", admit)(world, now, wanted)
    now.kept.pop(MEMBERS, None)
