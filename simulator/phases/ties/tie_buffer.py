"""Ties of a block of rows, fetched into one place to be worked on, and put back (model 7.2).

First slots of all rows listed come first, what lies apart of the few rows that have more after them. Fetching apart
from computing lets memory answer many questions at a time.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...kernel.compiled import rule
from ...kernel.load4 import copy_four, put_four
from ...kernel.prefetch import ahead
from ...kernel.random import Draws, draws_of, empty_draws
from ...kernel.slots import FEW
from ...kernel.threads import most_pieces
from ...rules.kind import SLOTS
from ...world.ties.tie import clear_slot, move_slot
from ...world.ties.tie_read import ahead_rest

BLOCK = 64
"""Rows whose ties' other sides are fetched together, before any computing, so that memory is waited for once."""


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
            tie += k < FEW
            apart += k >= FEW
            if not room.over[at]:
                if kept < k:
                    move_slot(t, i, k, kept)
                kept += 1
        for k in range(kept, degree):
            clear_slot(t, i, k)
        t.degree[i] = kept


def empty_rooms() -> Room:
    """A Room for each piece of a loop."""
    kinds = (np.float32, np.float32, np.float32, np.float32, np.uint8, np.float64, np.int16, np.uint32, np.uint32,
             np.uint32, np.uint8)
    most = BLOCK * SLOTS + FEW
    return Room(empty_draws(most), *(np.empty((most_pieces(), most), kind) for kind in kinds))
