"""Hear: residents learn of sites through ties, the building or the site itself, and forget them (model 7.4).

Weekly, for 7 days. Reads the handle site.visibility.
"""

from __future__ import annotations

import numpy as np

from ..kernel.compiled import chunk_range, parallel_kernel, rule
from ..kernel.keyed_random import allocate_draw_buffers, get_draw_buffer, to_uniform
from ..kernel.scratch import get_scratch
from ..kernel.threads import max_chunks
from ..rules.hearing import event_occurs, hearing_rate
from ..rules.tie_formation import ADULT_AGE
from ..world.population.people import CANDIDATES
from ..world.world import World
from .projects.awareness_screening import (
    draw_hearing_numbers,
    exceeds_weekly_bound,
    list_possible_updates,
    prefetch_listener,
    prefetch_word_of_mouth,
)
from .step.context import WEEK, StepContext
from .step.row_lists import list_assigned_rows

WRITES = ("people.aware",)
DRAW_BLOCK = 256
"""Residents whose random numbers are drawn in one pass."""


def step(world: World, context: StepContext) -> None:
    """On weekly steps: each adult may forget the sites they know and hear of those they do not."""
    if context.is_weekly:
        context.run_stage(update_awareness, world)


@rule
def hears_of_site(i, s, u, before, people, homes, ties, visibility, p):
    """True when resident i hears of site s this week. u: uniform in (0, 1)."""
    candidate, member, _ = people
    building, adults, first_member, member_site = homes
    degree, other, trust = ties
    share = member_share(i, s, building, adults, first_member, member_site)
    heard = word_of_mouth(i, s, degree, other, trust, member, candidate, before, p.nonmember_weight)
    return event_occurs(u, hearing_rate(visibility[s], share, heard, p), WEEK)


@rule
def word_of_mouth(row, site, degree, other, trust, member, candidate, aware, echo):
    """Sum of a resident's trust in ties who belong to a site, plus echo times that in ties who only know of it."""
    total = 0.0
    for k in range(degree[row]):
        j = other[row, k]
        if member[j] == site:
            total += trust[row, k]
        elif aware[j]:
            for c in range(CANDIDATES):
                if candidate[j, c] == site and aware[j] >> c & 1:
                    total += echo * trust[row, k]
    return total


@rule
def member_share(row, site, building, adults, first_member, member_site):
    """Share of the adults of a resident's building who belong to a site."""
    b = building[row]
    count = 0
    for k in range(first_member[b], first_member[b + 1]):
        count += member_site[k] == site
    return count / max(1, adults[b])


@rule
def sum_trust(row, degree, trust):
    """Sum of a resident's trust in all ties: what word of mouth would be if all of them were members."""
    total = 0.0
    for k in range(degree[row]):
        total += trust[row, k]
    return total


def update_awareness(world: World, context: StepContext) -> None:
    """Write people.aware: bit k set where a resident hears of candidate k, cleared where one forgets it."""
    people, ties, sites = world.people, world.ties, world.sites
    if not len(sites):
        return
    p, visibility = world.settings.hearing.numbers, context.handles.site("visibility")
    max_pairs = DRAW_BLOCK * CANDIDATES
    _update_awareness(context.key, context.day, p, people.uid, (people.age, people.alive),
                      (people.candidate, people.member, people.waiting),
                      (people.building, world.buildings.adults, *group_members_by_building(world)),
                      (ties.degree, ties.alter, ties.trust), (sites.uid, sites.open, visibility),
                      float(visibility.max()) + p.building, people.aware.copy(), people.aware,
                      get_scratch(allocate_draw_buffers, max_pairs), np.empty((max_chunks(), max_pairs), np.uint8),
                      np.empty((max_chunks(), max_pairs), np.uint32))


@parallel_kernel
def _update_awareness(key, day, p, uid, listeners, people, homes, ties, sites, max_visibility, before, aware, buffers,
                      flags, places, chunk, chunks):
    """Whom the random numbers let through forgets a site they know, or may hear of one they do not know."""
    candidate, member, waiting = people
    site_uid, site_open, visibility = sites
    age, alive = listeners
    draws, passes, selected = get_draw_buffer(buffers, chunk), flags[chunk], places[chunk]
    for b in chunk_range((uid.size + DRAW_BLOCK - 1) // DRAW_BLOCK, chunk, chunks):
        first, end, hearers = b * DRAW_BLOCK, min(uid.size, (b + 1) * DRAW_BLOCK), 0
        rows = end - first
        draw_hearing_numbers(first, end, key, day, uid, candidate, before, site_uid, draws)
        count = list_possible_updates(first, end, p, before, ties[0], max_visibility, draws.first, passes, selected)
        for c in range(count):
            prefetch_listener(first + selected[c] % rows, listeners, people, homes[0], ties)
        for c in range(count):
            i, k = first + selected[c] % rows, selected[c] // rows
            s, u = candidate[i, k], to_uniform(draws.first[selected[c]])
            if s < 0 or not site_open[s] or age[i] < ADULT_AGE or not alive[i]:
                continue
            if before[i] >> k & 1:
                if member[i] != s and waiting[i] != s and event_occurs(u, p.forget, WEEK):
                    aware[i] &= ~(1 << k)
            # No rate exceeds this bound: most need look neither at the building nor at what ties know.
            elif not exceeds_weekly_bound(u, visibility[s] + p.building + p.word_of_mouth * sum_trust(i, ties[0],
                                                                                                      ties[2])):
                prefetch_word_of_mouth(i, people, homes, ties, before)
                selected[hearers] = selected[c]
                hearers += 1
        for c in range(hearers):
            i, k = first + selected[c] % rows, selected[c] // rows
            u = to_uniform(draws.first[selected[c]])
            aware[i] |= hears_of_site(i, candidate[i, k], u, before, people, homes, ties, visibility, p) << k


def group_members_by_building(world: World) -> tuple[np.ndarray, np.ndarray]:
    """Where the members of each building begin, int64[b + 1], in a list of the sites they belong to, int32[m]."""
    people = world.people
    rows = list_assigned_rows(people.member)
    home = people.building[rows]
    first = np.concatenate([[0], np.cumsum(np.bincount(home, minlength=len(world.buildings)))])
    return first, people.member[rows[np.argsort(home, kind="stable")]]
