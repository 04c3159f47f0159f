"""Requests for help and their outcomes as arrays, and the order in which helpers answer them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from ...kernel.compaction import ROWS_PER_BLOCK, allocate_block_lists, block_rows, compact_blocks
from ...kernel.compiled import chunk_range, parallel_kernel, rule
from ...kernel.keyed_random import allocate_draw_buffers, draw_two_words, get_draw_buffer, pack_decision, to_uniform
from ...kernel.prefetch import PREFETCH_DISTANCE, prefetch
from ...kernel.random_streams import ACCEPT
from ...kernel.scratch import get_scratch
from ...kernel.threads import MIN_PARALLEL_ROWS
from ...rules.tie_kinds import TIE_KINDS
from ...world.ties.tie_access import prefetch_slots
from ...world.world import World
from ..step.columns import view_residents, view_ties
from ..step.context import StepContext

ROUNDS = 3
"""Rounds of asking: a resident turns to at most so many people, one after the other."""

OUTCOME_COUNT = 4
NOT_ASKED, REFUSED, HELPED, NO_MEANS = range(OUTCOME_COUNT)
"""Outcome of a request in a round; NO_MEANS: accepted by somebody with nothing left to give."""

STRANGER_KIND = len(TIE_KINDS)
"""Index, after the kinds of ties, under which hours given by strangers are counted."""

DRAW_BLOCK = 256
"""Requests whose random numbers are drawn in one pass."""

MAX_PARTS = 64
"""Parts of a round that may run on different threads. No household is split, so their number cannot change results."""

SEVERITY_BITS, HASH_BITS = 10, 30
MOST_SEVERE = (1 << SEVERITY_BITS) - 1
"""A sort key holds, from the top bit: the helper's household, MOST_SEVERE less severity, a hash of the pair."""


class Requests(NamedTuple):
    """r requests of one step."""

    row: np.ndarray
    """int32[r]: resident in need."""
    speaker: np.ndarray
    """int32[r]: who asks, the resident or an adult of the household."""
    domain: np.ndarray
    """int8[r]: domain of the need."""
    severity: np.ndarray
    """float64[r]: unmet share of the need, 0 to 1."""
    target: np.ndarray
    """int32[r, ROUNDS]: resident asked in each round, -1 for none."""
    slot: np.ndarray
    """int8[r, ROUNDS]: slot of the target among the speaker's ties, -1 for a stranger of the building."""


class Outcomes(NamedTuple):
    """What came of r requests in each round."""

    status: np.ndarray
    """int8[r, ROUNDS]: NOT_ASKED, REFUSED, HELPED or NO_MEANS."""
    amount: np.ndarray
    """int32[r, ROUNDS]: need met, thousandths of h or units."""
    hours: np.ndarray
    """int32[r, ROUNDS]: hours given, thousandths."""


def create_empty_outcomes(requests: Requests) -> Outcomes:
    """Outcomes before anybody is asked."""
    shape = (len(requests.row), ROUNDS)
    return Outcomes(np.zeros(shape, np.int8), np.zeros(shape, np.int32), np.zeros(shape, np.int32))


@rule
def get_helper_trust(s, slot, ties, stranger):
    """Trust of a helper in speaker s, whose tie to the helper is in `slot`; `stranger` where there is none (-1)."""
    return np.float64(ties.alter_trust[s, slot]) if slot >= 0 else stranger


class RequestQueue(NamedTuple):
    """The m requests of one round, with all that a decision reads side by side, as helpers come in any order."""

    order: np.ndarray
    """int64[m]: the order in which they are answered, as positions in the arrays below."""
    facts: np.ndarray
    """int32[m, FACT_COUNT]: request, resident in need, helper asked, domain, kind of tie or STRANGER_KIND."""
    weights: np.ndarray
    """float64[m, WEIGHT_COUNT]: uniform random number, severity, the helper's trust in the speaker."""


FACT_COUNT, WEIGHT_COUNT = 5, 3
REQUEST, RECEIVER, HELPER, DOMAIN, KIND = range(FACT_COUNT)
UNIFORM, SEVERITY, TRUST = range(WEIGHT_COUNT)
"""Columns of RequestQueue.facts and RequestQueue.weights."""


def queue_requests(world: World, context: StepContext, requests: Requests, round_index: int,
                   listed: np.ndarray) -> RequestQueue:
    """The requests listed int64[m] for one round, in the order in which helpers answer them.

    By the helper's household, the most severe first, then by a keyed hash of the pair: rows do not change the order.
    """
    residents = view_residents(world)
    facts, weights = np.empty((len(listed), FACT_COUNT), np.int32), np.empty((len(listed), WEIGHT_COUNT))
    keys = np.empty(len(listed), np.uint64)
    _queue_requests(round_index, listed, requests, view_ties(world), world.settings.asking.stranger, context.key,
                    context.day, residents.uid, residents.household, get_scratch(allocate_draw_buffers, DRAW_BLOCK),
                    facts, weights, keys)
    return RequestQueue(np.argsort(keys), facts, weights)


