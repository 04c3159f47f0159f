"""Strike, household by household."""

from __future__ import annotations

import numpy as np

from ...kernel.keyed_random import draw_uniform
from ...kernel.name_hash import hash31
from ...kernel.random_streams import DAMAGE, LODGED
from ...phases.strike import LEAVES_HOME, draw_damage
from ...world.population.people import HIT
from .common.queries import DOMAIN_INDICES


def mark_living_members(world, h: int) -> None:
    """Whoever lives in household h is hit."""
    homes, people = world.households, world.people
    for i in range(homes.first[h], homes.first[h] + homes.size[h]):
        if people.alive[i]:
            people.crisis_marks[i] |= HIT


def damage_homes(model, world, context, card, exposure) -> np.ndarray:
    """Homes are damaged. int64[d]: the aftermath made, thousandths."""
    homes, code, made = world.households, hash31(card.id), np.zeros(len(DOMAIN_INDICES), np.int64)
    for h in range(len(homes)):
        u = draw_uniform(context.key, homes.uid[h], code, context.day, DAMAGE)
        if exposure[h] > 0 and u < card.damage.homes:
            for d, size in enumerate(card.damage.sizes()):
                amount = draw_damage(context.key, homes.uid[h], code, context.day, d, float(size.median),
                                     float(size.spread), float(exposure[h]))
                homes.aftermath[h, d] += amount
                homes.aftermath_made[h, d] += amount
                made[d] += amount
            if homes.aftermath_on[h] < 0:
                homes.aftermath_on[h] = context.day
            mark_living_members(world, h)
    return made


def count_trusted(world, context, i: int, strong: float) -> int:
    """Ties of resident i who lodge people: trusted enough, or kin off the map."""
    ties = world.ties
    near = 0 if context.is_cut("ties") else sum(float(ties.trust[i, k]) >= strong for k in range(ties.degree[i]))
    return near + (0 if context.is_cut("far_ties") else int(world.people.far_kin[i]))


def displace_households(model, world, context, card, exposure) -> None:
    """Households have to leave their homes."""
    homes, people, p, code = world.households, world.people, world.settings.displacement, hash31(card.id)
    for h in range(len(homes) if card.displaced > 0 else 0):
        u = draw_uniform(context.key, homes.uid[h], code, context.day, DAMAGE, LEAVES_HOME)
        if exposure[h] > 0 and u < card.displaced:
            mark_living_members(world, h)
            rows = range(homes.first[h], homes.first[h] + homes.size[h])
            has_host = any(people.alive[i] and count_trusted(world, context, i, p.strong_trust) > 0 for i in rows)
            share = card.lodged if card.lodged >= 0 else p.lodged
            is_lodged = has_host and draw_uniform(context.key, homes.uid[h], code, context.day, LODGED) < share
            homes.displaced[h] = homes.first_lodging[h] = 1 if is_lodged else 2
            homes.displaced_on[h] = context.day


REFERENCE_STAGES = (damage_homes, displace_households)
