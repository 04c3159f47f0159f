"""Institution, played resident by resident."""

from __future__ import annotations

import numpy as np

from ...kernel.random import uniform
from ...kernel.stream import APPLY
from ...phases.help.institution_feedback import credit_after
from ...rules.asking import applies
from ...rules.domain import KNOW
from ...rules.relief import means
from .allocation import share
from .plain import D, on_register, spokesman


def apply(model, world, now, rows) -> np.ndarray:
    """u1[m]: domains in which one applies now."""
    people, out = world.people, np.zeros(len(rows), np.uint8)
    linked, p = now.handles.institution("linked"), world.settings.aiding.numbers
    for m, i in enumerate(rows):
        s = spokesman(world, i)
        for d in D:
            if s >= 0 and people.backlog[i, d] > 0 and people.episode[i, d] == now.day:
                chance = applies(float(people.trust_institutions[s]), float(people.skill[s, KNOW]),
                                 linked[people.commune[i]], p)
                if uniform(now.key, people.uid[i], 0, now.day, APPLY, d) < chance:
                    out[m] |= 1 << d
    return out


def claims(model, world, now, rows) -> np.ndarray:
    """int32[m, d]: what reaches the institution."""
    people, out = world.people, np.zeros((len(rows), len(D)), np.int32)
    for m, i in enumerate(rows):
        cut = now.handles.institution("delay_cut")[people.commune[i]]
        if any(hazard.exposure[i] > 0 and hazard.days_since < hazard.card.institution_delay - cut
               for hazard in now.hazards):
            continue
        for d in D:
            if on_register(world, now, i) or people.applied[i] >> d & 1:
                out[m, d] = people.backlog[i, d]
    return out


def ration(model, world, now, rows, claimed) -> np.ndarray:
    """int32[m, d]: what each commune gives of what was claimed."""
    people, out = world.people, np.zeros_like(claimed)
    for c in range(len(world.communes)):
        budget = means(now.handles.institution("capacity")[c], world.institutions.residents[c],
                       now.handles.territory("institution"), now.span)
        lines = [(m, d) for m, d in np.argwhere(claimed) if people.commune[rows[m]] == c]
        shares = share(world, now, [(int(rows[m]), int(d), int(claimed[m, d])) for m, d in lines], budget)
        for (m, d), given in zip(lines, shares, strict=True):
            out[m, d] = given
    return out


def credit(model, world, now, rows, given) -> tuple[int, int]:
    """Trust in institutions; needs first aided, residents let down."""
    people, settings = world.people, world.settings
    aided: dict[int, int] = {}
    down: set[int] = set()
    for m, i in enumerate(rows):
        s = spokesman(world, i)
        for d in D if s >= 0 else ():
            bit = 1 << d
            waited = now.day + now.span - people.episode[i, d] >= settings.living.least_need_days
            felt = people.hurt[i] & bit << 4 or now.day - people.let_down[s] < settings.aiding.let_down_days
            if given[m, d] > 0 and not people.aided[i] & bit:
                people.aided[i] |= bit
                aided[s] = aided.get(s, 0) + 1
            elif (given[m, d] == 0 and people.backlog[i, d] > 0 and people.applied[i] & bit
                  and not people.aided[i] & bit and waited and not felt):
                people.hurt[i] |= bit << 4
                down.add(s)
    for s in aided.keys() | down:
        trust = float(people.trust_institutions[s])
        people.trust_institutions[s] = credit_after(trust, aided.get(s, 0), int(s in down), settings.meeting.numbers)
        if s in down:
            people.let_down[s] = now.day
    return sum(aided.values()), len(down)


HAND = {"institution.apply": apply, "institution.claims": claims, "institution.ration": ration,
        "institution.credit": credit}