@rule
def _collect_request_facts(first, end, round_index, listed, requests, ties, stranger, facts, weights):
    for m in range(first, end):
        r, later = listed[m], requests.speaker[listed[min(m + PREFETCH_DISTANCE, listed.size - 1)]]
        prefetch_slots(ties.degree, ties.alter_trust, later)
        prefetch_slots(ties.degree, ties.kind, later)
        s, slot = requests.speaker[r], requests.slot[r, round_index]
        facts[m, REQUEST], facts[m, RECEIVER], facts[m, HELPER] = r, requests.row[r], requests.target[r, round_index]
        facts[m, DOMAIN], facts[m, KIND] = requests.domain[r], ties.kind[s, slot] if slot >= 0 else STRANGER_KIND
        weights[m, SEVERITY], weights[m, TRUST] = requests.severity[r], get_helper_trust(s, slot, ties, stranger)


@parallel_kernel
def _queue_requests(round_index, listed, requests, ties, stranger, key, day, uid, household, buffers, facts, weights,
                    keys, chunk, chunks):
    """Collect facts and weights of the requests, and the keys by which helpers take them in order."""
    count, draws = facts.shape[0], get_draw_buffer(buffers, chunk)
    for b in chunk_range((count + DRAW_BLOCK - 1) // DRAW_BLOCK, chunk, chunks):
        first, end = b * DRAW_BLOCK, min(count, (b + 1) * DRAW_BLOCK)
        _collect_request_facts(first, end, round_index, listed, requests, ties, stranger, facts, weights)
        for m in range(first, end):
            later = min(m + PREFETCH_DISTANCE, end - 1)
            prefetch(uid, facts[later, HELPER])
            prefetch(household, facts[later, HELPER])
            draws.a[m - first], draws.b[m - first] = uid[facts[m, HELPER]], uid[facts[m, RECEIVER]]
            draws.decision[m - first] = pack_decision(ACCEPT, facts[m, DOMAIN], round_index)
        draw_two_words(end - first, key, day, draws)
        for m in range(first, end):
            weights[m, UNIFORM] = to_uniform(draws.first[m - first])
            severity = np.uint64(MOST_SEVERE - min(MOST_SEVERE, int(weights[m, SEVERITY] * MOST_SEVERE)))
            household_bits = np.uint64(household[facts[m, HELPER]]) << np.uint64(SEVERITY_BITS + HASH_BITS)
            keys[m] = household_bits | severity << np.uint64(HASH_BITS) | np.uint64(draws.second[m - first] >> 2)


def list_open_requests(world: World, requests: Requests, round_index: int, listed: np.ndarray) -> np.ndarray:
    """int64[k]: the requests, of those listed int64[m], that are still unmet and have a target in this round."""
    found = allocate_block_lists(len(listed), np.int64)
    _list_open_requests(round_index, listed, requests, world.people.view("backlog"), *found)
    return compact_blocks(*found)


@parallel_kernel
def _list_open_requests(round_index, listed, requests, backlog, selected, counts, chunk, chunks):
    for b in chunk_range(counts.size, chunk, chunks):
        count = b * ROWS_PER_BLOCK
        for m in block_rows(b, listed.size):
            r, later = listed[m], listed[min(m + PREFETCH_DISTANCE, listed.size - 1)]
            prefetch(backlog, requests.row[later])
            if requests.target[r, round_index] >= 0 and backlog[requests.row[r], requests.domain[r]] > 0:
                selected[count] = r
                count += 1
        counts[b] = count - b * ROWS_PER_BLOCK


def split_for_threads(size: int, list_owners: Callable[[], np.ndarray]) -> np.ndarray:
    """`split_by_owner` of list_owners() [size]; a list too short for several threads is one part."""
    if size >= MIN_PARALLEL_ROWS:
        return split_by_owner(list_owners())
    return np.array([0, size] if size else [0], np.int64)


def split_by_owner(owners: np.ndarray, most_parts: int = MAX_PARTS) -> np.ndarray:
    """int64[parts + 1]: positions at which to cut a sorted list of owners [k] so that no owner is split."""
    cuts = np.arange(most_parts + 1) * len(owners) // most_parts
    inner = cuts[(cuts > 0) & (cuts < len(owners))]
    starts = np.searchsorted(owners, owners[inner], side="left")
    return np.unique(np.concatenate([[0], starts, [len(owners)]])).astype(np.int64)
