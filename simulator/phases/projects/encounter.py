"""Who works with whom in the sessions of a step, and what each learns (model 7.3 and 7.5).

Reads the handles site.mixing, site.learning.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...kernel.compiled import parallel, portion, rule
from ...kernel.prefetch import ahead
from ...kernel.random import uniform
from ...kernel.stream import MEET
from ...rules.binding import distance as social_distance
from ...rules.meeting import learned, meeting_probability, session_hours
from ...world.ties.tie import find_slot
from ...world.ties.tie_read import ahead_of
from ...world.world import World
from ..step.context import Moment
from .session import Sessions, filled


@dataclass(frozen=True)
class Encounters:
    """What happened in the sessions of one step.

    Per attendance (rows of Sessions): met int32, distance float64 (summed), learning float64[.., domains].
    Per pair that shared time: a, b rows (a has the smaller uid), hours float64, tied bool.
    """

    met: np.ndarray
    distance: np.ndarray
    learning: np.ndarray
    a: np.ndarray
    b: np.ndarray
    hours: np.ndarray
    tied: np.ndarray


@rule
def pair_up(key, day, i, j, q, strand, mixing, uid, age, group, ses, b, p):
    """(worked together, social distance) of two residents in one session; i has the smaller uid. b: Binding numbers."""
    distance = social_distance(group[i], group[j], age[i], age[j], ses[i], ses[j], b)
    u = uniform(key, uid[i], uid[j], day, MEET)
    return u < meeting_probability(q, distance, mixing, strand, p), distance


@parallel
def _pairs(key, p, bind, row, site, day, first, places, who, ties, quality, strand, mixing, scale, profile, skill, met,
           distance, learning, a, b, hours, tied, shared, piece, pieces):
    """What every pair of each session does. Those who share time stand from the session's place on: how many of them.

    places: where each session's pairs would stand if all shared time, int64[sessions + 1]; shared: int64[sessions].
    """
    uid, age, group, ses, home = who
    degree, other = ties
    for g in portion(shared.size, piece, pieces):
        for m in range(first[g + 1], first[min(g + 2, shared.size)]):  # what the next session will read
            ahead(uid, row[m])
            ahead(age, row[m])
            ahead(group, row[m])
            ahead(ses, row[m])
            ahead(home, row[m])
            ahead(skill, row[m])
            ahead_of(degree, other, row[m])
        count = places[g]
        for m in range(first[g], first[g + 1]):
            i, s = row[m], site[m]
            for n in range(m + 1, first[g + 1]):
                j = row[n]
                together, d = pair_up(key, day[m], i, j, quality[s], strand[s], mixing[s], uid, age, group, ses, bind,
                                      p)
                known = find_slot(other, degree, uid, i, j) >= 0
                if together:
                    met[m] += 1
                    met[n] += 1
                    distance[m] += d
                    distance[n] += d
                    for c in range(skill.shape[1]):
                        learning[m, c] += learned(skill[i, c], skill[j, c], profile[s, c], scale[s], p)
                        learning[n, c] += learned(skill[j, c], skill[i, c], profile[s, c], scale[s], p)
                # Household members learn from each other too, but are linked anyway and hold no tie.
                if (together or known) and home[i] != home[j]:
                    a[count], b[count], tied[count] = i, j, known
                    hours[count] = session_hours(known, together, quality[s], p)
                    count += 1
        shared[g] = count - places[g]


def pairs(world: World, now: Moment, sessions: Sessions, quality: np.ndarray) -> Encounters:
    """Every pair of every session: do they work together, what does each learn, how many hours does the tie gain."""
    people, ties, sites, size = world.people, world.ties, world.sites, sessions.row.size
    sizes = np.diff(sessions.first)
    places = np.append(0, np.cumsum(sizes * (sizes - 1) // 2))
    met, distance, learning = np.zeros(size, np.int32), np.zeros(size), np.zeros((size, people.skill.shape[1]))
    a, b = np.empty(places[-1], np.int32), np.empty(places[-1], np.int32)
    hours, tied = np.empty(places[-1]), np.empty(places[-1], np.bool_)
    shared = np.zeros(len(sizes), np.int64)
    _pairs(now.key, world.settings.meeting.numbers, world.settings.binding.numbers, sessions.row, sessions.site,
           sessions.day, sessions.first, places, (people.uid, people.age, people.group, people.ses, people.household),
           (ties.degree, ties.other), quality, sites.strand, now.handles.site("mixing"), now.handles.site("learning"),
           sites.profile, people.skill, met, distance, learning, a, b, hours, tied, shared)
    at = filled(places[:-1], shared)
    return Encounters(met, distance, learning, a[at], b[at], hours[at], tied[at])
