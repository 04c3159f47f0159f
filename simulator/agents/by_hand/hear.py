"""Hear, resident by resident."""

from __future__ import annotations

from ...kernel.keyed_random import draw_uniform
from ...kernel.random_streams import FORGET, HEAR
from ...phases.step.context import WEEK
from ...rules.hearing import event_occurs, hearing_rate
from ...rules.tie_formation import ADULT_AGE


def was_aware_of(people, before, j, site) -> bool:
    """True when resident j knew of a site when the week began."""
    return any(people.candidate[j, c] == site and before[j] >> c & 1 for c in range(people.candidate.shape[1]))


def word_of_mouth(world, before, i, site) -> float:
    """Sum of trust in ties who belong to a site, plus echo times that in ties who only know of it."""
    total = 0.0
    for k in range(world.ties.degree[i]):
        j, trust = world.ties.alter[i, k], float(world.ties.trust[i, k])
        if world.people.member[j] == site:
            total += trust
        elif was_aware_of(world.people, before, j, site):
            total += world.settings.hearing.nonmember_weight * trust
    return total


def member_share(world, i, site) -> float:
    """Share of the adults of a resident's building who belong to a site."""
    b = world.people.building[i]
    first, count = world.buildings.first_adult[b], int(world.buildings.adults[b])
    rows = world.adults_by_building[first : first + count]
    return sum(int(world.people.member[j]) == site for j in rows) / max(1, count)


def update_awareness(model, world, context) -> None:
    """Each adult may forget each candidate site they know, and hear of each they do not."""
    people, sites, p = world.people, world.sites, world.settings.hearing.numbers
    visibility, before = context.handles.site("visibility"), world.people.aware.copy()
    for i in range(len(people)):
        if people.age[i] < ADULT_AGE or not people.alive[i]:
            continue
        for k in range(people.candidate.shape[1]):
            s = int(people.candidate[i, k])
            if s < 0 or not sites.open[s]:
                continue
            key = (context.key, people.uid[i], sites.uid[s], context.day)
            if before[i] >> k & 1:
                involved = s in (people.member[i], people.waiting[i])
                if not involved and event_occurs(draw_uniform(*key, FORGET), p.forget, WEEK):
                    people.aware[i] &= 255 - (1 << k)
            else:
                rate = hearing_rate(visibility[s], member_share(world, i, s), word_of_mouth(world, before, i, s), p)
                if event_occurs(draw_uniform(*key, HEAR), rate, WEEK):
                    people.aware[i] |= 1 << k


REFERENCE_STAGES = (update_awareness,)
