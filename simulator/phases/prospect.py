"""Whom a block of residents might turn to: ties and the stranger next door, listed, looked up, drawn (model 7.7).

Each pass does one thing to all prospects of the block, as in tie_week: memory then answers many questions at a time,
and luck is drawn for several at once.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..kernel.compiled import rule
from ..kernel.draw import Draws, decision, draw_four, draws_of, empty_draws
from ..kernel.stream import WHOM
from ..kernel.threads import most_pieces
from ..rules.coping import able
from ..rules.domain import DOMAIN_COUNT
from ..rules.kind import SLOTS

BLOCK = 32
"""Residents whose prospects are looked up together."""


class Prospects(NamedTuple):
    """The prospects of a block, one resident's after the other's."""

    row: np.ndarray
    """uint32: the other."""
    slot: np.ndarray
    """int8: slot of the tie, -1 for the stranger next door."""
    trust: np.ndarray
    x: np.ndarray
    y: np.ndarray
    """float64: trust in the other, where the speaker lives."""
    draws: Draws
    """Uids of who needs and of the other."""
    home: np.ndarray
    """int32: building of the other."""
    fit: np.ndarray
    """bool: able to help."""
    load: np.ndarray
    km: np.ndarray
    """float64: the other's load, and how far away they live."""
    skill: np.ndarray
    """float32[., d]."""
    luck: np.ndarray
    """uint32: a word for each domain, one prospect's after the other's."""


@rule
def room_of(rooms, piece):
    """The room of one piece."""
    return Prospects(rooms.row[piece], rooms.slot[piece], rooms.trust[piece], rooms.x[piece], rooms.y[piece],
                     draws_of(rooms.draws, piece), rooms.home[piece], rooms.fit[piece], rooms.load[piece],
                     rooms.km[piece], rooms.skill[piece], rooms.luck[piece])


@rule
def note(at, i, s, j, slot, trust, who, home, room):
    """Put a prospect j of speaker s for resident i in place `at`."""
    here = who.building[s]
    room.row[at], room.slot[at], room.trust[at], room.draws.a[at] = j, slot, trust, who.uid[i]
    room.x[at], room.y[at] = home.x[here], home.y[here]


@rule
def list_ties(at, i, s, least, who, home, tie, room):
    """Put those whom speaker s trusts enough to ask in places from `at` on. Returns the next free place."""
    for k in range(tie.degree[s]):
        trust = np.float64(tie.trust[s, k])
        if trust >= least:
            note(at, i, s, tie.other[s, k], k, trust, who, home, room)
            at += 1
    return at


@rule
def look_up(count, who, coping, room):
    """Copy what matters of each prospect."""
    for c in range(count):
        j = room.row[c]
        room.draws.b[c], room.home[c], room.load[c] = who.uid[j], who.building[j], who.load[j]
        room.fit[c] = able(who.alive[j], who.age[j], np.float64(who.frailty[j]), coping)
    for c in range(count):
        j = room.row[c]
        for d in range(DOMAIN_COUNT):
            room.skill[c, d] = who.skill[j, d]


@rule
def measure(count, home, room):
    """How far each prospect lives from the speaker, km."""
    for c in range(count):
        there = room.home[c]
        dx, dy = room.x[c] - np.float64(home.x[there]), room.y[c] - np.float64(home.y[there])
        room.km[c] = np.sqrt(dx * dx + dy * dy)


@rule
def draw_luck(count, key, day, room):
    """Four words of luck for each prospect."""
    for c in range(count):
        room.draws.what[c] = decision(WHOM)
    draw_four(count, key, day, room.draws, room.luck)


def empty_rooms() -> Prospects:
    """Room for each piece of a loop."""
    pieces, most = most_pieces(), BLOCK * (SLOTS + 1)
    listed = (np.empty((pieces, most), kind) for kind in (np.uint32, np.int8, np.float64, np.float64, np.float64))
    looked_up = (np.empty((pieces, most), kind) for kind in (np.int32, np.bool_, np.float64, np.float64))
    skill, luck = np.empty((pieces, most, DOMAIN_COUNT), np.float32), np.empty((pieces, most * DOMAIN_COUNT), np.uint32)
    return Prospects(*listed, empty_draws(most), *looked_up, skill, luck)  # type: ignore[call-arg, arg-type]
