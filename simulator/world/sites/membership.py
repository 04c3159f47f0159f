"""Who already belongs to a site at the start, so that warm-up is short (model 5.5 and 7.4)."""

from __future__ import annotations

import math

import numpy as np

from ...kernel.compiled import parallel, portion
from ...kernel.random import Key, gumbel, uniform
from ...kernel.stream import MEMBER_START
from ...parameters import Model
from ..places.place import Buildings
from ..population.people import People
from .candidate import CHOICES, hear_at_start
from .site import Sites

ROUNDS = 50


def known_at_rest(settings: Model, share: float) -> float:
    """Share of residents aware of a candidate, at rest: gains over gains and forgetting; `share` are members of any.

    Neighbours and ties who are members belong to this candidate once in CHOICES.
    """
    h = settings.hearing
    known, share = 0.0, share / CHOICES
    for _ in range(ROUNDS):
        gain = h.visibility + h.building * share + h.mouth * settings.population.ties_trust * (share + h.echo * known)
        known = gain / (gain + h.forget)
    return known


@parallel
def _wish(key, p, uid, building, bx, by, candidate, aware, agency, barrier, threshold, site_uid, sx, sy, site, score,
          piece, pieces):
    for i in portion(uid.size, piece, pieces):
        site[i], score[i] = -1, -math.inf
        hard = barrier[i, 1] + barrier[i, 3]
        soft = barrier[i, 0] + barrier[i, 2]
        for k in range(3):
            s = candidate[i, k]
            if s < 0 or (aware[i] >> k) & 1 == 0:
                continue
            b = building[i]
            value = (gumbel(uniform(key, uid[i], site_uid[s], 0, MEMBER_START)) + p.agency * (agency[i] - 0.5)
                     - math.hypot(bx[b] - sx[s], by[b] - sy[s]) / p.distance - hard - threshold[s] * soft)
            if value > score[i]:
                site[i], score[i] = s, value


def join_at_start(people: People, buildings: Buildings, sites: Sites, settings: Model, key: Key) -> None:
    """Write people.aware, people.member, sites.members. Sites are filled to a share, keenest first."""
    p, j = settings.population, settings.joining
    room = np.floor(p.members_start * sites.places * j.members_per_place * sites.open).astype(np.int64)
    adults = max(1, int((people.candidate[:, 0] >= 0).sum()))
    hear_at_start(people, sites, known_at_rest(settings, min(1.0, room.sum() / adults)), key)
    site, score = np.empty(len(people), np.int64), np.empty(len(people))
    _wish(key, j.numbers, people.uid, people.building, buildings.x, buildings.y, people.candidate, people.aware,
          people.agency, people.barrier, sites.threshold, sites.uid, sites.x, sites.y, site, score)
    rows = np.flatnonzero(site >= 0)
    order = rows[np.lexsort((people.uid[rows], -score[rows], site[rows]))]
    counts = np.bincount(site[order], minlength=len(sites))
    rank = np.arange(len(order)) - np.concatenate([[0], np.cumsum(counts)])[site[order]]
    taken = order[rank < room[site[order]]]
    people.member[taken] = site[taken]
    sites.members[:] = np.bincount(site[taken], minlength=len(sites))
