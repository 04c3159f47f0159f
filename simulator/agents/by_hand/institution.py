"""Institution, resident by resident."""

from __future__ import annotations

import numpy as np

from ...kernel.keyed_random import draw_uniform
from ...kernel.random_streams import APPLY
from ...phases.help.institution_feedback import institution_trust_after
from ...phases.help.institution_means import INSTITUTION_USED_CACHE_KEY
from ...rules.asking import application_probability
from ...rules.need_domains import KNOW_HOW
from ...rules.relief import institution_budget
from .common.allocation import allocate_whole_units
from .common.queries import DOMAIN_INDICES, find_speaker, is_registered


def apply_for_aid(model, world, context, rows) -> np.ndarray:
    """u1[m]: bits of the domains in which one applies now."""
    people, out = world.people, np.zeros(len(rows), np.uint8)
    linked, p = context.handles.institution("accessibility"), world.settings.aiding.numbers
    for m, i in enumerate(rows):
        s = find_speaker(world, i)
        for d in DOMAIN_INDICES:
            if s >= 0 and people.backlog[i, d] > 0 and people.episode[i, d] == context.day:
                probability = application_probability(float(people.trust_institutions[s]),
                                                      float(people.skill[s, KNOW_HOW]), linked[people.commune[i]], p)
                if draw_uniform(context.key, people.uid[i], 0, context.day, APPLY, d) < probability:
                    out[m] |= 1 << d
    return out


def list_claims(model, world, context, rows) -> np.ndarray:
    """int32[m, d]: claims, thousandths."""
    people, out = world.people, np.zeros((len(rows), len(DOMAIN_INDICES)), np.int32)
    for m, i in enumerate(rows):
        for d in DOMAIN_INDICES:
            if is_registered(world, context, i) or people.applied[i] >> d & 1:
                out[m, d] = people.backlog[i, d]
    return out


def ration_claims(model, world, context, rows, claimed) -> np.ndarray:
    """int32[m, d]: what is given of the claims, commune by commune."""
    people, out = world.people, np.zeros_like(claimed)
    for c in range(len(world.communes)):
        used = context.cache.get(INSTITUTION_USED_CACHE_KEY)
        budget = institution_budget(context.handles.institution("capacity")[c], world.institutions.residents[c],
                                    context.handles.territory("institution_capacity"), context.span)
        budget -= 0 if used is None else int(used[c])
        lines = [(m, d) for m, d in np.argwhere(claimed) if people.commune[rows[m]] == c]
        shares = allocate_whole_units(world, context, [(int(rows[m]), int(d), int(claimed[m, d])) for m, d in lines],
                                      budget)
        for (m, d), given in zip(lines, shares, strict=True):
            out[m, d] = given
    return out


def apply_institution_feedback(model, world, context, rows, given) -> tuple[int, int]:
    """Update trust in institutions. Returns the numbers of needs first aided and of residents disappointed."""
    people, settings = world.people, world.settings
    aided: dict[int, int] = {}
    disappointed: set[int] = set()
    for m, i in enumerate(rows):
        s = find_speaker(world, i)
        for d in DOMAIN_INDICES if s >= 0 else ():
            bit = 1 << d
            waited = context.day + context.span - people.episode[i, d] >= settings.functioning.min_need_days
            since = context.day - people.disappointed[s]
            felt = people.harmed[i] & bit << 4 or since < settings.aiding.disappointment_days
            if given[m, d] > 0 and not people.aided[i] & bit:
                people.aided[i] |= bit
                aided[s] = aided.get(s, 0) + 1
            elif (given[m, d] == 0 and people.backlog[i, d] > 0 and people.applied[i] & bit
                  and not people.aided[i] & bit and waited and not felt):
                people.harmed[i] |= bit << 4
                disappointed.add(s)
    for s in aided.keys() | disappointed:
        trust = float(people.trust_institutions[s])
        people.trust_institutions[s] = institution_trust_after(trust, aided.get(s, 0), int(s in disappointed),
                                                               settings.meeting.numbers)
        if s in disappointed:
            people.disappointed[s] = context.day
    return sum(aided.values()), len(disappointed)


REFERENCE_STAGES = (apply_for_aid, list_claims, ration_claims, apply_institution_feedback)
