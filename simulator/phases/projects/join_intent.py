"""Who wants to join which site this week: a rate for each site a resident knows, and a random number (model 7.4).

The site that one would join soonest within the week is the one wanted. Weekly, for 7 days.
Reads the handles site.profile_width, site.barrier_weight, resident.barrier, resident.time_penalty.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from ...kernel.broadcast import value_at
from ...kernel.compiled import chunk_range, kernel, parallel_kernel, rule
from ...kernel.keyed_random import allocate_draw_buffers, draw_uniform, draw_words, get_draw_buffer, to_uniform
from ...kernel.packed_tuple import pack_tuple
from ...kernel.random_streams import JOIN, RANDOM_JOIN
from ...kernel.scratch import get_scratch
from ...kernel.threads import max_chunks
from ...rules.belief import DAYS_PER_YEAR
from ...rules.joining import ROUNDING_MARGIN, joining_rate, site_affinity, time_to_event, total_barrier
from ...rules.tie_formation import ADULT_AGE
from ...world.population.people import CANDIDATES
from ...world.world import World
from ..step.context import WEEK, StepContext
from .facilitation import compute_facilitation
from .join_screening import (
    JoinColumns,
    compute_join_draw_bounds,
    filter_join_candidates,
    list_join_candidates,
    prefetch_join_columns,
)

DRAW_BLOCK = 256
"""Residents whose random numbers are drawn in one pass."""

LANGUAGE, DUTIES, CULTURE, DISABILITY = range(4)
"""Columns of people.barrier."""


@rule
def compute_days_until_joining(u, i, k, p, people, ties, place, sites, modifiers):
    """Days until resident i would join candidate k, u being uniform in (0, 1); inf when not within the week.

    people, ties, place, sites, modifiers: tuples of columns as `collect_join_columns` gives them.
    """
    uid, age, ses, building, barrier, agency, institution_trust, host_trust, social_hours, candidate, member = people
    degree, other, trust = ties
    x, y = place
    site_uid, site_x, site_y, age_centre, age_width, ses_centre, threshold = sites
    quality, width, change, no_time = modifiers
    s = candidate[i, k]
    b = building[i]
    km = distance_to_site(x[b], y[b], site_x[s], site_y[s])
    fit = site_affinity(age[i], ses[i], age_centre[s], age_width[s], ses_centre[s], width[s])
    barriers = total_barrier(barrier[i, LANGUAGE], barrier[i, DUTIES], barrier[i, CULTURE], barrier[i, DISABILITY],
                             threshold[s], value_at(change, i))
    busy = float(value_at(no_time, i)) if social_hours[i] < p.little_time else 0.0
    # Most would not join even if all their ties were members they trust: for them ties need not be read.
    highest = joining_rate(km, degree[i], agency[i], host_trust[i, k], institution_trust[i], 1.0, fit, barriers,
                           quality[s], busy, p)
    if u >= highest * ROUNDING_MARGIN * WEEK / DAYS_PER_YEAR:
        return np.inf
    friends, mean_trust = count_member_ties(i, s, degree, other, trust, member)
    rate = joining_rate(km, friends, agency[i], host_trust[i, k], institution_trust[i], mean_trust, fit, barriers,
                        quality[s], busy, p)
    if u >= rate * WEEK / DAYS_PER_YEAR:
        return np.inf
    return time_to_event(u, rate)


@rule
def draw_days_until_joining(key, day, i, k, p, people, ties, place, sites, modifiers):
    """Days until resident i would join candidate k, by this week's random number; inf when not within the week."""
    u = draw_uniform(key, people.uid[i], sites[0][people.candidate[i, k]], day, JOIN)
    return compute_days_until_joining(u, i, k, p, people, ties, place, sites, modifiers)


@rule
def count_member_ties(row, site, degree, other, trust, member):
    """(ties of a resident who belong to a site, mean trust over all ties or 0 without any)."""
    friends, total = 0, 0.0
    for k in range(degree[row]):
        total += trust[row, k]
        if member[other[row, k]] == site:
            friends += 1
    return friends, total / max(1, degree[row])


@rule
def distance_to_site(x1, y1, x2, y2):
    """Straight-line distance between two points, km."""
    return np.sqrt((float(x1) - x2) ** 2 + (float(y1) - y2) ** 2)


def find_join_intents(world: World, context: StepContext) -> np.ndarray:
    """int32[n]: row of the site a resident wants to join this week, -1 for none."""
    people, p, most = world.people, get_joining_parameters(world), DRAW_BLOCK * CANDIDATES
    out = np.empty(len(people), np.int32)
    if not len(world.sites):
        out[:] = -1
        return out
    columns = collect_join_columns(world, context)
    _find_join_intents(context.key, context.day, p, *columns, people.aware, people.alive, people.waiting,
                       world.sites.open, compute_join_draw_bounds(p, columns[-1]),
                       get_scratch(allocate_draw_buffers, most),
                       np.empty((max_chunks(), DRAW_BLOCK), np.uint8), np.empty((max_chunks(), DRAW_BLOCK), np.uint32),
                       np.empty((max_chunks(), most), np.uint32), out)
    return choose_joiners_at_random(world, context, out) if world.settings.behaviour == "random_joining" else out


