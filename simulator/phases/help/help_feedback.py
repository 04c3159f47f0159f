"""Feedback of help and refusals on trust and on power to act (model 7.1 and 7.7).

The acts of one step are summed in whole numbers by pair of residents and by person, and then applied once to the state
at the start of the phase: the order in which they happened cannot matter.
"""

from __future__ import annotations

import numpy as np

from ...kernel.compiled import chunk_range, kernel, parallel_kernel, rule
from ...kernel.prefetch import PREFETCH_DISTANCE, prefetch
from ...kernel.threads import run_concurrently
from ...rules.accepting import help_dose
from ...rules.belief import apply_gain, apply_loss
from ...world.ties.tie import find_slot_in_columns
from ...world.ties.tie_access import prefetch_ties
from ...world.world import World
from ..step.columns import UID_BITS
from ..step.context import StepContext
from .requests import HELPED, REFUSED, ROUNDS, Outcomes, Requests, split_for_threads

SUM_COUNT = 4
"""Sums for a pair: help to either side, refusals met by either side."""

REFUSAL = -1
"""Stands for a refusal in place of an amount."""

LOWER_HALF_MASK = (1 << UID_BITS) - 1
"""Selects the lower half of a key made of two rows."""


def apply_help_feedback(world: World, context: StepContext, requests: Requests, outcomes: Outcomes) -> None:
    """Update trust on both sides of ties, and power to act of those who gave, received or were refused."""
    if not outcomes.status.any():
        return
    acts, _ = run_concurrently(len(world.people), lambda: list_tie_acts(world, requests, outcomes),
                               lambda: update_agency_by_outcome(world, requests, outcomes))
    update_help_trust(world, *acts)


@rule
def trust_after_help(trust, received, given, refused, p):
    """Trust in somebody after a step: help received and given (thousandths of h or units), then refusals met."""
    return apply_loss(apply_gain(trust, help_dose(received, given, p)), p.loss * refused)


@rule
def agency_after_help(agency, helped, refused, p):
    """Power to act after a step with so many acts of help, given or received, and so many refusals met."""
    return apply_loss(apply_gain(agency, p.event * helped), p.refusal * refused)


