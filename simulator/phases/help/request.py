"""Requests for help and what came of them, as arrays, and the order in which a household hears them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...kernel.compaction import BLOCK, block_of, close_ranks, empty_list
from ...kernel.compiled import parallel, portion, rule
from ...kernel.prefetch import SOON, ahead
from ...kernel.random import decision, draw_two, draws_of, empty_draws, unit
from ...kernel.stream import ACCEPT
from ...rules.kind import KINDS
from ...world.ties.tie_read import ahead_of
from ...world.world import World
from ..step.columns import folk, links, read
from ..step.context import Moment

ROUNDS = 3
"""Targets one turns to, one after the other."""

OUTCOMES = 4
NOT_ASKED, REFUSED, HELPED, NO_MEANS = range(OUTCOMES)
"""What came of one request: no-means is a yes from someone with nothing left to give."""

STRANGERS = len(KINDS)
"""Where hours of strangers are counted, after the kinds of ties."""

LUCKY = 256
"""Requests whose luck is drawn in one pass, several at a time."""

CHUNKS = 64
"""Parts a round is played in; a household is never split, so the number of threads cannot matter."""

SEVERITY_BITS, HASH_BITS = 10, 30
MOST_SEVERE = (1 << SEVERITY_BITS) - 1
"""A key holds, from the top: the donor's household, how far from most severe, a hash of the pair."""


class Requests(NamedTuple):
    """r requests: who needs, who speaks, what, how severe 0..1, whom they turn to in each round and by which slot."""

    row: np.ndarray
    speaker: np.ndarray
    domain: np.ndarray
    severity: np.ndarray
    target: np.ndarray
    """int32[r, ROUNDS], -1 for none."""
    slot: np.ndarray
    """int8[r, ROUNDS] in the speaker's row, -1 for the stranger next door."""


class Outcomes(NamedTuple):
    """int8[r, ROUNDS] status, int32[r, ROUNDS] need met and hours given in thousandths."""

    status: np.ndarray
    amount: np.ndarray
    hours: np.ndarray


def unanswered(requests: Requests) -> Outcomes:
    """Outcomes before anything was asked."""
    shape = (len(requests.row), ROUNDS)
    return Outcomes(np.zeros(shape, np.int8), np.zeros(shape, np.int32), np.zeros(shape, np.int32))


class Heard(NamedTuple):
    """Requests of one round as their donors hear them, each in one place: donors are visited in quite another order."""

    order: np.ndarray
    """int64[m]: the order in which they are heard, as places below."""
    what: np.ndarray
    """int32[m, FACTS]: the request, who needs, who is asked, the domain, the kind of tie or STRANGERS."""
    how: np.ndarray
    """float64[m, WEIGHTS]: luck, severity, the donor's trust in the speaker."""


FACTS, WEIGHTS = 5, 3
REQUEST, NEEDY, DONOR, DOMAIN, KIND = range(FACTS)
LUCK, SEVERE, TRUST = range(WEIGHTS)


@rule
def donors_trust(s, slot, tie, stranger):
    """What a donor's trust in speaker s counts for, over the given slot of s (-1: they are strangers)."""
    return np.float64(tie.mirror[s, slot]) if slot >= 0 else stranger


@parallel
def _open(turn, listed, requests, backlog, found, counts, piece, pieces):
    for b in portion(counts.size, piece, pieces):
        count = b * BLOCK
        for m in block_of(b, listed.size):
            r, later = listed[m], listed[min(m + SOON, listed.size - 1)]
            ahead(backlog, requests.row[later])
            if requests.target[r, turn] >= 0 and backlog[requests.row[r], requests.domain[r]] > 0:
                found[count] = r
                count += 1
        counts[b] = count - b * BLOCK


def still_open(world: World, requests: Requests, turn: int, listed: np.ndarray) -> np.ndarray:
    """Those of the requests listed int64[m] that are still open and have somebody to turn to in this round."""
    found = empty_list(len(listed), np.int64)
    _open(turn, listed, requests, read(world.people.backlog), *found)
    return close_ranks(*found)


@parallel
def _describe(turn, listed, requests, tie, stranger, what, how, piece, pieces):
    for m in portion(listed.size, piece, pieces):
        r, later = listed[m], requests.speaker[listed[min(m + SOON, listed.size - 1)]]
        ahead_of(tie.degree, tie.mirror, later)
        ahead_of(tie.degree, tie.kind, later)
        s, slot = requests.speaker[r], requests.slot[r, turn]
        what[m, REQUEST], what[m, NEEDY], what[m, DONOR] = r, requests.row[r], requests.target[r, turn]
        what[m, DOMAIN], what[m, KIND] = requests.domain[r], tie.kind[s, slot] if slot >= 0 else STRANGERS
        how[m, SEVERE], how[m, TRUST] = requests.severity[r], donors_trust(s, slot, tie, stranger)


@parallel
def _rank(turn, what, how, key, day, uid, household, rooms, keys, piece, pieces):
    count, draws = what.shape[0], draws_of(rooms, piece)
    for b in portion((count + LUCKY - 1) // LUCKY, piece, pieces):
        first, end = b * LUCKY, min(count, (b + 1) * LUCKY)
        for m in range(first, end):
            later = min(m + SOON, count - 1)
            ahead(uid, what[later, DONOR])
            ahead(household, what[later, DONOR])
            draws.a[m - first], draws.b[m - first] = uid[what[m, DONOR]], uid[what[m, NEEDY]]
            draws.what[m - first] = decision(ACCEPT, what[m, DOMAIN], turn)
        draw_two(end - first, key, day, draws)
        for m in range(first, end):
            how[m, LUCK] = unit(draws.first[m - first])
            severity = np.uint64(MOST_SEVERE - min(MOST_SEVERE, int(how[m, SEVERE] * MOST_SEVERE)))
            whose = np.uint64(household[what[m, DONOR]]) << np.uint64(SEVERITY_BITS + HASH_BITS)
            keys[m] = whose | severity << np.uint64(HASH_BITS) | np.uint64(draws.second[m - first] >> 2)


def heard(world: World, now: Moment, requests: Requests, turn: int, listed: np.ndarray) -> Heard:
    """The requests listed int64[m] for one round in the order donors hear them.

    By donor's household, the most severe first, then by a hash of the pair: an order that knows nothing of rows.
    """
    who = folk(world)
    what, how = np.empty((len(listed), FACTS), np.int32), np.empty((len(listed), WEIGHTS))
    keys = np.empty(len(listed), np.uint64)
    _describe(turn, listed, requests, links(world), world.settings.asking.stranger, what, how)
    _rank(turn, what, how, now.key, now.day, who.uid, who.household, empty_draws(LUCKY), keys)
    return Heard(np.argsort(keys), what, how)


def parts(owners: np.ndarray, chunks: int = CHUNKS) -> np.ndarray:
    """int64[parts + 1]: where to cut a sorted list of owners so that no owner is split."""
    cuts = np.arange(chunks + 1) * len(owners) // chunks
    inner = cuts[(cuts > 0) & (cuts < len(owners))]
    same = np.searchsorted(owners, owners[inner], side="left")
    return np.unique(np.concatenate([[0], same, [len(owners)]])).astype(np.int64)
