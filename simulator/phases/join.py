"""Join: who leaves a site, who wants to join one, who finds a place or waits (model 7.4).

Weekly, for 7 days. Decisions are taken from frozen state; then each site gives its places by keyed hash.
Reads the handles site.staff, site.places, site.profile_width, site.threshold, resident.barrier, resident.no_time.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ..kernel.compiled import kernel, parallel, portion, rule
from ..kernel.draw import uniform, words
from ..kernel.shared import at
from ..kernel.stream import JOIN, LEAVE, QUEUE
from ..rules.belief import DAYS_A_YEAR, loss
from ..rules.hearing import happens
from ..rules.joining import AT_MOST, affinity, barrier_total, joining_rate, leaving_rate, waiting_time
from ..rules.meeting import quality
from ..world.world import World
from .folk import MEMBERS, holding, read
from .moment import WEEK, Moment

WRITES = ("people.member", "people.waiting", "people.waiting_since", "people.satisfaction", "people.host_trust",
          "sites.members")
ADULT = 15
DIGITS = 6
LANGUAGE, DUTIES, CULTURE, DISABILITY = range(4)
"""Columns of people.barrier."""


class Wishers(NamedTuple):
    """Columns of people that joining reads, n rows."""

    uid: np.ndarray
    age: np.ndarray
    ses: np.ndarray
    building: np.ndarray
    barrier: np.ndarray
    agency: np.ndarray
    trust_institutions: np.ndarray
    host_trust: np.ndarray
    social_hours: np.ndarray
    candidate: np.ndarray
    member: np.ndarray


@rule
def member_friends(row, site, degree, other, trust, member):
    """Number of a resident's ties who belong to a site, and mean trust over all ties (0 without ties)."""
    friends, total = 0, 0.0
    for k in range(degree[row]):
        total += trust[row, k]
        if member[other[row, k]] == site:
            friends += 1
    return friends, total / max(1, degree[row])


@rule
def distance_km(x1, y1, x2, y2):
    """Straight line between two points, km."""
    return np.sqrt((float(x1) - x2) ** 2 + (float(y1) - y2) ** 2)


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
def days_till_joining(key, day, i, k, p, people, ties, place, sites, turned):
    """Days until resident i would join candidate k, at this week's luck; a week or more means not this week.

    people, ties, place, sites, turned: tuples of columns as `columns` gives them.
    """
    uid, age, ses, building, barrier, agency, trust_v, host_trust, social_hours, candidate, member = people
    degree, other, trust = ties
    x, y = place
    site_uid, site_x, site_y, age_centre, age_width, ses_centre, threshold = sites
    q, width, change, no_time = turned
    s = candidate[i, k]
    b = building[i]
    km = distance_km(x[b], y[b], site_x[s], site_y[s])
    fit = affinity(age[i], ses[i], age_centre[s], age_width[s], ses_centre[s], width[s])
    stands = barrier_total(barrier[i, LANGUAGE], barrier[i, DUTIES], barrier[i, CULTURE], barrier[i, DISABILITY],
                           threshold[s], at(change, i))
    busy = float(at(no_time, i)) if social_hours[i] < p.little_time else 0.0
    u = uniform(key, uid[i], site_uid[s], day, JOIN)
    # Most would not join if all of their ties were trusted members: they need not look at them.
    most = joining_rate(km, degree[i], agency[i], host_trust[i, k], trust_v[i], 1.0, fit, stands, q[s], busy, p)
    if u >= most * AT_MOST * WEEK / DAYS_A_YEAR:
        return np.inf
    friends, mean_trust = member_friends(i, s, degree, other, trust, member)
    rate = joining_rate(km, friends, agency[i], host_trust[i, k], trust_v[i], mean_trust, fit, stands, q[s], busy, p)
    if u >= rate * WEEK / DAYS_A_YEAR:
        return np.inf
    return waiting_time(u, rate)


@parallel
def _wanting(key, day, p, people, ties, place, sites, turned, aware, alive, waiting, site_open, out, piece, pieces):
    for i in portion(out.size, piece, pieces):
        out[i] = -1
        if people.member[i] >= 0 or waiting[i] >= 0 or not aware[i] or not alive[i] or people.age[i] < ADULT:
            continue
        soonest = float(WEEK)
        for k in range(people.candidate.shape[1]):
            s = people.candidate[i, k]
            if s >= 0 and site_open[s] and aware[i] >> k & 1:
                days = days_till_joining(key, day, i, k, p, people, ties, place, sites, turned)
                if days < soonest:
                    soonest = days
                    out[i] = s


def numbers(world: World) -> Any:
    """The joining group as a named tuple, with the weights that `behaviour` switches off (model 7.4)."""
    p = world.settings.joining.numbers
    if world.settings.behaviour == "socialisation_only":
        p = p._replace(host=0.0, institution=0.0, trust=0.0)
    return p


@kernel
def _qualities(staff, members, p, out):
    for s in range(out.size):
        out[s] = quality(staff[s], members[s], p)


def site_quality(world: World, now: Moment) -> np.ndarray:
    """float64[s]: facilitation quality of each site with the staff it has now."""
    out = np.empty(len(world.sites))
    _qualities(read(now.handles.site("staff")), read(world.sites.members), world.settings.meeting.numbers, out)
    return out


def columns(world: World, now: Moment) -> tuple:
    """The columns that `days_till_joining` reads, grouped: people, ties, place, sites, turned handles."""
    people, ties, sites, handles = world.people, world.ties, world.sites, now.handles
    return (
        Wishers(*(getattr(people, name) for name in Wishers._fields)),
        (ties.degree, ties.other, ties.trust),
        (world.buildings.x, world.buildings.y),
        (sites.uid, sites.x, sites.y, sites.age_centre, sites.age_width, sites.ses_centre,
         handles.site("threshold").astype(np.float32)),
        (site_quality(world, now), handles.site("profile_width"), handles.resident("barrier"),
         handles.resident("no_time")),
    )


def want(world: World, now: Moment) -> np.ndarray:
    """int32[n]: row of the site a resident wants to join this week, -1 for none."""
    people = world.people
    out = np.empty(len(people), np.int32)
    _wanting(now.key, now.day, numbers(world), *columns(world, now), people.aware, people.alive, people.waiting,
             world.sites.open, out)
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
