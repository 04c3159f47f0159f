"""Members of sites at the start of a run, near the steady state so that burn-in is short (model 5.5 and 7.4)."""

from __future__ import annotations

import math

import numpy as np

from ...kernel.compiled import chunk_range, parallel_kernel
from ...kernel.keyed_random import RandomKey, draw_uniform, to_gumbel
from ...kernel.random_streams import INITIAL_MEMBERSHIP, SITE_AGE
from ...parameters import Model
from ...rules.funding import closing_probability
from ...rules.joining import joining_rate, leaving_rate, site_affinity, total_barrier
from ...rules.meeting import facilitation_quality
from ..places.place import Buildings
from ..population.people import CANDIDATES, People, Ties
from ..population.random_columns import draw_uniform_columns
from .candidate import assign_initial_awareness
from .member_traits import draw_restlessness, draw_tenure
from .site import Sites

FIXED_POINT_ITERATIONS = 50
MEMBERSHIP_ROUNDS = 2
"""Who knows of sites depends on how many belong to them: first on as many as there is room for, then on those found."""
ROUNDING_DIGITS = 6
"""Decimal digits to which a number of members is rounded before the fraction is cut off."""


def steady_state_awareness(settings: Model, share: float) -> float:
    """Steady-state share of residents who are aware of a candidate site: gains / (gains + forgetting).

    share: of adults who are members of that site, as a neighbour or a tie is with this probability.
    """
    h, aware = settings.hearing, 0.0
    for _ in range(FIXED_POINT_ITERATIONS):
        knowing = share + h.nonmember_weight * aware
        gain = h.visibility + h.building * share + h.word_of_mouth * settings.population.ties_trust * knowing
        aware = gain / (gain + h.forget)
    return aware


@parallel_kernel
def _score_members(key, p, start, residents, ties, bx, by, places, site, score, chunk, chunks):
    """Write the site each resident belongs to, -1 for none, and a score that is higher the likelier that is.

    In a life of joining and leaving, the odds of being found at a site are the rate of joining over that of leaving;
    nobody has belonged to a site for longer than it has been open. start: first trust in a host, factor on these odds.
    """
    uid, age, ses, building, candidate, aware, agency, institution_trust, barrier, social_hours = residents
    site_uid, sx, sy, age_centre, age_width, ses_centre, threshold, quality, site_age = places
    degree, trust = ties
    host, factor = start
    for i in chunk_range(uid.size, chunk, chunks):
        site[i], score[i] = -1, to_gumbel(draw_uniform(key, uid[i], 0, 0, INITIAL_MEMBERSHIP, 1))
        total = 0.0
        for k in range(degree[i]):
            total += trust[i, k]
        mean_trust = total / max(1, degree[i])
        busy = p.no_time if social_hours[i] < p.little_time else 0.0
        for k in range(CANDIDATES):
            s = candidate[i, k]
            if s < 0 or (aware[i] >> k) & 1 == 0:
                continue
            b = building[i]
            km = math.hypot(bx[b] - sx[s], by[b] - sy[s])
            fit = site_affinity(age[i], ses[i], age_centre[s], age_width[s], ses_centre[s], 1.0)
            barriers = total_barrier(barrier[i, 0], barrier[i, 1], barrier[i, 2], barrier[i, 3], threshold[s], 0.0)
            joins = joining_rate(km, 0, agency[i], host, institution_trust[i], mean_trust, fit, barriers, quality[s],
                                 busy, p)
            restless = draw_restlessness(key, uid[i], site_uid[s], p)
            leaves = leaving_rate(p.first_satisfaction, 0.0, restless, p)
            noise = to_gumbel(draw_uniform(key, uid[i], site_uid[s], 0, INITIAL_MEMBERSHIP))
            value = noise + math.log(factor * joins / leaves)
            if value > score[i]:
                site[i], score[i] = s, value
                if draw_tenure(key, uid[i], site_uid[s], leaves) > site_age[s]:
                    site[i] = -1


