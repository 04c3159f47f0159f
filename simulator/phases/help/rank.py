"""The three best of a resident's prospects, for each request: a logit choice by Gumbel noise (model 7.7).

Only the order of scores matters. They are therefore worked out nearly, for many at a time, as whole numbers, and ranked
without a branch; where two are too close to tell, those of the request are worked out anew, as the rules say.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...kernel.compiled import kernel, rule
from ...kernel.random import gumbel, near_gumbel, unit
from ...kernel.threads import most_pieces
from ...rules.asking import appeal
from ...rules.domain import DOMAIN_COUNT
from .candidates import MOST
from .request import ROUNDS

PLACE_BITS = 8
LAST_PLACE = (1 << PLACE_BITS) - 1
"""A score as a whole number holds, from the top: its value, and how far the prospect's place is from the last one."""

STEPS = float(1 << 40)
"""Steps in one unit of a score."""

WIDEST = float(1 << 13)
"""Scores further from 0 become equal, and so too close to tell."""

DOUBT = 1 << 10
"""Scores fewer steps apart, a billionth, are worked out anew: a hundred times what `near_gumbel` may err."""

NOBODY = -(1 << 62)
"""Below any score: that of a prospect who cannot help."""


class Pairs(NamedTuple):
    """Room for the pairs of a block's requests and prospects, one request's after the other's."""

    appeal: np.ndarray
    """float64: the prospect's, -inf if unable to help."""
    luck: np.ndarray
    """uint32: its word for the request's domain."""
    place: np.ndarray
    """uint8: how far it is from the last place, counted from the resident's first one."""
    score: np.ndarray
    """int64: what is ranked."""
    best: np.ndarray
    """float64[ROUNDS]: scores of the best, worked out anew."""


def empty_pairs() -> Pairs:
    """Room for each piece of a loop."""
    pieces, most = most_pieces(), MOST * DOMAIN_COUNT
    listed = (np.empty((pieces, most), kind) for kind in (np.float64, np.uint32, np.uint8, np.int64))
    return Pairs(*listed, np.empty((pieces, ROUNDS)))  # type: ignore[call-arg]


@rule
def pairs_of(rooms, piece):
    """The room of one piece."""
    return Pairs(rooms.appeal[piece], rooms.luck[piece], rooms.place[piece], rooms.score[piece], rooms.best[piece])


@rule
def rank(score, row, slot, scores, target, slots):
    """Put a candidate in its place among the best so far; equal scores keep the order in which they came."""
    if score <= scores[-1]:
        return
    at = scores.size - 1
    while at > 0 and score > scores[at - 1]:
        scores[at], target[at], slots[at] = scores[at - 1], target[at - 1], slots[at - 1]
        at -= 1
    scores[at], target[at], slots[at] = score, row, slot


@rule
def _appeal(c, domain, p, room):
    """How much one would turn to a prospect for a request of that domain."""
    return appeal(room.trust[c], np.float64(room.skill[c, domain]), room.km[c], room.load[c], p)


@rule
def _rank_anew(begin, end, domain, p, room, scores, target, slots):
    """The best of the prospects begin to end by scores worked out as the rules say."""
    scores[:] = -np.inf
    for c in range(begin, end):
        if room.fit[c]:
            score = _appeal(c, domain, p, room) + gumbel(unit(room.luck[c * DOMAIN_COUNT + domain]))
            rank(score, np.int64(room.row[c]), room.slot[c], scores, target, slots)


@rule
def _pair(first, end, starts, domain, p, room, ends, pairs):
    """Pair each request of the residents first to end with each of their prospects. Returns how many pairs."""
    begin, count = 0, 0
    for g in range(first, end):
        for r in range(starts[g], starts[g + 1]):
            d = domain[r]
            for c in range(begin, ends[g - first]):
                pairs.appeal[count] = _appeal(c, d, p, room) if room.fit[c] else -np.inf
                pairs.luck[count], pairs.place[count] = room.luck[c * DOMAIN_COUNT + d], LAST_PLACE - (c - begin)
                count += 1
        begin = ends[g - first]
    return count


@kernel
def _score(count, pairs):
    """A whole number for each pair, several at a time."""
    for q in range(count):
        score = pairs.appeal[q] + near_gumbel(unit(pairs.luck[q]))
        steps = np.int64(max(-WIDEST, min(WIDEST, score)) * STEPS) << PLACE_BITS | pairs.place[q]
        pairs.score[q] = steps if score > -np.inf else NOBODY


@rule
def _too_close(better, worse):
    """True when it takes another look to tell two scores apart."""
    return (worse != NOBODY) & ((better >> PLACE_BITS) - (worse >> PLACE_BITS) < DOUBT)


@rule
def _put(turn, score, begin, room, target, slots):
    """Write whom one turns to in a turn, unless nobody is left."""
    if score != NOBODY:
        c = begin + LAST_PLACE - (score & LAST_PLACE)
        target[turn], slots[turn] = room.row[c], room.slot[c]


@kernel
def rank_block(first, end, starts, domain, p, room, ends, pairs, target, slots):
    """Write the three best prospects for each request of the residents first to end; where nobody is left, -1 stays.

    ends[.]: where each resident's prospects end in the room.
    """
    _score(_pair(first, end, starts, domain, p, room, ends, pairs), pairs)
    begin, at = 0, 0
    for g in range(first, end):
        for r in range(starts[g], starts[g + 1]):
            one = two = three = four = np.int64(NOBODY)
            for _ in range(begin, ends[g - first]):
                score = pairs.score[at]
                at += 1
                one, score = max(one, score), min(one, score)
                two, score = max(two, score), min(two, score)
                three, score = max(three, score), min(three, score)
                four = max(four, score)
            if _too_close(one, two) | _too_close(two, three) | _too_close(three, four):
                _rank_anew(begin, ends[g - first], domain[r], p, room, pairs.best, target[r], slots[r])
                continue
            _put(0, one, begin, room, target[r], slots[r])
            _put(1, two, begin, room, target[r], slots[r])
            _put(2, three, begin, room, target[r], slots[r])
        begin = ends[g - first]
