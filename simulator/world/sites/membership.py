"""Members of sites at the start of a run, near the steady state so that burn-in is short (model 5.5 and 7.4)."""

from __future__ import annotations

import math

import numpy as np

from ...kernel.compiled import chunk_range, parallel_kernel
from ...kernel.keyed_random import RandomKey, draw_uniform, to_gumbel
from ...kernel.random_streams import INITIAL_MEMBERSHIP
from ...parameters import Model
from ..places.place import Buildings
from ..population.people import CANDIDATES, People
from .candidate import assign_initial_awareness
from .site import Sites

FIXED_POINT_ITERATIONS = 50


def steady_state_awareness(settings: Model, member_share: float) -> float:
    """Steady-state share of residents who are aware of a candidate site: gains / (gains + forgetting).

    member_share: share of residents who are members of any site. Each of them belongs to one of CANDIDATES sites, so a
    neighbour or alter is a member of a given candidate with probability member_share / CANDIDATES.
    """
    h = settings.hearing
    aware, share = 0.0, member_share / CANDIDATES
    for _ in range(FIXED_POINT_ITERATIONS):
        knowing = share + h.nonmember_weight * aware
        gain = h.visibility + h.building * share + h.word_of_mouth * settings.population.ties_trust * knowing
        aware = gain / (gain + h.forget)
    return aware


@parallel_kernel
def _score_join_intent(key, p, uid, building, bx, by, candidate, aware, agency, barrier, threshold, site_uid, sx, sy,
                       site, score, chunk, chunks):
    for i in chunk_range(uid.size, chunk, chunks):
        site[i], score[i] = -1, -math.inf
        hard = barrier[i, 1] + barrier[i, 3]
        soft = barrier[i, 0] + barrier[i, 2]
        for k in range(CANDIDATES):
            s = candidate[i, k]
            if s < 0 or (aware[i] >> k) & 1 == 0:
                continue
            b = building[i]
            noise = to_gumbel(draw_uniform(key, uid[i], site_uid[s], 0, INITIAL_MEMBERSHIP))
            value = (noise + p.agency * (agency[i] - 0.5) - math.hypot(bx[b] - sx[s], by[b] - sy[s]) / p.distance
                     - hard - threshold[s] * soft)
            if value > score[i]:
                site[i], score[i] = s, value


def assign_initial_members(people: People, buildings: Buildings, sites: Sites, settings: Model, key: RandomKey) -> None:
    """Write people.aware, people.member and sites.members.

    Each site is filled to the share `population.members_start` of its capacity, highest join intent first.
    """
    p, j = settings.population, settings.joining
    capacity = np.floor(p.members_start * sites.places * j.members_per_place * sites.open).astype(np.int64)
    adults = max(1, int((people.candidate[:, 0] >= 0).sum()))
    assign_initial_awareness(people, sites, steady_state_awareness(settings, min(1.0, capacity.sum() / adults)), key)
    site, score = np.empty(len(people), np.int64), np.empty(len(people))
    _score_join_intent(key, j.numbers, people.uid, people.building, buildings.x, buildings.y, people.candidate,
                       people.aware, people.agency, people.barrier, sites.threshold, sites.uid, sites.x, sites.y, site,
                       score)
    rows = np.flatnonzero(site >= 0)
    order = rows[np.lexsort((people.uid[rows], -score[rows], site[rows]))]
    counts = np.bincount(site[order], minlength=len(sites))
    rank = np.arange(len(order)) - np.concatenate([[0], np.cumsum(counts)])[site[order]]
    admitted = order[rank < capacity[site[order]]]
    people.member[admitted] = site[admitted]
    sites.members[:] = np.bincount(site[admitted], minlength=len(sites))
