"""What people come to need in a block of residents: luck for all, then sizes for the events among it (model 7.7, 7.9).

Each pass does one thing to all of the block, as in tie_week: luck is drawn for several at a time, and only what it
singles out is looked at one by one. What arises is what rules/needing says of each resident, to the bit.
A *cell* is a resident of the block and a domain.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from ..kernel.compiled import rule
from ..kernel.draw import counted, unit, words
from ..kernel.stream import NEED, NEED_SIZE
from ..kernel.threads import most_pieces
from ..rules.domain import DOMAIN_COUNT, MILLI
from ..rules.needing import EVENT, FLOW, MOST_EVENTS, STOCK, needs_others, thousandths, whole_flow

BLOCK = 128
"""Residents whose needs arise together: what is noted of them stays close to the processor."""

CELLS = BLOCK * DOMAIN_COUNT
"""Also the room for events whose sizes are drawn together; more than one resident can have in one domain."""


class Arisen(NamedTuple):
    """What arises in a block, and the room to work it out; each of length CELLS."""

    own: np.ndarray
    beyond: np.ndarray
    """int64: everyday needs that one can meet oneself, and those that take another person, thousandths."""
    crisis: np.ndarray
    """int64: what crises make, thousandths."""
    luck: np.ndarray
    """uint32: a word for each cell."""
    mean: np.ndarray
    """float64: events to expect in it."""
    found: np.ndarray
    """uint32: cells in which something may happen."""
    cell: np.ndarray
    uid: np.ndarray
    turn: np.ndarray
    """uint32: an event's cell, whose it is, which of theirs."""
    size: np.ndarray
    split: np.ndarray
    """uint32: luck that decides how large it is, and whether it takes another person."""


@rule
def room_of(rooms, piece):
    """The room of one piece."""
    return Arisen(rooms.own[piece], rooms.beyond[piece], rooms.crisis[piece], rooms.luck[piece], rooms.mean[piece],
                  rooms.found[piece], rooms.cell[piece], rooms.uid[piece], rooms.turn[piece], rooms.size[piece],
                  rooms.split[piece])


def empty_rooms() -> Arisen:
    """Room for each piece of a loop."""
    kinds = {"own": np.int32, "beyond": np.int32, "crisis": np.int32, "mean": np.float64}
    return Arisen(*(np.empty((most_pieces(), CELLS), kinds.get(name, np.uint32)) for name in Arisen._fields))


@rule
def find(cells, room):
    """List the cells in which luck lets anything happen: rules know a count of 0 by u < 1 - mean. Returns how many."""
    count = 0
    for c in range(cells):
        room.found[count] = c
        count += unit(room.luck[c]) >= 1.0 - room.mean[c]
    return count


@rule
def list_events(at, count, uid, room):
    """List events of the cells found, from `at` on until the room is full. Returns where to go on, and how many."""
    events, mean, none = 0, 0.0, 1.0
    while at < count:
        c = room.found[at]
        if room.mean[c] != mean:
            mean = room.mean[c]
            none = math.exp(-mean)
        turns = min(counted(unit(room.luck[c]), mean, none), MOST_EVENTS)
        if events + turns > CELLS:
            break
        for turn in range(turns):
            room.cell[events], room.uid[events], room.turn[events] = c, uid[c // DOMAIN_COUNT], turn
            events += 1
        at += 1
    return at, events


@rule
def draw_sizes(events, code, key, day, room):
    """Two words of luck for each event listed."""
    for e in range(events):
        room.size[e], room.split[e], _, _ = words(key, room.uid[e], code, day, NEED_SIZE, room.cell[e] % DOMAIN_COUNT,
                                                  room.turn[e])


@rule
def add_up(events, everyday, frailty, p, room):
    """Sizes of the events listed, into what is everyday's or a crisis's."""
    for e in range(events):
        size, c = thousandths(-math.log(unit(room.size[e])) * p.size), room.cell[e]
        if everyday:
            others = unit(room.split[e]) < needs_others(np.float64(frailty[c // DOMAIN_COUNT]), p)
            room.beyond[c] += size if others else 0
            room.own[c] += 0 if others else size
        else:
            room.crisis[c] += size


@rule
def expect_everyday(count, alive, uid, key, day, span, p, room):
    """Luck and expected number of everyday events in each cell."""
    for i in range(count):
        luck = words(key, uid[i], 0, day, NEED)
        for d in range(DOMAIN_COUNT):
            room.luck[i * DOMAIN_COUNT + d] = luck[d]
    for i in range(count):
        mean = p.rate * span if alive[i] == 1 else 0.0
        for d in range(DOMAIN_COUNT):
            room.mean[i * DOMAIN_COUNT + d] = mean


@rule
def expect_crisis(count, alive, uid, frailty, k, threat, exposure, key, day, span, p, room):
    """What crisis k makes little by little or at once; luck and expected number of what comes in events."""
    mode = threat.mode[k]
    for d in range(DOMAIN_COUNT):
        base, frail = threat.base[k, d], threat.frail[k, d]
        for i in range(count):
            c, hit = i * DOMAIN_COUNT + d, np.float64(exposure[i]) if alive[i] == 1 else 0.0
            rate = (base + frail * np.float64(frailty[i])) * hit
            if mode == FLOW:
                room.crisis[c] += np.int32(whole_flow(rate * MILLI, day, span))
            elif mode == STOCK:
                room.crisis[c] += thousandths(rate) if threat.started[k] else 0
            else:
                room.mean[c] = rate / p.size * span
                room.luck[c] = words(key, uid[i], threat.code[k], day, NEED, d)[0]


@rule
def needs_of_block(first, end, who, threat, key, day, span, p, room):
    """What arises for the rows first to end into room.own, room.beyond and room.crisis."""
    count, alive, uid, frailty = end - first, who.alive[first:end], who.uid[first:end], who.frailty[first:end]
    cells = count * DOMAIN_COUNT
    for c in range(cells):
        room.own[c] = room.beyond[c] = room.crisis[c] = 0
    for cause in range(1 + threat.mode.size):
        everyday, code = cause == 0, np.uint32(0)
        if everyday:
            expect_everyday(count, alive, uid, key, day, span, p, room)
        else:
            code = threat.code[cause - 1]
            expect_crisis(count, alive, uid, frailty, cause - 1, threat, threat.exposure[cause - 1, first:end], key,
                          day, span, p, room)
        if everyday or threat.mode[cause - 1] == EVENT:
            found, at = find(cells, room), 0
            while at < found:
                at, events = list_events(at, found, uid, room)
                draw_sizes(events, code, key, day, room)
                add_up(events, everyday, frailty, p, room)
