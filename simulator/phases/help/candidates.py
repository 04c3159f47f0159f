"""Whom a block of residents might turn to: ties and the stranger next door, listed, looked up, drawn (model 7.7).

Each pass does one thing to all prospects of the block, as in tie_week: memory then answers many questions at a time,
and luck is drawn for several at once.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...kernel.compiled import kernel, rule
from ...kernel.prefetch import ahead
from ...kernel.random import Draws, decision, draw_four, draw_two, draws_of, empty_draws, unit
from ...kernel.stream import STRANGER, WHOM
from ...kernel.threads import most_pieces
from ...rules.coping import able
from ...rules.domain import DOMAIN_COUNT
from ...rules.kind import SLOTS
from ...world.ties.tie_read import ahead_of

BLOCK = 32
"""Residents whose prospects are looked up together."""

MOST = BLOCK * (SLOTS + 1)
"""Prospects that they have at most."""


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
    door: np.ndarray
    """int32[BLOCK]: the stranger next door of each resident, -1 for none."""


@rule
def room_of(rooms, piece):
    """The room of one piece."""
    return Prospects(rooms.row[piece], rooms.slot[piece], rooms.trust[piece], rooms.x[piece], rooms.y[piece],
                     draws_of(rooms.draws, piece), rooms.home[piece], rooms.fit[piece], rooms.load[piece],
                     rooms.km[piece], rooms.skill[piece], rooms.luck[piece], rooms.door[piece])


@rule
def note(at, i, s, j, slot, trust, who, home, room):
    """Put a prospect j of speaker s for resident i in place `at`."""
    here = who.building[s]
    room.row[at], room.slot[at], room.trust[at], room.draws.a[at] = j, slot, trust, who.uid[i]
    room.x[at], room.y[at] = home.x[here], home.y[here]


@rule
def ahead_of_helper(j, who):
    """Ask for what makes j `able`, and for who and where they are."""
    ahead(who.uid, j)
    ahead(who.building, j)
    ahead(who.frailty, j)
    ahead(who.age, j)
    ahead(who.alive, j)


@rule
def ahead_of_speaker(s, who, tie):
    """Ask for what a speaker's prospects are listed by; who lives next door stands close in every column."""
    ahead_of(tie.degree, tie.other, s)
    ahead_of(tie.degree, tie.trust, s)
    ahead(who.household, s)
    ahead_of_helper(s, who)


@rule
def ahead_of_prospect(j, who):
    """Ask for what `look_up` copies."""
    ahead(who.load, j)
    ahead(who.skill, j)
    ahead_of_helper(j, who)


@rule
def door_of(b, word, home):
    """Row of one adult of building b, picked by a word of luck; -1 where it has none."""
    adults = np.int64(home.adults[b])
    # An empty building's place may lie one beyond the roll.
    place = min(home.first_adult[b] + np.int64(unit(word) * adults), home.roll.size - 1)
    return np.int64(home.roll[place]) if adults > 0 else np.int64(-1)


@rule
def may_open(j, s, who, coping):
    """True when j, who lives next door to speaker s, is of another household and able to help."""
    return able(who.alive[j], who.age[j], np.float64(who.frailty[j]), coping) and who.household[j] != who.household[s]


@rule
def knock(first, end, starts, row, voice, key, day, who, home, coping, room):
    """Who lives next door to the speaker of each resident from first to end, as `next_door` says, ties included."""
    count = end - first
    for m in range(count):
        room.draws.a[m], room.draws.b[m] = who.uid[row[starts[first + m]]], 0
        room.draws.what[m] = decision(STRANGER)
    draw_two(count, key, day, room.draws)
    for m in range(count):
        room.door[m] = door_of(who.building[voice[starts[first + m]]], room.draws.first[m], home)
    for m in range(count):
        s, j = voice[starts[first + m]], max(room.door[m], 0)
        room.door[m] = room.door[m] if may_open(j, s, who, coping) else -1


@kernel
def list_block(first, end, starts, row, voice, key, day, least, stranger, coping, who, home, tie, room, ends):
    """List the prospects of the residents first to end: ties whom the speaker trusts enough, and who lives next door.

    ends[.]: where each one's end. Each is written, and counts if it is one. Returns how many.
    """
    count = 0
    for g in range(end, min(end + BLOCK, starts.size - 1)):  # what the next block will read
        ahead_of_speaker(voice[starts[g]], who, tie)
    knock(first, end, starts, row, voice, key, day, who, home, coping, room)
    for g in range(first, end):
        i, s = row[starts[g]], voice[starts[g]]
        door, tied = room.door[g - first], False
        for k in range(tie.degree[s]):
            j, trust = tie.other[s, k], np.float64(tie.trust[s, k])
            note(count, i, s, j, k, trust, who, home, room)
            ahead_of_prospect(j, who)
            count += trust >= least
            tied |= j == door
        note(count, i, s, max(door, 0), -1, stranger, who, home, room)
        count += (door >= 0) & (not tied)
        ends[g - first] = count
    return count


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
    pieces, most = most_pieces(), MOST
    listed = (np.empty((pieces, most), kind) for kind in (np.uint32, np.int8, np.float64, np.float64, np.float64))
    looked_up = (np.empty((pieces, most), kind) for kind in (np.int32, np.bool_, np.float64, np.float64))
    skill, luck = np.empty((pieces, most, DOMAIN_COUNT), np.float32), np.empty((pieces, most * DOMAIN_COUNT), np.uint32)
    door = np.empty((pieces, BLOCK), np.int32)
    return Prospects(*listed, empty_draws(most), *looked_up, skill, luck, door)  # type: ignore[call-arg, arg-type]
