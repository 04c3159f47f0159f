"""Recovery, household by household."""

from __future__ import annotations

import math

import numpy as np

from ...kernel.keyed_random import draw_uniform
from ...kernel.random_streams import RETURN_HOME
from ...phases.recovery import FADED, GIVEN_UP, SCARS, agency_after_harm
from ...rules.aftermath import given_up_amount, paper_gate, return_rate, scar_of_need
from ...rules.need_domains import KNOW_HOW
from ...rules.needing import ADULT_AGE, carry_over_need
from ...world.population.people import FIRST_HARM_BIT
from .common.queries import DOMAIN_INDICES, find_acting_adult
from .public_aid import applies_in_crisis
from .strike import count_trusted


def get_carry_over_share(world, context, i: int, d: int) -> float:
    """Share of an unmet crisis need that is left a day later."""
    shares = [float(hazard.card.carry[d]) for hazard in context.hazards if hazard.exposure[i] > 0]
    return max(shares) if shares else world.settings.needing.carry


def settle_open_needs(model, world, context, adults) -> np.ndarray:
    """Carry crisis needs over, leave scars, give up aftermath. int64[3, d]: faded, scars, given up."""
    people, homes, p = world.people, world.households, world.settings.aftermath.numbers
    flows = np.zeros((3, len(DOMAIN_INDICES)), np.int64)
    order = sorted(zip(adults.rows.tolist(), adults.carries.tolist(), strict=True),
                   key=lambda adult: (people.household[adult[0]], people.uid[adult[0]]))
    for i, carries in order:
        h = int(people.household[i])
        for d in DOMAIN_INDICES:
            unmet = int(people.crisis_backlog[i, d])
            if unmet > 0:
                lasts = carry_over_need(unmet, get_carry_over_share(world, context, i, d), context.span)
                scar = scar_of_need(unmet - lasts, p)
                people.crisis_backlog[i, d] = lasts
                flows[FADED, d] += unmet - lasts
                flows[SCARS, d] += scar
                homes.aftermath[h, d] += scar
                homes.aftermath_made[h, d] += scar
                if homes.aftermath_on[h] < 0 and scar > 0:
                    homes.aftermath_on[h] = context.day
        if carries and homes.aftermath_on[h] >= 0 and context.day - homes.aftermath_on[h] >= p.wait:
            for d in DOMAIN_INDICES:
                lost = given_up_amount(int(homes.aftermath[h, d]), context.span, p)
                homes.aftermath[h, d] -= lost
                homes.given_up[h, d] += lost
                flows[GIVEN_UP, d] += lost
    return flows


def harm_power_to_act(model, world, context, adults) -> None:
    """A crisis need left unmet for some days costs power to act."""
    people, s = world.people, world.settings
    for i in adults.rows:
        harms = 0
        for d in DOMAIN_INDICES:
            bit = 1 << (FIRST_HARM_BIT + d)
            lasting = context.day + context.span - people.first_need[i] >= s.functioning.min_need_days
            if people.crisis_backlog[i, d] > 0 and lasting and not people.crisis_marks[i] & bit:
                people.crisis_marks[i] |= bit
                harms += 1
        if harms:
            people.agency[i] = agency_after_harm(float(people.agency[i]), harms, s.meeting.numbers)


def return_home(model, world, context) -> None:
    """Displaced households find a home."""
    homes, people, s = world.households, world.people, world.settings
    p = s.displacement.numbers
    for h in np.flatnonzero(homes.displaced).tolist():
        adult = find_acting_adult(world, h)
        if adult < 0:
            homes.displaced[h] = 0
            continue
        out = context.day - int(homes.displaced_on[h])
        trusted = count_trusted(world, context, adult, p.strong_trust)
        applies = not context.is_cut("institutions") and applies_in_crisis(world, context, adult)
        gate = paper_gate(int(homes.aftermath[h, KNOW_HOW]), int(homes.aftermath_made[h, KNOW_HOW]),
                          s.aftermath.numbers)
        rate = return_rate(out, float(homes.income[h]), trusted, 1.0 if applies else 0.0, gate, p)
        if draw_uniform(context.key, homes.uid[h], 0, context.day, RETURN_HOME) < -math.expm1(-rate * context.span):
            homes.displaced[h] = 0
        elif out < p.trust_days <= out + context.span:
            for i in range(homes.first[h], homes.first[h] + homes.size[h]):
                if people.age[i] >= ADULT_AGE:
                    people.trust_general[i] = max(0.0, people.trust_general[i] - p.trust_loss)
                    people.trust_general0[i] = max(0.0, people.trust_general0[i] - p.trust_loss)


REFERENCE_STAGES = (settle_open_needs, harm_power_to_act, return_home)
