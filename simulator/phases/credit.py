"""What aid from an institution, or waiting for it in vain, does to trust in institutions (model 7.1)."""

from __future__ import annotations

import numpy as np

from ..kernel.ahead import SOON, ahead
from ..kernel.compiled import kernel, rule
from ..rules.belief import gain, loss
from ..rules.domain import DOMAIN_COUNT
from ..world.world import World
from .folk import folk, homes, speaker
from .moment import Moment

AIDED, LET_DOWN = 0, 1


@rule
def credit_after(trust, aided, let_down, p):
    """Trust in institutions after a step with so many needs first aided, and an application in vain (0 or 1)."""
    return loss(gain(trust, p.aid * aided), p.aid * p.asymmetry * let_down)


@rule
def first_aid(i, domain, given, aided):
    """True when the institution helps for the first time in this episode."""
    return given > 0 and (aided[i] >> domain) & 1 == 0


@rule
def in_vain(i, domain, given, backlog, applied, aided, hurt):
    """True when an application has brought nothing in this episode, and that has not been felt yet."""
    return (given == 0 and backlog[i, domain] > 0 and (applied[i] >> domain) & 1 == 1
            and (aided[i] >> domain) & 1 == 0 and (hurt[i] >> (DOMAIN_COUNT + domain)) & 1 == 0)


@kernel
def _mark(rows, given, day, span, least, pause, who, home, backlog, episode, marks, let_down, told):
    applied, aided, hurt = marks
    for m in range(rows.size):
        i, later = rows[m], rows[min(m + SOON, rows.size - 1)]
        ahead(backlog, later)
        ahead(applied, later)
        ahead(aided, later)
        ahead(hurt, later)
        ahead(who.age, later)
        s = speaker(i, who, home)
        if s < 0:
            continue
        for d in range(DOMAIN_COUNT):
            if first_aid(i, d, given[m, d], aided):
                aided[i] |= np.uint8(1 << d)
                told[s, AIDED] += 1
            elif (in_vain(i, d, given[m, d], backlog, applied, aided, hurt) and day - let_down[s] >= pause
                  and day + span - episode[i, d] >= least):
                hurt[i] |= np.uint8(1 << (DOMAIN_COUNT + d))
                told[s, LET_DOWN] = 1


@kernel
def _move(rows, day, p, who, home, told, let_down, trust):
    aided, down = 0, 0
    for m in range(rows.size):
        ahead(told, rows[min(m + SOON, rows.size - 1)])
        s = speaker(rows[m], who, home)
        if s >= 0 and (told[s, AIDED] > 0 or told[s, LET_DOWN] > 0):
            trust[s] = credit_after(np.float64(trust[s]), told[s, AIDED], told[s, LET_DOWN], p)
            aided += told[s, AIDED]
            down += told[s, LET_DOWN]
            if told[s, LET_DOWN] > 0:
                let_down[s] = day
            told[s, AIDED] = 0
            told[s, LET_DOWN] = 0
    return aided, down


def credit(world: World, now: Moment, rows: np.ndarray, given: np.ndarray) -> tuple[int, int]:
    """Trust in institutions after given int32[m, d] to the rows int32[m]; needs first aided, residents let down.

    Aid counts once an episode. An application that brings nothing counts once an episode, and once in so many days.
    """
    people, settings = world.people, world.settings
    who, home = folk(world), homes(world)
    told = np.zeros((len(people), 2), np.int32)
    _mark(rows, given, now.day, now.span, settings.living.least_need_days, settings.aiding.let_down_days, who, home,
          people.backlog, people.episode, (people.applied, people.aided, people.hurt), people.let_down, told)
    return _move(rows, now.day, settings.meeting.numbers, who, home, told, people.let_down, people.trust_institutions)
