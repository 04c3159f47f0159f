"""What aid from an institution, or waiting for it in vain, does to trust in institutions (model 7.1)."""

from __future__ import annotations

import numpy as np

from ...kernel.compiled import parallel, portion, rule
from ...kernel.prefetch import SOON, ahead
from ...kernel.threads import most_pieces
from ...rules.belief import gain, loss
from ...rules.domain import DOMAIN_COUNT
from ...world.world import World
from ..step.columns import folk, homes, speaker
from ..step.context import Moment
from ..step.household_order import by_household, end_of_home, first_of_piece

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


@rule
def _mark(i, mine, given, day, span, least, pause, backlog, episode, marks, let_down, told):
    """What resident i, whose row is `mine` of given, tells its speaker: told int32[2]. let_down: the speaker's."""
    applied, aided, hurt = marks
    for d in range(DOMAIN_COUNT):
        if first_aid(i, d, given[mine, d], aided):
            aided[i] |= np.uint8(1 << d)
            told[AIDED] += 1
        elif (in_vain(i, d, given[mine, d], backlog, applied, aided, hurt) and day - let_down >= pause
              and day + span - episode[i, d] >= least):
            hurt[i] |= np.uint8(1 << (DOMAIN_COUNT + d))
            told[LET_DOWN] = 1


@rule
def _ahead_of(i, who, backlog, marks):
    applied, aided, hurt = marks
    ahead(backlog, i)
    ahead(applied, i)
    ahead(aided, i)
    ahead(hurt, i)
    ahead(who.age, i)


@parallel
def _credit(rows, given, day, span, least, pause, p, who, home, backlog, episode, marks, let_down, trust, rooms, counts,
            piece, pieces):
    """rooms: int32[pieces, residents of a home, 2], zeros: what each is told by those they speak for.

    counts: int64[pieces, 2]: needs first aided, residents let down.
    """
    told, last = rooms[piece], rows.size - 1
    at, stop = first_of_piece(rows, who.household, piece, pieces), portion(rows.size, piece, pieces).stop
    while at < stop:
        end = end_of_home(rows, at, who.household)
        _ahead_of(rows[min(end + SOON, last)], who, backlog, marks)
        first = np.int64(home.first[who.household[rows[at]]])
        for m in range(at, end):
            s = speaker(rows[m], who, home)
            if s >= 0:
                _mark(rows[m], m, given, day, span, least, pause, backlog, episode, marks, let_down[s], told[s - first])
        for m in range(at, end):
            s = speaker(rows[m], who, home)
            if s >= 0 and (told[s - first, AIDED] > 0 or told[s - first, LET_DOWN] > 0):
                heard = told[s - first]
                trust[s] = credit_after(np.float64(trust[s]), heard[AIDED], heard[LET_DOWN], p)
                counts[piece, AIDED] += heard[AIDED]
                counts[piece, LET_DOWN] += heard[LET_DOWN]
                if heard[LET_DOWN] > 0:
                    let_down[s] = day
                heard[:] = 0
        at = end


def credit(world: World, now: Moment, rows: np.ndarray, given: np.ndarray) -> tuple[int, int]:
    """Trust in institutions after given int32[m, d] to the rows int32[m]; needs first aided, residents let down.

    Aid counts once an episode. An application that brings nothing counts once an episode, and once in so many days.
    """
    people, settings, who = world.people, world.settings, folk(world)
    told = np.zeros((most_pieces(), int(world.households.size.max(initial=1)), 2), np.int32)
    counts = np.zeros((most_pieces(), 2), np.int64)
    _credit(*by_household(rows, who.uid, who.household, given), now.day, now.span, settings.living.least_need_days,
            settings.aiding.let_down_days, settings.meeting.numbers, who, homes(world), people.backlog, people.episode,
            (people.applied, people.aided, people.hurt), people.let_down, people.trust_institutions, told, counts)
    aided, let_down = counts.sum(axis=0)
    return int(aided), int(let_down)
