"""Who wants to join which site: the resident's own rates, and this week's luck (model 7.4).

Weekly, for 7 days. Most residents' luck rules out any site they know, whatever they think of it: rates have a bound.
Reads the handles site.profile_width, site.threshold, resident.barrier, resident.no_time.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ...kernel.broadcast import at
from ...kernel.compiled import parallel, portion, rule
from ...kernel.prefetch import ahead
from ...kernel.random import decision, draw_two, draws_of, empty_draws, uniform, unit
from ...kernel.stream import JOIN
from ...kernel.threads import most_pieces
from ...rules.belief import DAYS_A_YEAR
from ...rules.binding import ADULT
from ...rules.joining import AT_MOST, affinity, barrier_total, highest_rate, joining_rate, waiting_time
from ...rules.kind import SLOTS
from ...world.population.people import CANDIDATES
from ...world.ties.tie_read import ahead_of
from ...world.world import World
from ..step.context import WEEK, Moment
from .facilitation import site_quality

BLOCK = 256
"""Rows whose luck is drawn in one pass, several at a time."""

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


@rule
def days_at_luck(u, i, k, p, people, ties, place, sites, turned):
    """Days until resident i would join candidate k, at luck u; a week or more means not this week.

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
    # Most would not join if all of their ties were trusted members: they need not look at them.
    most = joining_rate(km, degree[i], agency[i], host_trust[i, k], trust_v[i], 1.0, fit, stands, q[s], busy, p)
    if u >= most * AT_MOST * WEEK / DAYS_A_YEAR:
        return np.inf
    friends, mean_trust = member_friends(i, s, degree, other, trust, member)
    rate = joining_rate(km, friends, agency[i], host_trust[i, k], trust_v[i], mean_trust, fit, stands, q[s], busy, p)
    if u >= rate * WEEK / DAYS_A_YEAR:
        return np.inf
    return waiting_time(u, rate)


@rule
def days_till_joining(key, day, i, k, p, people, ties, place, sites, turned):
    """Days until resident i would join candidate k, at this week's luck, as `days_at_luck` says."""
    u = uniform(key, people.uid[i], sites[0][people.candidate[i, k]], day, JOIN)
    return days_at_luck(u, i, k, p, people, ties, place, sites, turned)


@rule
def list_known(first, end, people, aware, alive, waiting, flags, rows, pairs):
    """List the candidates known to residents free to join, of the rows first to end. Returns how many pairs."""
    size, listed, count = end - first, 0, 0
    age, member, knows = people.age[first:end], people.member[first:end], aware[first:end]
    lives, waits = alive[first:end], waiting[first:end]
    for c in range(size):
        flags[c] = knows[c] * ((member[c] < 0) & (waits[c] < 0) & (lives[c] == 1) & (age[c] >= ADULT))
    for c in range(size):
        rows[listed] = c
        listed += flags[c] > 0
    for m in range(listed):
        for k in range(CANDIDATES):
            pairs[count] = rows[m] * CANDIDATES + k
            count += flags[rows[m]] >> k & 1
    return count


@rule
def list_lucky(first, count, key, day, most, people, degree, site_uid, draws, pairs):
    """Keep those pairs whose luck allows of joining at the highest rate. Returns how many; their luck: draws.first."""
    for c in range(count):
        i, k = first + pairs[c] // CANDIDATES, pairs[c] % CANDIDATES
        draws.a[c], draws.b[c] = people.uid[i], site_uid[max(people.candidate[i, k], 0)]
        draws.what[c] = decision(JOIN)
    draw_two(count, key, day, draws)
    kept = 0
    for c in range(count):
        pairs[kept], draws.first[kept] = pairs[c], draws.first[c]
        kept += unit(draws.first[c]) < most[degree[first + pairs[c] // CANDIDATES]]
    return kept


@rule
def ahead_of_wisher(i, people, ties):
    """Ask for what a resident's rates depend on."""
    degree, other, trust = ties
    ahead(people.ses, i)
    ahead(people.building, i)
    ahead(people.barrier, i)
    ahead(people.agency, i)
    ahead(people.trust_institutions, i)
    ahead(people.host_trust, i)
    ahead(people.social_hours, i)
    ahead_of(degree, other, i)
    ahead_of(degree, trust, i)


@parallel
def _wanting(key, day, p, people, ties, place, sites, turned, aware, alive, waiting, site_open, most, rooms, flags,
             listed, places, out, piece, pieces):
    draws, pairs = draws_of(rooms, piece), places[piece]
    for b in portion((out.size + BLOCK - 1) // BLOCK, piece, pieces):
        first, end = b * BLOCK, min(out.size, (b + 1) * BLOCK)
        out[first:end] = -1
        count = list_known(first, end, people, aware, alive, waiting, flags[piece], listed[piece], pairs)
        count = list_lucky(first, count, key, day, most, people, ties[0], sites[0], draws, pairs)
        for c in range(count):
            ahead_of_wisher(first + pairs[c] // CANDIDATES, people, ties)
        soonest, before = float(WEEK), -1
        for c in range(count):  # the candidates of one resident follow one another
            i, k = first + pairs[c] // CANDIDATES, pairs[c] % CANDIDATES
            s = people.candidate[i, k]
            soonest, before = soonest if i == before else float(WEEK), i
            if s >= 0 and site_open[s]:
                days = days_at_luck(unit(draws.first[c]), i, k, p, people, ties, place, sites, turned)
                if days < soonest:
                    soonest = days
                    out[i] = s


def numbers(world: World) -> Any:
    """The joining group as a named tuple, with the weights that `behaviour` switches off (model 7.4)."""
    p = world.settings.joining.numbers
    if world.settings.behaviour == "socialisation_only":
        p = p._replace(host=0.0, institution=0.0, trust=0.0)
    return p


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


def most_luck(p: Any, turned: tuple) -> np.ndarray:
    """float64[ties + 1]: by number of ties, luck from which on nobody joins any site this week."""
    quality, _, _, no_time = turned
    spare = -min(0.0, float(no_time.min()))
    highest = highest_rate(np.arange(SLOTS + 1), spare, quality.max() <= p.welcome, p)
    return highest * AT_MOST * WEEK / DAYS_A_YEAR


def want(world: World, now: Moment) -> np.ndarray:
    """int32[n]: row of the site a resident wants to join this week, -1 for none."""
    people, p, most = world.people, numbers(world), BLOCK * CANDIDATES
    out = np.empty(len(people), np.int32)
    if not len(world.sites):
        out[:] = -1
        return out
    read_by = columns(world, now)
    _wanting(now.key, now.day, p, *read_by, people.aware, people.alive, people.waiting, world.sites.open,
             most_luck(p, read_by[-1]), empty_draws(most), np.empty((most_pieces(), BLOCK), np.uint8),
             np.empty((most_pieces(), BLOCK), np.uint32), np.empty((most_pieces(), most), np.uint32), out)
    return out
