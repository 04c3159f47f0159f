"""Hear, played resident by resident."""

from __future__ import annotations

from ...kernel.random import uniform
from ...kernel.stream import FORGET, HEAR
from ...phases.hear import WEEK
from ...rules.binding import ADULT
from ...rules.hearing import happens, hearing_rate


def knows_of(people, before, j, site) -> bool:
    """Did a resident know of a site when the week began?"""
    return any(people.candidate[j, c] == site and before[j] >> c & 1 for c in range(people.candidate.shape[1]))


def word_of_mouth(world, before, i, site) -> float:
    """What one's ties say of a site, in the order of their uids."""
    total = 0.0
    for k in range(world.ties.degree[i]):
        j, trust = world.ties.other[i, k], float(world.ties.trust[i, k])
        if world.people.member[j] == site:
            total += trust
        elif knows_of(world.people, before, j, site):
            total += world.settings.hearing.echo * trust
    return total


def member_share(world, i, site) -> float:
    """Share of the building's adults who belong to a site."""
    b = world.people.building[i]
    first, count = world.buildings.first_adult[b], int(world.buildings.adults[b])
    rows = world.roll[first : first + count]
    return sum(int(world.people.member[j]) == site for j in rows) / max(1, count)


def listen(model, world, now) -> None:
    """Each adult, each candidate: forget it, or hear of it."""
    people, sites, p = world.people, world.sites, world.settings.hearing.numbers
    visibility, before = now.handles.site("visibility"), world.people.aware.copy()
    for i in range(len(people)):
        if people.age[i] < ADULT or not people.alive[i]:
            continue
        for k in range(people.candidate.shape[1]):
            s = int(people.candidate[i, k])
            if s < 0 or not sites.open[s]:
                continue
            key = (now.key, people.uid[i], sites.uid[s], now.day)
            if before[i] >> k & 1:
                involved = s in (people.member[i], people.waiting[i])
                if not involved and happens(uniform(*key, FORGET), p.forget, WEEK):
                    people.aware[i] &= 255 - (1 << k)
            else:
                rate = hearing_rate(visibility[s], member_share(world, i, s), word_of_mouth(world, before, i, s), p)
                if happens(uniform(*key, HEAR), rate, WEEK):
                    people.aware[i] |= 1 << k


HAND = {"hear.listen": listen}
