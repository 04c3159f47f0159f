"""Which three sites a resident might join: the best by places and distance, with luck keyed by (resident, site)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from ...kernel.compiled import making_parallel, parallel, portion, rule
from ...kernel.random import gumbel, uniform
from ...kernel.stream import AWARE_START, CANDIDATE
from ..places.place import Buildings, Neighbourhoods
from ..population.belief import YOUNGEST
from ..population.people import People
from ..world import World
from .site import Sites

SHORTLIST = 12
"""A resident chooses among so many sites nearest to the neighbourhood."""
CHOICES = 3

PLANNED = ("uid", "neighbourhood", "commune", "x", "y", "places", "staff", "hours", "kits", "host", "opens", "closes",
           "reserve")
"""What a plan says of a site to come: columns of Sites."""


@rule
def attraction(key, uid, x, y, site_uid, places, site_x, site_y, p):
    """Score of a site for a resident: log of gravity plus Gumbel noise of the pair, so that new sites move no other.

    A site without places, or farther than `joining.reach`, attracts nobody, were it the only one. p: joining group.
    """
    away = math.hypot(x - site_x, y - site_y)
    if places <= 0.0 or away > p.reach:
        return -math.inf
    return math.log(places) - away / p.distance + gumbel(uniform(key, uid, site_uid, 0, CANDIDATE))


def shortlist(neighbourhoods: Neighbourhoods, sites: Sites) -> np.ndarray:
    """int64[z, up to SHORTLIST]: open sites nearest to each neighbourhood, in order of uid."""
    rows = np.flatnonzero(sites.open)
    rows = rows[np.argsort(sites.uid[rows], kind="stable")]
    x, y = neighbourhoods.x[:, None], neighbourhoods.y[:, None]
    distance = np.hypot(x - sites.x[None, rows], y - sites.y[None, rows])
    near = np.argsort(distance, axis=1, kind="stable")[:, :SHORTLIST]
    return rows[np.sort(near, axis=1)] if len(rows) else np.zeros((len(neighbourhoods), 0), np.int64)


@making_parallel
def _choose(key, uid, age, building, neighbourhood, bx, by, near, site_uid, places, sx, sy, p, candidate, piece,
            pieces):
    for i in portion(uid.size, piece, pieces):
        if age[i] < YOUNGEST:
            continue
        best = np.full(3, -math.inf)
        for k in range(near.shape[1]):
            s = near[neighbourhood[i], k]
            b = building[i]
            score = attraction(key, uid[i], bx[b], by[b], site_uid[s], places[s], sx[s], sy[s], p)
            for slot in range(3):
                if score > best[slot]:
                    for lower in range(2, slot, -1):
                        best[lower], candidate[i, lower] = best[lower - 1], candidate[i, lower - 1]
                    best[slot], candidate[i, slot] = score, s
                    break


@parallel
def _hear(key, uid, candidate, site_uid, known, aware, piece, pieces):
    for i in portion(uid.size, piece, pieces):
        bits = 0
        for k in range(3):
            s = candidate[i, k]
            if s >= 0 and uniform(key, uid[i], site_uid[s], 0, AWARE_START) < known:
                bits |= 1 << k
        aware[i] = bits


def choose_sites(people: People, buildings: Buildings, neighbourhoods: Neighbourhoods, sites: Sites, p: Any,
                 key: tuple) -> None:
    """Write people.candidate. p: the joining group as a named tuple."""
    _choose(key, people.uid, people.age, people.building, people.neighbourhood, buildings.x, buildings.y,
            shortlist(neighbourhoods, sites), sites.uid, sites.places, sites.x, sites.y, p, people.candidate)


def hear_at_start(people: People, sites: Sites, known: float, key: tuple) -> None:
    """Write people.aware: each candidate is known with the same probability, at rest."""
    _hear(key, people.uid, people.candidate, sites.uid, known, people.aware)


@parallel
def _offer(key, site, uid, age, alive, building, bx, by, member, waiting, site_uid, places, sx, sy, p, within,
           trust, candidate, host_trust, aware, piece, pieces):
    for i in portion(uid.size, piece, pieces):
        b = building[i]
        if age[i] < YOUNGEST or alive[i] == 0 or math.hypot(bx[b] - sx[site], by[b] - sy[site]) > within:
            continue
        worst, least, held = -1, math.inf, False
        for k in range(3):
            s = candidate[i, k]
            held = held or s == site
            if s >= 0 and (s == member[i] or s == waiting[i]):
                continue
            score = -math.inf
            if s >= 0:
                score = attraction(key, uid[i], bx[b], by[b], site_uid[s], places[s], sx[s], sy[s], p)
            if worst < 0 or score < least:
                worst, least = k, score
        if held or worst < 0:
            continue
        if attraction(key, uid[i], bx[b], by[b], site_uid[site], places[site], sx[site], sy[site], p) > least:
            candidate[i, worst] = site
            host_trust[i, worst] = trust
            aware[i] &= 7 - (1 << worst)


def offer_site(world: World, site: int) -> None:
    """A planned site opens: it takes the place of residents' worst candidate where it attracts more.

    Never of the site one belongs to or waits for. Nobody has heard of it yet. Writes people.candidate, host_trust and
    aware, which must be lent. It reaches as far as its own SHORTLIST-th nearest open site.
    """
    people, sites, start = world.people, world.sites, world.settings.start
    distance = np.sort(np.hypot(sites.x[sites.open > 0] - sites.x[site], sites.y[sites.open > 0] - sites.y[site]))
    within = float(distance[SHORTLIST]) if len(distance) > SHORTLIST else np.inf
    _offer(world.key, site, people.uid, people.age, people.alive, people.building, world.buildings.x, world.buildings.y,
           people.member, people.waiting, sites.uid, sites.places, sites.x, sites.y, world.settings.joining.numbers,
           within, start.host_trust, people.candidate, people.host_trust, people.aware)


@parallel
def _refill(key, gone, uid, building, neighbourhood, bx, by, near, site_uid, places, sx, sy, p, trust, candidate,
            host_trust, aware, piece, pieces):
    for i in portion(uid.size, piece, pieces):
        for k in range(3):
            if candidate[i, k] < 0 or not gone[candidate[i, k]]:
                continue
            best, most, b = -1, -math.inf, building[i]
            for m in range(near.shape[1]):
                s = near[neighbourhood[i], m]
                if s == candidate[i, 0] or s == candidate[i, 1] or s == candidate[i, 2]:
                    continue
                score = attraction(key, uid[i], bx[b], by[b], site_uid[s], places[s], sx[s], sy[s], p)
                if score > most:
                    best, most = s, score
            candidate[i, k], host_trust[i, k] = best, trust
            aware[i] &= 7 - (1 << k)


def withdraw_sites(world: World, gone: np.ndarray) -> None:
    """Sites bool[s] that were open for a time only leave residents' candidates to the next best open site near.

    Writes people.candidate, host_trust and aware, which must be lent; nobody may belong to these sites any more.
    """
    if not gone.any():
        return
    people, sites, start = world.people, world.sites, world.settings.start
    _refill(world.key, gone, people.uid, people.building, people.neighbourhood, world.buildings.x, world.buildings.y,
            shortlist(world.neighbourhoods, sites), sites.uid, sites.places, sites.x, sites.y,
            world.settings.joining.numbers, start.host_trust, people.candidate, people.host_trust, people.aware)


def add_planned_sites(world: World, plans: Sequence[Any]) -> np.ndarray:
    """Rows of sites a lever will open: closed until then, in nobody's candidates. int64[plans]: their rows.

    Each plan has the attributes PLANNED, with a uid of 2^31 or above. ValueError if a uid is already on the map.
    """
    first, sites = len(world.sites), world.sites
    if not plans:
        return np.zeros(0, np.int64)
    sites.grow(len(plans))
    for row, plan in enumerate(plans, first):
        for name in PLANNED:
            getattr(sites, name)[row] = getattr(plan, name)
        sites.open[row], sites.planned[row] = 0, 1
    sites.close()
    if len(np.unique(sites.uid)) != len(sites):
        raise ValueError("two sites have the same uid: expected another name for the lever or the card")
    return np.arange(first, len(sites))
