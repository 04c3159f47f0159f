"""Hear: who learns of which site, through ties, the building or the site itself; awareness fades (model 7.4).

Weekly, for 7 days. Reads the handle site.visibility.
"""

from __future__ import annotations

import numpy as np

from ..kernel.compiled import parallel, portion, rule
from ..kernel.draw import uniform
from ..kernel.stream import FORGET, HEAR
from ..rules.belief import DAYS_A_YEAR
from ..rules.hearing import happens, hearing_rate
from ..world.world import World
from .moment import WEEK, Moment

WRITES = ("people.aware",)
ADULT = 15


@rule
def word_of_mouth(row, site, degree, other, trust, member, candidate, aware, echo):
    """Trust-weighted share of a resident's ties that belong to a site, or (times echo) know of it."""
    total = 0.0
    for k in range(degree[row]):
        j = other[row, k]
        if member[j] == site:
            total += trust[row, k]
        elif aware[j]:
            for c in range(candidate.shape[1]):
                if candidate[j, c] == site and aware[j] >> c & 1:
                    total += echo * trust[row, k]
    return total


@rule
def member_share(row, site, building, first_adult, adults, roll, member):
    """Share of the adults of a resident's building who belong to a site."""
    b = building[row]
    count = 0
    for k in range(first_adult[b], first_adult[b] + adults[b]):
        if member[roll[k]] == site:
            count += 1
    return count / max(1, adults[b])


@rule
def all_trust(row, degree, trust):
    """Sum of a resident's trust in their ties: what word of mouth would be if all of them were members."""
    total = 0.0
    for k in range(degree[row]):
        total += trust[row, k]
    return total


@rule
def too_late(u, bound):
    """True when an event of at most `bound` per year does not happen this week, at luck u."""
    return u >= bound * WEEK / DAYS_A_YEAR


@parallel
def _listen(key, day, p, uid, age, alive, candidate, member, waiting, before, aware, building, member_in, first_adult,
            adults, roll, degree, other, trust, site_uid, site_open, visibility, piece, pieces):
    for i in portion(uid.size, piece, pieces):
        if age[i] < ADULT or not alive[i]:
            continue
        for k in range(candidate.shape[1]):
            s = candidate[i, k]
            if s < 0 or not site_open[s]:
                continue
            if before[i] >> k & 1:
                if member[i] != s and waiting[i] != s:
                    u = uniform(key, uid[i], site_uid[s], day, FORGET)
                    if happens(u, p.forget, WEEK):
                        aware[i] &= ~(1 << k)
                continue
            u = uniform(key, uid[i], site_uid[s], day, HEAR)
            # No rate can exceed these bounds, so most residents need not look at their ties, or at the others', at all.
            known = visibility[s] + p.building
            if too_late(u, known + p.mouth * degree[i]) or too_late(u, known + p.mouth * all_trust(i, degree, trust)):
                continue
            share = 0.0
            if member_in[building[i]]:
                share = member_share(i, s, building, first_adult, adults, roll, member)
            word = word_of_mouth(i, s, degree, other, trust, member, candidate, before, p.echo)
            if happens(u, hearing_rate(visibility[s], share, word, p), WEEK):
                aware[i] |= 1 << k


def listen(world: World, now: Moment) -> None:
    """Write people.aware: bit k set where a resident hears of candidate k, cleared where one forgets it."""
    people, buildings, ties, sites = world.people, world.buildings, world.ties, world.sites
    members = people.building[people.member >= 0]
    member_in = np.bincount(members, minlength=len(buildings)) > 0
    _listen(now.key, now.day, world.settings.hearing.numbers, people.uid, people.age, people.alive, people.candidate,
            people.member, people.waiting, people.aware.copy(), people.aware, people.building, member_in,
            buildings.first_adult, buildings.adults, world.roll, ties.degree, ties.other, ties.trust, sites.uid,
            sites.open, now.handles.site("visibility"))


def step(world: World, now: Moment) -> None:
    """Play the phase."""
    if now.weekly:
        now.stage("hear.listen", listen)(world, now)
