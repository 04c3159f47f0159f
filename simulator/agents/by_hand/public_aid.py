"""Public aid, adult by adult."""

from __future__ import annotations

import numpy as np

from ...kernel.keyed_random import draw_uniform
from ...kernel.random_streams import APPLY_IN_CRISIS
from ...rules.mutual_aid import crisis_application_probability
from .common.queries import is_registered


def applies_in_crisis(world, context, i: int) -> bool:
    """True when adult i would apply to the institution in this crisis."""
    people = world.people
    linked = context.handles.institution("accessibility")[people.commune[i]]
    probability = crisis_application_probability(float(people.trust_institutions[i]), linked,
                                                 world.settings.collective_aid.numbers)
    return bool(draw_uniform(context.key, people.uid[i], 0, context.crisis_day, APPLY_IN_CRISIS) < probability)


def list_applicants(model, world, context, adults) -> np.ndarray:
    """int64[m]: days for which the institution could have served each adult; -1 for who does not apply or must wait."""
    people, out = world.people, np.full(len(adults.rows), -1, np.int64)
    for m, i in enumerate(adults.rows):
        sooner = context.handles.institution("delay_reduction")[people.commune[i]]
        opens = context.crisis_day + max(0.0, context.crisis_delay - sooner)
        if context.day >= opens and (applies_in_crisis(world, context, i) or is_registered(world, context, i)):
            out[m] = context.day - max(int(opens), int(people.first_need[i]))
    return out


REFERENCE_STAGES = (list_applicants,)