def assign_initial_members(people: People, buildings: Buildings, sites: Sites, ties: Ties, settings: Model,
                           key: RandomKey) -> None:
    """Write people.aware, people.member and sites.members.

    Who belongs where follows from the rates of joining and leaving; a site that would overflow keeps the likeliest.
    """
    capacity = compute_member_capacity(sites.places * sites.open, settings)
    quality = np.array([facilitation_quality(staff, members, settings.meeting.numbers)
                        for staff, members in zip(sites.staff, capacity, strict=True)])
    pairs = max(1, int((people.candidate >= 0).sum()))  # of an adult and a candidate site
    members = capacity
    for _ in range(MEMBERSHIP_ROUNDS):
        assign_initial_awareness(people, sites, steady_state_awareness(settings, min(1.0, members.sum() / pairs)), key)
        site, score = _find_likely_members(people, buildings, sites, ties, settings, key, quality)
        rows = np.flatnonzero(site >= 0)
        order = rows[np.lexsort((people.uid[rows], -score[rows], site[rows]))]
        rank = np.arange(len(order)) - np.searchsorted(site[order], site[order])
        admitted = order[rank < capacity[site[order]]]
        members = np.bincount(site[admitted], minlength=len(sites))
    if settings.behaviour == "random_joining":
        _draw_members_at_random(people, sites, members, key)
    else:
        people.member[admitted] = site[admitted]
    sites.members[:] = np.bincount(people.member[people.member >= 0], minlength=len(sites))


def _draw_members_at_random(people: People, sites: Sites, members: np.ndarray, key: RandomKey) -> None:
    """Write people.member: as many as int64[s] `members`, drawn among those who know the site, in the order of uids."""
    is_known = (people.aware[:, None] >> np.arange(CANDIDATES)) & 1 > 0
    for s in np.argsort(sites.uid):
        knows = ((people.candidate == s) & is_known).any(axis=1) & (people.member < 0)
        rows = np.flatnonzero(knows)
        number = draw_uniform_columns(key, people.uid[rows] ^ sites.uid[s], INITIAL_MEMBERSHIP, 2)[:, 0]
        people.member[rows[np.lexsort((people.uid[rows], number))[:members[s]]]] = s


def _find_likely_members(people: People, buildings: Buildings, sites: Sites, ties: Ties, settings: Model,
                         key: RandomKey, quality: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """int64[n]: site to which each resident would belong, -1 for none; float64[n]: a score, higher the likelier."""
    site, score = np.empty(len(people), np.int64), np.empty(len(people))
    start = (settings.start.host_trust, settings.population.members_start)
    residents = (people.uid, people.age, people.ses, people.building, people.candidate, people.aware, people.agency,
                 people.trust_institutions, people.barrier, people.social_hours)
    places = (sites.uid, sites.x, sites.y, sites.age_centre, sites.age_width, sites.ses_centre, sites.threshold,
              quality, draw_site_ages(sites, settings, key))
    _score_members(key, settings.joining.numbers, start, residents, (ties.degree, ties.trust), buildings.x, buildings.y,
                   places, site, score)
    return site, score


def draw_site_ages(sites: Sites, settings: Model, key: RandomKey) -> np.ndarray:
    """float64[s]: years that each site has been open, exponential at the rate at which sites close; real ones: ever."""
    closing = closing_probability(settings.funding.renewal)
    if closing <= 0.0:
        return np.full(len(sites), np.inf)
    age = -np.log(draw_uniform_columns(key, sites.uid, SITE_AGE)[:, 0]) / closing
    return np.where(sites.real > 0, np.inf, age)


def compute_member_capacity(places: np.ndarray, settings: Model) -> np.ndarray:
    """int64[s]: members that sites with so many places a week can hold.

    Rounded before the fraction is cut off: 90 places hold 150, not 149.
    """
    capacity = np.asarray(places, np.float64) * settings.joining.members_per_place
    return np.floor(np.round(capacity, ROUNDING_DIGITS)).astype(np.int64)
