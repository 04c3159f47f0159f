"""A week of every tie, a block of rows at a time: fetch, draw, expect, visit, grow, put back (model 7.2).

Each pass does one thing to all ties of the block. Passes without branches let the processor work on several ties at
once. Both sides of a tie compute the same from the same numbers: nobody's row is searched.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...kernel.broadcast import at
from ...kernel.compiled import parallel, portion, rule
from ...kernel.random import decision, draw_two, poisson, small_count, unit
from ...kernel.slots import FEW
from ...kernel.stream import VISIT
from ...rules.contact import WEEK, after_visits, company, is_over, visits_expected
from .tie_buffer import BLOCK, fetch, let_go, list_tied, put_back, room_of


class Rhythm(NamedTuple):
    """What a week does to a tie: wear and ending by kind float64[kinds], what visits leave float64[counts]."""

    worn: np.ndarray
    ending: np.ndarray
    keep: np.ndarray


class Reach(NamedTuple):
    """What holds visits back: factor outside the building, its edges, factor per resident float32[n] or [1]."""

    factor: float
    edges: np.ndarray
    building: np.ndarray
    contact: np.ndarray


@rule
def factor_of(reach, i, j):
    """Factor on the visits of i and j."""
    held = min(np.float64(at(reach.contact, i)), np.float64(at(reach.contact, j)))
    if reach.factor == 1.0:
        return held
    here = reach.building[i]
    return held if reach.edges[here] <= j < reach.edges[here + 1] else held * reach.factor


@rule
def hold_back(t, tied, many, count, reach, room):
    """Copy what holds each tie's visits back."""
    if reach.factor == 1.0 and reach.contact.size == 1:
        for tie in range(count):
            room.mean[tie] = np.float64(reach.contact[0])
        return
    tie = 0
    for r in range(tied):
        i = np.int64(room.tied[r])
        for _ in range(min(np.int64(t.degree[i]), FEW)):
            room.mean[tie] = factor_of(reach, i, room.draws.b[tie])
            tie += 1
    for r in range(many):
        i = np.int64(room.many[r])
        for _ in range(np.int64(t.degree[i]) - FEW):
            room.mean[tie] = factor_of(reach, i, room.draws.b[tie])
            tie += 1


@rule
def fetch_others(count, who, rates, room):
    """Copy uid and rate of the other side of every tie."""
    for tie in range(count):
        j = room.draws.b[tie]
        room.theirs[tie], room.draws.b[tie] = rates[j, 1], who[j, 0]


@rule
def draw_luck(count, room, key, day):
    """Two words of luck for every tie."""
    for tie in range(count):
        a, b = room.draws.a[tie], room.draws.b[tie]
        room.draws.a[tie], room.draws.b[tie], room.draws.what[tie] = min(a, b), max(a, b), decision(VISIT)
    draw_two(count, key, day, room.draws)


@rule
def expect(count, room, p):
    """Put the mean number of visits in place of the factor on them."""
    for tie in range(count):
        mine = np.float64(room.mine[tie]) * company(np.float64(room.trust[tie]), p)
        theirs = np.float64(room.theirs[tie]) * company(np.float64(room.mirror[tie]), p)
        room.mean[tie] = visits_expected(mine, theirs, room.mean[tie], WEEK, p)


@rule
def visit(count, room, keep):
    """Put what the visits that took place leave of missing trust in place of their mean number."""
    for tie in range(count):
        room.visits[tie] = small_count(unit(room.draws.first[tie]), room.mean[tie])
    doubts = 0
    for tie in range(count):
        room.doubtful[doubts] = tie
        doubts += room.visits[tie] < 0
    for doubt in range(doubts):
        tie = room.doubtful[doubt]
        room.visits[tie] = poisson(unit(room.draws.first[tie]), room.mean[tie])
    for tie in range(count):
        room.mean[tie] = keep[room.visits[tie]]


@rule
def grow(count, room, rhythm, p):
    """Trust on both sides after wear and visits, and which ties are over. Returns how many."""
    over = 0
    for tie in range(count):
        worn, ending, keep = rhythm.worn[room.kind[tie]], rhythm.ending[room.kind[tie]], room.mean[tie]
        trust = after_visits(np.float64(room.trust[tie]), worn, keep)
        mirror = after_visits(np.float64(room.mirror[tie]), worn, keep)
        room.over[tie] = is_over(trust, mirror, unit(room.draws.second[tie]), ending, p)
        room.trust[tie], room.mirror[tie] = trust, mirror
        over += room.over[tie]
    return over


@parallel
def week_of_ties(t, who, rates, reach, rhythm, key, day, p, rooms, ended, piece, pieces):
    """A week of every tie. who: uint32[n, 2] uid and rate side by side; rates: the same memory as float32.

    rooms: a Room of arrays with one more dimension, one for each piece; ended int64[pieces] is written.
    """
    n, room = t.degree.size, room_of(rooms, piece)
    for block in portion((n + BLOCK - 1) // BLOCK, piece, pieces):
        first, end = block * BLOCK, min(n, (block + 1) * BLOCK)
        tied, many = list_tied(t, first, end, room)
        count = fetch(t, who, rates, tied, many, room)
        hold_back(t, tied, many, count, reach, room)
        fetch_others(count, who, rates, room)
        draw_luck(count, room, key, day)
        expect(count, room, p)
        visit(count, room, rhythm.keep)
        over = grow(count, room, rhythm, p)
        put_back(t, tied, many, room)
        if over > 0:
            let_go(t, tied, many, room)
            ended[piece] += over
