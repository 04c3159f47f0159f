"""Requests for help and what came of them, as arrays, and the order in which a household hears them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..kernel.compiled import kernel
from ..kernel.draw import unit, words
from ..kernel.stream import ACCEPT
from ..rules.kind import KINDS
from .folk import Folk

ROUNDS = 3
"""Targets one turns to, one after the other."""

OUTCOMES = 4
NOT_ASKED, REFUSED, HELPED, NO_MEANS = range(OUTCOMES)
"""What came of one request: no-means is a yes from someone with nothing left to give."""

STRANGERS = len(KINDS)
"""Where hours of strangers are counted, after the kinds of ties."""

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


@kernel
def _hear(turn, requests, backlog, key, day, uid, household, chosen, keys, luck):
    count = 0
    for r in range(requests.row.size):
        i, j, d = requests.row[r], requests.target[r, turn], requests.domain[r]
        if j >= 0 and backlog[i, d] > 0:
            drawn = words(key, uid[j], uid[i], day, ACCEPT, d, turn)
            severity = np.uint64(MOST_SEVERE - min(MOST_SEVERE, int(requests.severity[r] * MOST_SEVERE)))
            whose = np.uint64(household[j]) << np.uint64(SEVERITY_BITS + HASH_BITS)
            keys[count] = whose | severity << np.uint64(HASH_BITS) | np.uint64(drawn[1] >> 2)
            luck[count] = unit(drawn[0])
            chosen[count] = r
            count += 1
    return count


def heard(requests: Requests, turn: int, backlog: np.ndarray, who: Folk, key: tuple,
          day: int) -> tuple[np.ndarray, np.ndarray]:
    """Requests of one round in the order donors hear them, and the luck of each.

    By donor's household, the most severe first, then by a hash of the pair: an order that knows nothing of rows.
    """
    most = len(requests.row)
    chosen, keys, luck = np.empty(most, np.int64), np.empty(most, np.uint64), np.empty(most, np.float64)
    count = _hear(turn, requests, backlog, key, day, who.uid, who.household, chosen, keys, luck)
    order = np.argsort(keys[:count])
    return chosen[order], luck[order]


def parts(owners: np.ndarray, chunks: int = CHUNKS) -> np.ndarray:
    """int64[parts + 1]: where to cut a sorted list of owners so that no owner is split."""
    cuts = np.arange(chunks + 1) * len(owners) // chunks
    inner = cuts[(cuts > 0) & (cuts < len(owners))]
    same = np.searchsorted(owners, owners[inner], side="left")
    return np.unique(np.concatenate([[0], same, [len(owners)]])).astype(np.int64)
