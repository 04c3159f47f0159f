"""Functioning, resident by resident."""

from __future__ import annotations

from ...phases.functioning import get_functioning_weights
from ...rules.accepting import load_retention, update_load
from ...rules.aftermath import saturating_share
from ...rules.functioning import LEAST_CEILING, daily_loss, follow_ceiling, lost_to_need
from ...rules.need_domains import MILLI
from ...rules.needing import ADULT_AGE
from .common.queries import DOMAIN_INDICES, find_acting_adult, get_handle_value


def compute_ceiling(world, carrier: int, h: int) -> float:
    """Functioning that open needs of `carrier` (-1: nobody) and the state of home h leave."""
    people, homes, p = world.people, world.households, world.settings.functioning.numbers
    weights = get_functioning_weights(world)
    left = 1.0 - (p.displaced if homes.displaced[h] > 0 else 0.0)
    for d in DOMAIN_INDICES:
        left -= weights[0, d] * (saturating_share(float(homes.aftermath[h, d]), weights[1, d])
                                 + saturating_share(float(homes.given_up[h, d]), weights[1, d]))
        if carrier >= 0:
            left -= lost_to_need(int(people.crisis_backlog[carrier, d]) / MILLI, weights[0, d], p)
    return max(LEAST_CEILING, left)


def update_everybodys_functioning(model, world, context) -> None:
    """Functioning towards its ceiling, and what is lost of it."""
    people, homes, p = world.people, world.households, world.settings.functioning.numbers
    for i in range(len(people)):
        h = int(people.household[i])
        carrier = i if people.age[i] >= ADULT_AGE else find_acting_adult(world, h)
        touched = homes.displaced[h] > 0 or homes.aftermath[h].any() or homes.given_up[h].any()
        touched = touched or (carrier >= 0 and people.crisis_backlog[carrier].any())
        if people.alive[i] and (people.functioning[i] < 1 or touched):
            ceiling, level = compute_ceiling(world, carrier, h), float(people.functioning[i])
            for _ in range(context.span):
                level = follow_ceiling(level, ceiling, p)
                people.loss_micro[i] += daily_loss(level)
            people.functioning[i] = level


def update_helping_loads(model, world, context) -> None:
    """Update everybody's helping load."""
    people = world.people
    memory, felt = context.handles.resident("load_days"), context.handles.resident("load_sensitivity")
    for i in range(len(people)):
        if people.load[i] > 0 or people.lent[i] > 0:
            hours = int(people.lent[i]) * get_handle_value(felt, i)
            people.load[i] = update_load(float(people.load[i]), hours, context.span,
                                         load_retention(context.span, get_handle_value(memory, i)))


REFERENCE_STAGES = (update_everybodys_functioning, update_helping_loads)