def choose_joiners_at_random(world: World, context: StepContext, wanted: np.ndarray) -> np.ndarray:
    """int32[n]: as many residents for each site as want to join it (wanted, int32[n]), drawn among those who know it.

    Sites choose in the order of uid, each those of the lowest keyed numbers who are free to join and not yet chosen.
    """
    people, sites, out = world.people, world.sites, np.full(wanted.size, -1, np.int32)
    counts = np.bincount(wanted[wanted >= 0], minlength=len(sites))
    is_free = (people.member < 0) & (people.waiting < 0) & (people.alive > 0) & (people.age >= ADULT_AGE)
    is_known = (people.aware[:, None] >> np.arange(CANDIDATES)) & 1 > 0
    for s in sorted(np.flatnonzero(counts), key=lambda row: int(sites.uid[row])):
        rows = np.flatnonzero(is_free & (out < 0) & ((people.candidate == s) & is_known).any(axis=1))
        number = np.empty(rows.size, np.uint32)
        _draw_joining_numbers(context.key, context.day, people.uid[rows], sites.uid[s], number)
        out[rows[np.lexsort((people.uid[rows], number))[:counts[s]]]] = s
    return out


@rule
def draw_joining_number(key, day, uid, site_uid):
    """uint32: a resident's number for a site in a week when members are drawn at random; the lowest join."""
    return draw_words(key, uid, site_uid, day, RANDOM_JOIN)[0]


@kernel
def _draw_joining_numbers(key, day, uid, site_uid, out):
    for k in range(uid.size):
        out[k] = draw_joining_number(key, day, uid[k], site_uid)


@parallel_kernel
def _find_join_intents(key, day, p, people, ties, place, sites, modifiers, aware, alive, waiting, site_open,
                       draw_bounds, buffers, flags, listed, places, out, chunk, chunks):
    """Of the sites a resident knows and may join, the one they would join soonest within the week."""
    draws, pairs = get_draw_buffer(buffers, chunk), places[chunk]
    for b in chunk_range((out.size + DRAW_BLOCK - 1) // DRAW_BLOCK, chunk, chunks):
        first, end = b * DRAW_BLOCK, min(out.size, (b + 1) * DRAW_BLOCK)
        out[first:end] = -1
        count = list_join_candidates(first, end, people, aware, alive, waiting, flags[chunk], listed[chunk], pairs)
        count = filter_join_candidates(first, count, key, day, draw_bounds, people, ties[0], sites[0], draws, pairs)
        for c in range(count):
            prefetch_join_columns(first + pairs[c] // CANDIDATES, people, ties)
        soonest, before = float(WEEK), -1
        for c in range(count):  # the candidates of one resident follow one another
            i, k = first + pairs[c] // CANDIDATES, pairs[c] % CANDIDATES
            s = people.candidate[i, k]
            soonest, before = soonest if i == before else float(WEEK), i
            if s >= 0 and site_open[s]:
                days = compute_days_until_joining(to_uniform(draws.first[c]), i, k, p, people, ties, place, sites,
                                                  modifiers)
                if days < soonest:
                    soonest = days
                    out[i] = s


def get_joining_parameters(world: World) -> Any:
    """The joining parameters as a named tuple; weights that `behaviour` switches off are 0 (model 7.4)."""
    p = world.settings.joining.numbers
    if world.settings.behaviour == "socialisation_only":
        return _set_trust_weights_to_zero(p)
    return p


@lru_cache
def _set_trust_weights_to_zero(p: Any) -> Any:
    return pack_tuple(p._replace(host=0.0, institution=0.0, trust=0.0))


def collect_join_columns(world: World, context: StepContext) -> tuple:
    """The columns that `draw_days_until_joining` reads, in groups: people, ties, place, sites, modified handles."""
    people, ties, sites, handles = world.people, world.ties, world.sites, context.handles
    return (
        people.bundle(JoinColumns),
        (ties.degree, ties.alter, ties.trust),
        (world.buildings.x, world.buildings.y),
        (sites.uid, sites.x, sites.y, sites.age_centre, sites.age_width, sites.ses_centre,
         handles.site("barrier_weight").astype(np.float32)),
        (compute_facilitation(world, context), handles.site("profile_width"), handles.resident("barrier"),
         handles.resident("time_penalty")),
    )
