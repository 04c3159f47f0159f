"""Whom to turn to: the three best of one's ties and the stranger next door (model 7.7)."""

from __future__ import annotations

import numpy as np

from ...kernel.compaction import block_of, blocks
from ...kernel.compiled import parallel, portion, rule
from ...kernel.prefetch import SOON, ahead
from ...kernel.random import gumbel, unit, words
from ...kernel.stream import STRANGER, WHOM
from ...kernel.threads import most_pieces
from ...rules.asking import appeal
from ...rules.coping import able
from ...rules.domain import DOMAIN_COUNT
from ...world.world import World
from ..step.columns import folk, homes, links, speaker
from ..step.context import Moment
from .candidates import BLOCK, door_of, draw_luck, empty_rooms, list_block, look_up, may_open, measure, room_of
from .rank import empty_pairs, pairs_of, rank, rank_block
from .request import ROUNDS, Requests


@rule
def distance(a, b, home):
    """Kilometres between two buildings."""
    dx = np.float64(home.x[a]) - np.float64(home.x[b])
    dy = np.float64(home.y[a]) - np.float64(home.y[b])
    return np.sqrt(dx * dx + dy * dy)


@rule
def next_door(i, s, key, day, who, home, tie, coping):
    """Row of one adult of s's building picked by luck, outside the household and no tie, able to help; -1 for none."""
    j = door_of(who.building[s], words(key, who.uid[i], 0, day, STRANGER)[0], home)
    if j < 0 or not may_open(j, s, who, coping):
        return np.int64(-1)
    for k in range(tie.degree[s]):
        if tie.other[s, k] == j:
            return np.int64(-1)
    return j


@rule
def consider(i, j, slot, trust, km, wanted, key, day, p, who, scores, target, slots):
    """Score resident j for each domain wanted (bits) and rank it; the rows of scores follow the domains wanted."""
    luck = words(key, who.uid[i], who.uid[j], day, WHOM)
    load = np.float64(who.load[j])
    at = 0
    for d in range(DOMAIN_COUNT):
        if wanted >> d & 1:
            score = appeal(trust, np.float64(who.skill[j, d]), km, load, p) + gumbel(unit(luck[d]))
            rank(score, j, slot, scores[at], target[at], slots[at])
            at += 1


@rule
def best(i, s, wanted, key, day, p, coping, who, home, tie, scores, target, slots):
    """The best targets of speaker s for resident i, one row of ROUNDS for each domain wanted (bits).

    For residents who choose by hand, one at a time; `_choose` finds the same for whole blocks.
    """
    for k in range(tie.degree[s]):
        trust = np.float64(tie.trust[s, k])
        j = np.int64(tie.other[s, k])
        if trust >= p.least_ask and able(who.alive[j], who.age[j], np.float64(who.frailty[j]), coping):
            km = distance(who.building[s], who.building[j], home)
            consider(i, j, k, trust, km, wanted, key, day, p, who, scores, target, slots)
    j = next_door(i, s, key, day, who, home, tie, coping)
    if j >= 0:
        consider(i, j, -1, p.stranger, 0.0, wanted, key, day, p, who, scores, target, slots)


@parallel
def _who_asks(rows, voiced, found, backlog, who, home, asks, voice, counts, piece, pieces):
    """Which needs of each row are asked for or were found (bits), and who speaks; how many rows and needs a block."""
    for b in portion(counts.shape[0], piece, pieces):
        for m in block_of(b, rows.size):
            i, later = rows[m], rows[min(m + SOON, rows.size - 1)]
            ahead(voiced, later)
            ahead(found, later)
            ahead(backlog, later)
            wanted, bits = voiced[i] | found[i], 0
            s = speaker(i, who, home) if wanted else np.int64(-1)
            for d in range(DOMAIN_COUNT):
                if s >= 0 and wanted >> d & 1 and backlog[i, d] > 0:
                    bits |= 1 << d
                    counts[b, 1] += 1
            asks[m], voice[m] = bits, s
            counts[b, 0] += bits > 0


@parallel
def _list(rows, asks, voices, need, backlog, firsts, starts, row, voice, domain, severity, piece, pieces):
    """One request for each need asked for, and where each row's begin; firsts: the first row and request of a block."""
    for b in portion(firsts.shape[0], piece, pieces):
        people, count = firsts[b, 0], firsts[b, 1]
        for m in block_of(b, rows.size):
            i, later = rows[m], rows[min(m + SOON, rows.size - 1)]
            ahead(backlog, later)
            ahead(need, later)
            if asks[m]:
                starts[people] = count
                people += 1
            for d in range(DOMAIN_COUNT):
                if asks[m] >> d & 1:
                    row[count], voice[count], domain[count] = i, voices[m], d
                    severity[count] = backlog[i, d] / max(need[i, d], 1)
                    count += 1


@parallel
def _choose(starts, row, voice, domain, key, day, p, coping, who, home, tie, rooms, pairs, ends, target, slots, piece,
            pieces):
    asking, room, end_of = starts.size - 1, room_of(rooms, piece), ends[piece]
    for b in portion((asking + BLOCK - 1) // BLOCK, piece, pieces):
        first, end = b * BLOCK, min(asking, (b + 1) * BLOCK)
        count = list_block(first, end, starts, row, voice, key, day, p.least_ask, p.stranger, coping, who, home, tie,
                           room, end_of)
        look_up(count, who, coping, room)
        measure(count, home, room)
        draw_luck(count, key, day, room)
        rank_block(first, end, starts, domain, p, room, end_of, pairs_of(pairs, piece), target, slots)


def asking(world: World, rows: np.ndarray) -> tuple[np.ndarray, tuple[np.ndarray, ...]]:
    """What the rows int32[m] in need ask for, or were found to need: where each resident's requests begin.

    int64[residents + 1], and of r requests: row int32[r], speaker int32[r], domain int8[r], severity float64[r].
    """
    voiced, found, need, backlog = world.people.views(("voiced", "found", "need", "backlog"))
    asks, voice = np.empty(len(rows), np.uint8), np.empty(len(rows), np.int32)
    counts = np.zeros((blocks(len(rows)), 2), np.int64)
    _who_asks(rows, voiced, found, backlog, folk(world), homes(world), asks, voice, counts)
    residents, requests = counts.sum(axis=0)
    starts = np.full(residents + 1, requests, np.int64)
    listed = tuple(np.empty(requests, kind) for kind in (np.int32, np.int32, np.int8, np.float64))
    _list(rows, asks, voice, need, backlog, np.cumsum(counts, axis=0) - counts, starts, *listed)
    return starts, listed


def choose(world: World, now: Moment, rows: np.ndarray) -> Requests:
    """The requests of the rows int32[m] in need, each with its three best targets, chosen once a step."""
    starts, (row, voice, domain, severity) = asking(world, rows)
    shape = (len(row), ROUNDS)
    target, slots = np.full(shape, -1, np.int32), np.full(shape, -1, np.int8)
    s = world.settings
    ends = np.empty((most_pieces(), BLOCK), np.int64)
    _choose(starts, row, voice, domain, now.key, now.day, s.asking.numbers, s.coping.numbers, folk(world),
            homes(world), links(world), empty_rooms(), empty_pairs(), ends, target, slots)
    return Requests(row, voice, domain, severity, target, slots)