def list_tie_acts(world: World, requests: Requests, outcomes: Outcomes) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Help and refusals between residents with a tie: sorted keys of pairs uint64[k], their order int64[k], the acts.

    Keys and acts: see _list_tie_acts.
    """
    size = outcomes.status.size
    keys, act = np.empty(size, np.uint64), np.empty((size, 2), np.int32)
    count = _list_tie_acts(requests, outcomes, world.people.view("uid"), keys, act)
    order = np.argsort(keys[:count])
    return keys[order], order, act


@kernel
def _list_tie_acts(requests, outcomes, uid, keys, act):
    """List help and refusals between residents with a tie. Returns how many.

    keys: uint64, the rows of the pair, that with the lower uid first; act: int32[., 2], the asker's side of the pair
    (0 or 1) and the amount or REFUSAL.
    """
    count = 0
    for r in range(requests.row.size):
        for round_index in range(ROUNDS):
            status = outcomes.status[r, round_index]
            if (status == HELPED or status == REFUSED) and requests.slot[r, round_index] >= 0:
                s, j = np.uint64(requests.speaker[r]), np.uint64(requests.target[r, round_index])
                first_asks = uid[s] < uid[j]
                low, high = (s, j) if first_asks else (j, s)
                keys[count] = low << np.uint64(UID_BITS) | high
                act[count, 0] = 0 if first_asks else 1
                act[count, 1] = outcomes.amount[r, round_index] if status == HELPED else REFUSAL
                count += 1
    return count


def update_help_trust(world: World, keys: np.ndarray, order: np.ndarray, act: np.ndarray) -> None:
    """Update trust on both sides of each tie between residents who helped or refused. One thread writes each pair."""
    ties, part_edges = world.ties, split_for_threads(len(keys), lambda: keys)
    _update_pair_trust(part_edges, keys, order, act, world.settings.contact.numbers,
                       np.zeros((len(part_edges), SUM_COUNT), np.int64), ties.degree, ties.alter, ties.trust,
                       ties.alter_trust)


@parallel_kernel
def _update_pair_trust(part_edges, keys, order, act, p, sums, degree, other, trust, alter_trust, chunk, chunks):
    for part in chunk_range(part_edges.size - 1, chunk, chunks):
        total = sums[part]
        for at in range(part_edges[part], part_edges[part + 1]):
            later = keys[min(at + PREFETCH_DISTANCE, keys.size - 1)]
            for row in (np.int64(later >> np.uint64(UID_BITS)), np.int64(later & np.uint64(LOWER_HALF_MASK))):
                prefetch_ties(degree, other, trust, alter_trust, row)
            prefetch(act, order[min(at + PREFETCH_DISTANCE, keys.size - 1)])
            low, high = np.int64(keys[at] >> np.uint64(UID_BITS)), np.int64(keys[at] & np.uint64(LOWER_HALF_MASK))
            side, amount = act[order[at], 0], act[order[at], 1]
            if amount != REFUSAL:
                total[side] += amount
            else:
                total[2 + side] += 1
            if at + 1 == part_edges[part + 1] or keys[at + 1] != keys[at]:
                _update_tie_trust(low, high, total, p, degree, other, trust, alter_trust)
                total[:] = 0


@rule
def _update_tie_trust(low, high, sums, p, degree, other, trust, alter_trust):
    """Update trust on both sides of one tie. sums: help to low, to high; refusals of low by high, of high by low."""
    to_low, to_high, by_high, by_low = sums[0], sums[1], sums[2], sums[SUM_COUNT - 1]
    low_slot = find_slot_in_columns(other, degree, degree, low, high)
    high_slot = find_slot_in_columns(other, degree, degree, high, low)
    if low_slot >= 0 and high_slot >= 0:
        low_trust, high_trust = np.float64(trust[low, low_slot]), np.float64(trust[high, high_slot])
        trust[low, low_slot] = alter_trust[high, high_slot] = trust_after_help(low_trust, to_low, to_high, by_high, p)
        trust[high, high_slot] = alter_trust[low, low_slot] = trust_after_help(high_trust, to_high, to_low, by_low, p)


def update_agency_by_outcome(world: World, requests: Requests, outcomes: Outcomes) -> None:
    """Update power to act of those who gave, received or were refused."""
    counts = np.zeros((2, len(world.people)), np.int32)
    _update_agency_by_outcome(requests, outcomes, counts[0], counts[1], world.settings.meeting.numbers,
                              world.people.agency)


@kernel
def _update_agency_by_outcome(requests, outcomes, helped, refused, p, agency):
    for r in range(requests.row.size):
        later = min(r + PREFETCH_DISTANCE, requests.row.size - 1)
        prefetch(helped, requests.speaker[later])
        prefetch(refused, requests.speaker[later])
        prefetch(agency, requests.speaker[later])
        for round_index in range(ROUNDS):
            prefetch(helped, max(requests.target[later, round_index], 0))
            if outcomes.status[r, round_index] == HELPED:
                helped[requests.speaker[r]] += 1
                helped[requests.target[r, round_index]] += 1
            elif outcomes.status[r, round_index] == REFUSED:
                refused[requests.speaker[r]] += 1
    for r in range(requests.row.size):
        _update_agency(requests.speaker[r], helped, refused, p, agency)
        for round_index in range(ROUNDS):
            if outcomes.status[r, round_index] == HELPED:
                _update_agency(requests.target[r, round_index], helped, refused, p, agency)


NOBODY = np.zeros(0, np.int64)


def apply_agency_feedback(world: World, rows: np.ndarray, refused: np.ndarray = NOBODY) -> None:
    """Update power to act of rows int[m] who gave or received help, and of those refused; rows may repeat."""
    if not len(rows) and not len(refused):
        return
    counts = np.zeros((2, len(world.people)), np.int32)
    _apply_agency_feedback(rows.astype(np.int64), refused.astype(np.int64), counts[0], counts[1],
                           world.settings.meeting.numbers, world.people.agency)


@kernel
def _apply_agency_feedback(rows, refused_rows, helped, refused, p, agency):
    for row in rows:
        helped[row] += 1
    for row in refused_rows:
        refused[row] += 1
    for row in rows:
        _update_agency(row, helped, refused, p, agency)
    for row in refused_rows:
        _update_agency(row, helped, refused, p, agency)


@rule
def _update_agency(row, helped, refused, p, agency):
    """Update power to act of a row, once: its counts are then set to 0."""
    if helped[row] > 0 or refused[row] > 0:
        agency[row] = agency_after_help(np.float64(agency[row]), helped[row], refused[row], p)
        helped[row] = 0
        refused[row] = 0
