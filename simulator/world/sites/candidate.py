"""Candidate sites: the few a resident might join, by places, distance and a random term of (resident, site)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from ...i18n.translation import Message
from ...kernel.compiled import allocating_parallel_kernel, chunk_range, parallel_kernel, rule
from ...kernel.keyed_random import draw_uniform, to_gumbel
from ...kernel.random_streams import CANDIDATE, INITIAL_AWARENESS
from ..places.place import Buildings, Neighbourhoods
from ..population.people import CANDIDATES, People
from ..population.traits import MIN_SOCIAL_AGE
from ..world import World
from .site import Sites

SHORTLIST_SIZE = 12
"""Candidates are chosen among this many open sites nearest to the neighbourhood."""

PLANNED_COLUMNS = ("uid", "neighbourhood", "commune", "x", "y", "places", "staff", "hours", "kits", "host", "opens",
                   "closes", "reserve")
"""Columns of Sites that a planned site sets."""


@rule
def score_site_attraction(key, uid, x, y, site_uid, places, site_x, site_y, p):
    """Score of a site for a resident: log of a gravity model plus Gumbel noise.

    The noise is keyed by the pair, so a new site changes no other score. -inf for a site without places, or farther
    than `joining.reach` km. x, y, site_x, site_y: km; p: joining parameters.
    """
    distance = math.hypot(x - site_x, y - site_y)
    if places <= 0.0 or distance > p.reach:
        return -math.inf
    return math.log(places) - distance / p.distance + to_gumbel(draw_uniform(key, uid, site_uid, 0, CANDIDATE))


@rule
def find_candidate_slot(candidate, row, site):
    """Index of a site among a resident's candidate sites, -1 if it is none of them."""
    for k in range(candidate.shape[1]):
        if candidate[row, k] == site:
            return k
    return -1


def list_nearest_sites(neighbourhoods: Neighbourhoods, sites: Sites) -> np.ndarray:
    """int64[neighbourhoods, up to SHORTLIST_SIZE]: open sites nearest to each neighbourhood, in order of uid."""
    rows = np.flatnonzero(sites.open)
    rows = rows[np.argsort(sites.uid[rows], kind="stable")]
    x, y = neighbourhoods.x[:, None], neighbourhoods.y[:, None]
    distance = np.hypot(x - sites.x[None, rows], y - sites.y[None, rows])
    near = np.argsort(distance, axis=1, kind="stable")[:, :SHORTLIST_SIZE]
    return rows[np.sort(near, axis=1)] if len(rows) else np.zeros((len(neighbourhoods), 0), np.int64)


@allocating_parallel_kernel
def _choose_candidates(key, uid, age, building, neighbourhood, bx, by, near, site_uid, places, sx, sy, p, candidate,
                       chunk, chunks):
    for i in chunk_range(uid.size, chunk, chunks):
        if age[i] < MIN_SOCIAL_AGE:
            continue
        best = np.full(CANDIDATES, -math.inf)
        for k in range(near.shape[1]):
            s = near[neighbourhood[i], k]
            b = building[i]
            score = score_site_attraction(key, uid[i], bx[b], by[b], site_uid[s], places[s], sx[s], sy[s], p)
            for slot in range(CANDIDATES):
                if score > best[slot]:
                    for lower in range(CANDIDATES - 1, slot, -1):
                        best[lower], candidate[i, lower] = best[lower - 1], candidate[i, lower - 1]
                    best[slot], candidate[i, slot] = score, s
                    break


@parallel_kernel
def _draw_awareness(key, uid, candidate, site_uid, probability, aware, chunk, chunks):
    for i in chunk_range(uid.size, chunk, chunks):
        bits = 0
        for k in range(CANDIDATES):
            s = candidate[i, k]
            if s >= 0 and draw_uniform(key, uid[i], site_uid[s], 0, INITIAL_AWARENESS) < probability:
                bits |= 1 << k
        aware[i] = bits


def assign_candidate_sites(people: People, buildings: Buildings, neighbourhoods: Neighbourhoods, sites: Sites, p: Any,
                           key: tuple) -> None:
    """Write people.candidate. p: the joining parameters as a named tuple."""
    _choose_candidates(key, people.uid, people.age, people.building, people.neighbourhood, buildings.x, buildings.y,
                       list_nearest_sites(neighbourhoods, sites), sites.uid, sites.places, sites.x, sites.y, p,
                       people.candidate)


def assign_initial_awareness(people: People, sites: Sites, probability: float, key: tuple) -> None:
    """Write people.aware: each resident is aware of each candidate with the same probability."""
    _draw_awareness(key, people.uid, people.candidate, sites.uid, probability, people.aware)


