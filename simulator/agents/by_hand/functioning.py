"""Functioning, resident by resident."""

from __future__ import annotations

import numpy as np

from ...rules.accepting import load_retention, update_load
from ...rules.belief import apply_loss
from ...rules.functioning import (
    MICRO,
    crisis_strain,
    daily_need,
    need_coverage,
    update_functioning,
)
from .queries import DOMAIN_INDICES, get_handle_value, is_exposed, list_hazards


def apply_unmet_need_harm(model, world, context, rows) -> None:
    """Needs left unmet in a crisis cost power to act."""
    people = world.people
    for i in rows:
        harms = 0
        for d in DOMAIN_INDICES if people.alive[i] and is_exposed(context, i) else ():
            is_lasting = context.day + context.span - people.episode[i, d] >= world.settings.functioning.min_need_days
            if people.backlog[i, d] > 0 and is_lasting and not people.harmed[i] & 1 << d:
                people.harmed[i] |= 1 << d
                harms += 1
        if harms:
            people.agency[i] = apply_loss(float(people.agency[i]), world.settings.meeting.refusal * harms)


def update_one_functioning(world, context, i: int) -> None:
    """Update one resident's functioning."""
    people, p = world.people, world.settings.functioning.numbers
    covered = need_coverage(people.need[i], people.backlog[i], p)
    damage = 0.0
    for hazard in list_hazards(context):
        strain = crisis_strain(hazard.card.damage_by == "frailty", float(hazard.exposure[i]), float(people.frailty[i]),
                               daily_need(people.need[i], context.span), p)
        damage += hazard.card.damage * strain
    level = float(people.functioning[i])
    for _ in range(context.span):
        level = update_functioning(level, covered, damage, p)
        if context.is_after_onset:
            people.loss_micro[i] += int(np.floor((1.0 - level) * MICRO + 0.5))
    people.functioning[i] = level


def update_everybodys_functioning(model, world, context) -> None:
    """Update everybody's functioning."""
    people = world.people
    for i in range(len(people)):
        if people.alive[i] and (people.functioning[i] < 1 or is_exposed(context, i)):
            update_one_functioning(world, context, i)


def update_helping_loads(model, world, context) -> None:
    """Update everybody's helping load."""
    people = world.people
    memory, felt = context.handles.resident("load_days"), context.handles.resident("load_sensitivity")
    for i in range(len(people)):
        if people.load[i] > 0 or people.lent[i] > 0:
            hours = int(people.lent[i]) * get_handle_value(felt, i)
            people.load[i] = update_load(float(people.load[i]), hours, context.span,
                                         load_retention(context.span, get_handle_value(memory, i)))


REFERENCE_STAGES = (apply_unmet_need_harm, update_everybodys_functioning, update_helping_loads)
