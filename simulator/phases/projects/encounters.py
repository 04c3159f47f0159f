"""Encounters in the sessions of a step: who works with whom, and what each learns (model 7.3 and 7.5).

Reads the handles site.homophily, site.learning.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...kernel.compiled import chunk_range, parallel_kernel, rule
from ...kernel.keyed_random import draw_uniform
from ...kernel.prefetch import prefetch
from ...kernel.random_streams import MEET
from ...rules.meeting import meeting_probability, skill_learned, tie_session_hours
from ...rules.tie_formation import social_distance
from ...world.ties.tie import find_slot_in_columns
from ...world.ties.tie_access import prefetch_slots
from ...world.world import World
from ..step.context import StepContext
from .sessions import Sessions, expand_ranges


@dataclass(frozen=True)
class Encounters:
    """What happened in the sessions of one step.

    For each attendance of Sessions: met, int32 partners; distance, float64 sum of social distances to them; learning,
    float64[attendances, domains]. For each pair that spent time together: a, b, rows (a has the lower uid); hours,
    float64; tied, bool, True if they had a tie.
    """

    met: np.ndarray
    distance: np.ndarray
    learning: np.ndarray
    a: np.ndarray
    b: np.ndarray
    hours: np.ndarray
    tied: np.ndarray


def list_encounters(world: World, context: StepContext, sessions: Sessions, quality: np.ndarray) -> Encounters:
    """The encounters of every pair in every session. quality: float64[s], facilitation of each site."""
    people, ties, sites, size = world.people, world.ties, world.sites, sessions.row.size
    sizes = np.diff(sessions.first)
    places = np.append(0, np.cumsum(sizes * (sizes - 1) // 2))
    met, distance, learning = np.zeros(size, np.int32), np.zeros(size), np.zeros((size, people.skill.shape[1]))
    a, b = np.empty(places[-1], np.int32), np.empty(places[-1], np.int32)
    hours, tied = np.empty(places[-1]), np.empty(places[-1], np.bool_)
    shared = np.zeros(len(sizes), np.int64)
    _list_encounters(context.key, world.settings.meeting.numbers, world.settings.tie_formation.numbers, sessions.row,
                     sessions.site, sessions.day, sessions.first, places,
                     (people.uid, people.age, people.group, people.ses, people.household),
                     (ties.degree, ties.alter), quality, sites.group_size, context.handles.site("homophily"),
                     context.handles.site("learning"), sites.profile, people.skill, met, distance, learning, a, b,
                     hours, tied, shared)
    pairs = expand_ranges(places[:-1], shared)
    return Encounters(met, distance, learning, a[pairs], b[pairs], hours[pairs], tied[pairs])


@parallel_kernel
def _list_encounters(key, p, tie_formation, row, site, day, first, places, residents, ties, quality, strand, mixing,
                     scale, profile, skill, met, distance, learning, a, b, hours, tied, shared, chunk, chunks):
    """Every pair of each session: do they work together, what do they learn, how many hours does a tie gain.

    Pairs that spend time together are written from places[g] on, int64[sessions + 1], where there is space for all
    pairs of session g; shared[g], int64[sessions], says how many there are.
    """
    uid, age, group, ses, home = residents
    degree, other = ties
    for g in chunk_range(shared.size, chunk, chunks):
        for m in range(first[g + 1], first[min(g + 2, shared.size)]):  # prefetch the next session
            prefetch(uid, row[m])
            prefetch(age, row[m])
            prefetch(group, row[m])
            prefetch(ses, row[m])
            prefetch(home, row[m])
            prefetch(skill, row[m])
            prefetch_slots(degree, other, row[m])
        count = places[g]
        for m in range(first[g], first[g + 1]):
            i, s = row[m], site[m]
            for n in range(m + 1, first[g + 1]):
                j = row[n]
                together, d = draw_joint_work(key, day[m], i, j, quality[s], strand[s], mixing[s], uid, age, group, ses,
                                              tie_formation, p)
                known = find_slot_in_columns(other, degree, uid, i, j) >= 0
                if together:
                    met[m] += 1
                    met[n] += 1
                    distance[m] += d
                    distance[n] += d
                    for c in range(skill.shape[1]):
                        learning[m, c] += skill_learned(skill[i, c], skill[j, c], profile[s, c], scale[s], p)
                        learning[n, c] += skill_learned(skill[j, c], skill[i, c], profile[s, c], scale[s], p)
                # Members of one household learn from each other too, but never hold a tie.
                if (together or known) and home[i] != home[j]:
                    a[count], b[count], tied[count] = i, j, known
                    hours[count] = tie_session_hours(known, together, quality[s], p)
                    count += 1
        shared[g] = count - places[g]


@rule
def draw_joint_work(key, day, i, j, q, strand, mixing, uid, age, group, ses, b, p):
    """(work together, social distance) of two residents in one session; i has the lower uid. b: of tie formation."""
    distance = social_distance(group[i], group[j], age[i], age[j], ses[i], ses[j], b)
    u = draw_uniform(key, uid[i], uid[j], day, MEET)
    return u < meeting_probability(q, distance, mixing, strand, p), distance