@parallel_kernel
def _insert_candidate(key, site, uid, age, alive, building, bx, by, member, waiting, site_uid, places, sx, sy, p,
                      max_distance, trust, candidate, host_trust, aware, chunk, chunks):
    for i in chunk_range(uid.size, chunk, chunks):
        b = building[i]
        if age[i] < MIN_SOCIAL_AGE or alive[i] == 0 or math.hypot(bx[b] - sx[site], by[b] - sy[site]) > max_distance:
            continue
        worst, least, already_listed = -1, math.inf, False
        for k in range(CANDIDATES):
            s = candidate[i, k]
            already_listed = already_listed or s == site
            if s >= 0 and (s == member[i] or s == waiting[i] or (aware[i] >> k) & 1):
                continue
            score = -math.inf
            if s >= 0:
                score = score_site_attraction(key, uid[i], bx[b], by[b], site_uid[s], places[s], sx[s], sy[s], p)
            if worst < 0 or score < least:
                worst, least = k, score
        if already_listed or worst < 0:
            continue
        score = score_site_attraction(key, uid[i], bx[b], by[b], site_uid[site], places[site], sx[site], sy[site], p)
        if score > least:
            candidate[i, worst] = site
            host_trust[i, worst] = trust


def offer_site(world: World, site: int) -> None:
    """Make a site that opens a candidate of residents, in place of the worst one they have not heard of, if it attracts
    more.

    It never replaces a site that a resident knows, belongs to or waits for, and nobody is aware of it yet. It reaches
    residents no farther away than its SHORTLIST_SIZE-th nearest open site. Writes people.candidate and host_trust,
    which must be writable.
    """
    people, sites, start = world.people, world.sites, world.settings.start
    distance = np.sort(np.hypot(sites.x[sites.open > 0] - sites.x[site], sites.y[sites.open > 0] - sites.y[site]))
    max_distance = float(distance[SHORTLIST_SIZE]) if len(distance) > SHORTLIST_SIZE else np.inf
    _insert_candidate(world.key, site, people.uid, people.age, people.alive, people.building, world.buildings.x,
                      world.buildings.y, people.member, people.waiting, sites.uid, sites.places, sites.x, sites.y,
                      world.settings.joining.numbers, max_distance, start.host_trust, people.candidate,
                      people.host_trust, people.aware)


@parallel_kernel
def _replace_candidates(key, withdrawn, uid, building, neighbourhood, bx, by, near, site_uid, places, sx, sy, p, trust,
                        candidate, host_trust, aware, chunk, chunks):
    for i in chunk_range(uid.size, chunk, chunks):
        for k in range(CANDIDATES):
            if candidate[i, k] < 0 or not withdrawn[candidate[i, k]]:
                continue
            best, most, b = -1, -math.inf, building[i]
            for m in range(near.shape[1]):
                s = near[neighbourhood[i], m]
                if find_candidate_slot(candidate, i, s) >= 0:
                    continue
                score = score_site_attraction(key, uid[i], bx[b], by[b], site_uid[s], places[s], sx[s], sy[s], p)
                if score > most:
                    best, most = s, score
            candidate[i, k], host_trust[i, k] = best, trust
            aware[i] &= ~np.uint8(1 << k)


def withdraw_sites(world: World, withdrawn: np.ndarray) -> None:
    """Replace closed temporary sites among residents' candidates by the best of the open sites near.

    withdrawn: bool[sites]; these sites must have no members left. Writes people.candidate, host_trust and aware, which
    must be writable.
    """
    if not withdrawn.any():
        return
    people, sites, start = world.people, world.sites, world.settings.start
    _replace_candidates(world.key, withdrawn, people.uid, people.building, people.neighbourhood, world.buildings.x,
                        world.buildings.y, list_nearest_sites(world.neighbourhoods, sites), sites.uid, sites.places,
                        sites.x, sites.y, world.settings.joining.numbers, start.host_trust, people.candidate,
                        people.host_trust, people.aware)


def add_planned_sites(world: World, plans: Sequence[Any]) -> np.ndarray:
    """Append sites that a lever will open: closed until then, and nobody's candidates. int64[plans]: their rows.

    Each plan has the attributes PLANNED_COLUMNS, with a uid of 2^31 or above. ValueError if a uid exists already.
    """
    first, sites = len(world.sites), world.sites
    if not plans:
        return np.zeros(0, np.int64)
    sites.append_rows(len(plans))
    for row, plan in enumerate(plans, first):
        for name in PLANNED_COLUMNS:
            getattr(sites, name)[row] = getattr(plan, name)
        sites.open[row], sites.planned[row] = 0, 1
    sites.close()
    if len(np.unique(sites.uid)) != len(sites):
        raise ValueError(Message("two sites have the same uid: expected another name for the lever or the card"))
    return np.arange(first, len(sites))
