"""Need, resident by resident."""

from __future__ import annotations

import numpy as np

from ...kernel.keyed_random import draw_words
from ...kernel.name_hash import hash31
from ...kernel.random_streams import NEED
from ...rules.needing import ADULT_AGE, NEED_MODES, carry_over_need, draw_crisis_need, draw_everyday_needs
from ...world.population.people import HIT
from .common.queries import DOMAIN_INDICES, list_hazards


def close_episode(people, i: int, d: int) -> None:
    """End an episode: forget what happened in it."""
    people.episode[i, d] = -1
    for column in (people.asked, people.detected, people.applied, people.aided):
        column[i] &= 255 - (1 << d)
    people.harmed[i] &= 255 - (1 << d) - (16 << d)


def compute_crisis_need(world, context, i: int, d: int) -> int:
    """What the active crises make resident i need of domain d, thousandths."""
    people, total = world.people, 0
    for hazard in list_hazards(context):
        base, frail = hazard.card.rates()
        rate = (float(base[d]) + float(frail[d]) * float(people.frailty[i])) * float(hazard.exposure[i])
        rate *= float(hazard.need_weights[i, d])
        if rate > 0:
            total += draw_crisis_need(context.key, people.uid[i], np.uint32(hash31(hazard.card.id)), context.day, d,
                                      NEED_MODES.index(hazard.card.mode), bool(hazard.started), rate, context.span,
                                      world.settings.needing.numbers)
    return total


def update_one_need(world, context, i: int, d: int, need_totals: np.ndarray) -> None:
    """Write the need of one resident and domain, and what is unmet of it; add the flows to need_totals int64[7, d]."""
    people, p = world.people, world.settings.needing.numbers
    had_need, unmet = people.need[i, d] > 0, int(people.backlog[i, d])
    arose = own = home = carried = 0
    if people.alive[i]:
        random_word = draw_words(context.key, people.uid[i], 0, context.day, NEED)[d]
        arose, needs_others = draw_everyday_needs(context.key, people.uid[i], context.day, d, random_word, context.span,
                                                  float(people.frailty[i]), p)
        own, home = arose - needs_others, needs_others if people.age[i] < ADULT_AGE else 0
        carried = carry_over_need(unmet, p.carry, context.span) if unmet else 0
    people.need[i, d] = carried + arose
    people.backlog[i, d] = carried + arose - own - home
    need_totals[:5, d] += (arose, carried, unmet - carried, own, home)
    if had_need and (unmet == 0 or people.need[i, d] == 0) and people.episode[i, d] >= 0:
        close_episode(people, i, d)


def add_crisis_needs(world, context, i: int, need_totals: np.ndarray) -> None:
    """Add new needs of crises to what lasts of old ones."""
    people = world.people
    hit = False
    for d in DOMAIN_INDICES:
        new = compute_crisis_need(world, context, i, d) if people.alive[i] else 0
        need_totals[5:, d] += (new, int(people.crisis_backlog[i, d]))
        people.crisis_backlog[i, d] += new
        people.crisis_need[i, d] = people.crisis_backlog[i, d]
        hit = hit or new > 0
    if hit:
        people.crisis_marks[i] |= HIT
        if people.first_need[i] < 0:
            people.first_need[i] = context.day


def update_needs(model, world, context) -> np.ndarray:
    """Write the needs of the step.

    int64[7, d]: new, carried over, faded, met by oneself, met at home; of crises new and carried over.
    """
    need_totals = np.zeros((7, len(DOMAIN_INDICES)), np.int64)
    for i in range(len(world.people)):
        add_crisis_needs(world, context, i, need_totals)
        for d in DOMAIN_INDICES:
            update_one_need(world, context, i, d, need_totals)
    return need_totals


REFERENCE_STAGES = (update_needs,)
