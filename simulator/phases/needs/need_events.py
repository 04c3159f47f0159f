"""What people come to need in a block of residents: luck for all, then sizes for the events among it (model 7.7, 7.9).

Each pass does one thing to all of the block, as in tie_week: luck is drawn for several at a time, and only what it
singles out is looked at one by one. What arises is what rules/needing says of each resident, to the bit.
A *cell* is a resident of the block and a domain.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from ...kernel.compiled import kernel, rule
from ...kernel.random import Draws, counted, decision, draw_four, draw_two, draws_of, empty_draws, unit
from ...kernel.stream import NEED, NEED_SIZE
from ...kernel.threads import most_pieces
from ...rules.domain import DOMAIN_COUNT, MILLI
from ...rules.needing import (
    EVENT,
    FLOW,
    MOST_EVENTS,
    STOCK,
    event_size,
    near_event_size,
    needs_others,
    thousandths,
    whole_flow,
)

BLOCK = 128
"""Residents whose needs arise together: what is noted of them stays close to the processor."""

CELLS = BLOCK * DOMAIN_COUNT
"""Also the room for events whose sizes are drawn together: more than MOST_EVENTS, so that any cell's fit."""


class Arisen(NamedTuple):
    """What arises in a block, and the room to work it out; each of length CELLS."""

    own: np.ndarray
    beyond: np.ndarray
    """int32: everyday needs that one can meet oneself, and those that take another person, thousandths."""
    crisis: np.ndarray
    """int32: what crises make, thousandths."""
    luck: np.ndarray
    """uint32: a word for each cell."""
    mean: np.ndarray
    """float64: events to expect in it."""
    found: np.ndarray
    """uint32: cells in which something may happen; then residents with something that may last or end."""
    cell: np.ndarray
    """uint32: an event's cell."""
    draws: Draws
    """Of an event: how large it is, and whether it takes another person."""
    size: np.ndarray
    """int32: its size, thousandths."""


@rule
def room_of(rooms, piece):
    """The room of one piece."""
    return Arisen(rooms.own[piece], rooms.beyond[piece], rooms.crisis[piece], rooms.luck[piece], rooms.mean[piece],
                  rooms.found[piece], rooms.cell[piece], draws_of(rooms.draws, piece), rooms.size[piece])


def empty_rooms() -> Arisen:
    """Room for each piece of a loop."""
    kinds = (np.int32, np.int32, np.int32, np.uint32, np.float64, np.uint32, np.uint32)
    columns = (np.empty((most_pieces(), CELLS), kind) for kind in kinds)
    size = np.empty((most_pieces(), CELLS), np.int32)
    return Arisen(*columns, empty_draws(CELLS), size)  # type: ignore[call-arg, arg-type]


@rule
def find(cells, room):
    """List the cells in which luck lets anything happen: rules know a count of 0 by u < 1 - mean. Returns how many."""
    count = 0
    for c in range(cells):
        room.found[count] = c
        count += unit(room.luck[c]) >= 1.0 - room.mean[c]
    return count


@rule
def list_events(at, count, uid, code, room):
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
            room.cell[events], room.draws.a[events], room.draws.b[events] = c, uid[c // DOMAIN_COUNT], code
            room.draws.what[events] = decision(NEED_SIZE, c % DOMAIN_COUNT, turn)
            events += 1
        at += 1
    return at, events


@rule
def add_up(events, everyday, frailty, p, room):
    """Sizes of the events listed, into what is everyday's or a crisis's."""
    for e in range(events):
        room.size[e] = near_event_size(room.draws.first[e], p)
    for e in range(events):
        size, c = room.size[e], room.cell[e]
        if size < 0:
            size = np.int32(event_size(room.draws.first[e], p))
        if everyday:
            others = unit(room.draws.second[e]) < needs_others(np.float64(frailty[c // DOMAIN_COUNT]), p)
            room.beyond[c] += size if others else 0
            room.own[c] += 0 if others else size
        else:
            room.crisis[c] += size


@rule
def expect_everyday(count, alive, uid, key, day, span, p, room):
    """Luck and expected number of everyday events in each cell."""
    for i in range(count):
        room.draws.a[i], room.draws.b[i], room.draws.what[i] = uid[i], 0, decision(NEED)
    draw_four(count, key, day, room.draws, room.luck)
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
            rate = max(0.0, (base + frail * np.float64(frailty[i])) * hit)
            if mode == FLOW:
                room.crisis[c] += np.int32(whole_flow(rate * MILLI, day, span))
            elif mode == STOCK:
                room.crisis[c] += thousandths(rate) if threat.started[k] else 0
            else:
                room.mean[c] = rate / p.size * span
    if mode == EVENT:
        cells = count * DOMAIN_COUNT
        for c in range(cells):
            room.draws.a[c], room.draws.b[c] = uid[c // DOMAIN_COUNT], threat.code[k]
            room.draws.what[c] = decision(NEED, c % DOMAIN_COUNT)
        draw_two(cells, key, day, room.draws)
        for c in range(cells):
            room.luck[c] = room.draws.first[c]


@kernel
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
                at, events = list_events(at, found, uid, code, room)
                draw_two(events, key, day, room.draws)
                add_up(events, everyday, frailty, p, room)
