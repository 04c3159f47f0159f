"""A week of every tie, a block of rows at a time: fetch, draw, expect, visit, grow, put back (model 7.2).

Each pass does one thing to all ties of the block. Fetching apart from computing lets memory answer many questions at a
time; passes without branches let the processor work on several ties at once. Both sides of a tie compute the same from
the same numbers: nobody's row is searched.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..kernel.ahead import ahead
from ..kernel.compiled import parallel, portion, rule
from ..kernel.draw import Draws, decision, draw_two, draws_of, empty_draws, poisson, small_count, unit
from ..kernel.four import copy_four, put_four
from ..kernel.shared import at
from ..kernel.slots import FEW
from ..kernel.stream import VISIT
from ..kernel.threads import most_pieces
from ..rules.contact import WEEK, after_visits, company, is_over, visits_expected
from ..rules.kind import SLOTS
from ..world.tie import ahead_rest, clear_slot, move_slot

BLOCK = 64
"""Rows whose ties' other sides are fetched together, before any computing, so that memory is waited for once."""


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


class Room(NamedTuple):
    """A block's ties, one after the other, as their week is worked out."""

    draws: Draws
    """One's uid, the other's row and then its uid, then both in order; a word for visits and one for the tie's end."""
    mine: np.ndarray
    theirs: np.ndarray
    trust: np.ndarray
    mirror: np.ndarray
    """float32: rates and trusts of both sides."""
    kind: np.ndarray
    mean: np.ndarray
    """float64: factor on visits, then their mean number, then what they leave of missing trust."""
    visits: np.ndarray
    """int16: how many, -1 while in doubt."""
    doubtful: np.ndarray
    """uint32: ties whose visits are in doubt."""
    tied: np.ndarray
    """uint32: rows with ties."""
    many: np.ndarray
    """uint32: rows with more than FEW."""
    over: np.ndarray


@rule
def room_of(rooms, piece):
    """The room of one piece."""
    return Room(draws_of(rooms.draws, piece), rooms.mine[piece], rooms.theirs[piece], rooms.trust[piece],
                rooms.mirror[piece], rooms.kind[piece], rooms.mean[piece], rooms.visits[piece], rooms.doubtful[piece],
                rooms.tied[piece], rooms.many[piece], rooms.over[piece])


@rule
def factor_of(reach, i, j):
    """Factor on the visits of i and j."""
    held = min(np.float64(at(reach.contact, i)), np.float64(at(reach.contact, j)))
    if reach.factor == 1.0:
        return held
    here = reach.building[i]
    return held if reach.edges[here] <= j < reach.edges[here + 1] else held * reach.factor


@rule
def list_tied(t, first, end, room):
    """List the rows first to end that have ties, as a third has none, and those with more than FEW: one in ten.

    Returns how many of each. What lies apart is asked for at once, so that it is at hand when its turn comes.
    """
    tied = many = 0
    for i in range(first, end):
        room.tied[tied] = room.many[many] = i
        tied += t.degree[i] > 0
        many += t.degree[i] > FEW
    for r in range(many):
        i = np.int64(room.many[r])
        ahead_rest(t.degree, t.other, i)
        ahead_rest(t.degree, t.trust, i)
        ahead_rest(t.degree, t.mirror, i)
        ahead_rest(t.degree, t.kind, i)
    return tied, many


@rule
def fetch(t, who, rates, tied, many, room):
    """Copy the ties of the rows listed: first slots of all rows, then what lies apart. Returns how many."""
    tie = 0
    for r in range(tied):
        i = np.int64(room.tied[r])
        uid, rate = who[i, 0], rates[i, 1]
        # Without asking how many are in use: the next row is written over those that are not.
        copy_four(t.other.first, i, room.draws.b, tie)
        copy_four(t.trust.first, i, room.trust, tie)
        copy_four(t.mirror.first, i, room.mirror, tie)
        copy_four(t.kind.first, i, room.kind, tie)
        for k in range(FEW):
            room.draws.a[tie + k], room.mine[tie + k] = uid, rate
            ahead(who, np.int64(max(t.other.first[i, k], 0)))
        tie += min(np.int64(t.degree[i]), FEW)
    for r in range(many):
        i = np.int64(room.many[r])
        uid, rate = who[i, 0], rates[i, 1]
        for k in range(np.int64(t.degree[i]) - FEW):
            room.draws.a[tie], room.mine[tie] = uid, rate
            room.draws.b[tie], room.kind[tie] = t.other.rest[i, k], t.kind.rest[i, k]
            room.trust[tie], room.mirror[tie] = t.trust.rest[i, k], t.mirror.rest[i, k]
            ahead(who, np.int64(t.other.rest[i, k]))
            tie += 1
    return tie


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


@rule
def put_back(t, tied, many, room):
    """Write a week's trusts into the rows listed; first slots that are not in use hold 0 and keep it."""
    tie = 0
    for r in range(tied):
        i = np.int64(room.tied[r])
        degree = np.int64(t.degree[i])
        put_four(t.trust.first, i, degree, room.trust, tie)
        put_four(t.mirror.first, i, degree, room.mirror, tie)
        tie += min(degree, FEW)
    for r in range(many):
        i = np.int64(room.many[r])
        for k in range(np.int64(t.degree[i]) - FEW):
            t.trust.rest[i, k], t.mirror.rest[i, k] = room.trust[tie], room.mirror[tie]
            tie += 1


@rule
def let_go(t, tied, many, room):
    """Ties that are over leave their rows: those that stay move together."""
    tie, apart = 0, 0
    for r in range(tied):
        apart += min(np.int64(t.degree[room.tied[r]]), FEW)
    for r in range(tied):
        i = np.int64(room.tied[r])
        degree, kept = np.int64(t.degree[i]), 0
        for k in range(degree):
            at = tie if k < FEW else apart
            if k < FEW:
                tie += 1
            else:
                apart += 1
            if not room.over[at]:
                if kept < k:
                    move_slot(t, i, k, kept)
                kept += 1
        for k in range(kept, degree):
            clear_slot(t, i, k)
        t.degree[i] = kept


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


def empty_rooms() -> Room:
    """A Room for each piece of a loop."""
    kinds = (np.float32, np.float32, np.float32, np.float32, np.uint8, np.float64, np.int16, np.uint32, np.uint32,
             np.uint32, np.uint8)
    most = BLOCK * SLOTS + FEW
    return Room(empty_draws(most), *(np.empty((most_pieces(), most), kind) for kind in kinds))
