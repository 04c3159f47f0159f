"""A week of visits, wear and endings on every tie, a block of residents at a time (model 7.2).

Each pass does one thing to all ties of the block; passes without branches work on several ties at once. Both sides of a
tie compute the same from the same numbers, so nobody's ties are searched for the other side.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...kernel.broadcast import value_at
from ...kernel.compiled import chunk_range, parallel_kernel, rule
from ...kernel.keyed_random import draw_two_words, pack_decision, poisson_quantile, small_poisson_quantile, to_uniform
from ...kernel.random_streams import VISIT
from ...kernel.slot_arrays import INLINE_SLOTS
from ...rules.contact import WEEK, contact_weight, expected_visits, is_tie_over, trust_after_visits
from .tie_buffer import TIE_BLOCK, get_tie_buffer, list_rows_with_ties, load_ties, remove_ended_ties, store_trust


class TieWeekTables(NamedTuple):
    """What a week does to a tie.

    decay, ending_probability: float64[kinds]; keep: float64[counts], share of missing trust that so many visits leave.
    """

    decay: np.ndarray
    ending_probability: np.ndarray
    keep: np.ndarray


class VisitLimits(NamedTuple):
    """What limits visits.

    outside_factor: on visits outside the building; building_edges: int64[b + 1], first resident of each building;
    building: int[n]; contact: float32[n] or [1], factor by resident.
    """

    outside_factor: float
    building_edges: np.ndarray
    building: np.ndarray
    contact: np.ndarray


@parallel_kernel
def simulate_tie_week(t, uid_view, rate_view, limits, tables, key, day, p, buffers, ended, chunk, chunks):
    """A week of every tie. ended int64[chunks]: sides of ties that ended, is written.

    uid_view uint32[n, 2]: uid in column 0; rate_view: the same memory as float32, rate in column 1.
    buffers: a TieBuffer whose arrays have one more dimension, for chunks.
    """
    n, buffer = t.degree.size, get_tie_buffer(buffers, chunk)
    for block in chunk_range((n + TIE_BLOCK - 1) // TIE_BLOCK, chunk, chunks):
        first, end = block * TIE_BLOCK, min(n, (block + 1) * TIE_BLOCK)
        tied, many = list_rows_with_ties(t, first, end, buffer)
        count = load_ties(t, uid_view, rate_view, tied, many, buffer)
        load_visit_factors(t, tied, many, count, limits, buffer)
        load_alters(count, uid_view, rate_view, buffer)
        draw_visit_numbers(count, buffer, key, day)
        compute_expected_visits(count, buffer, p)
        draw_visits(count, buffer, tables.keep)
        over = update_visit_trust(count, buffer, tables, p)
        store_trust(t, tied, many, buffer)
        if over > 0:
            remove_ended_ties(t, tied, buffer)
            ended[chunk] += over


@rule
def compute_expected_visits(count, buffer, p):
    """Put the expected number of visits in place of the factor on them."""
    for tie in range(count):
        mine = np.float64(buffer.ego_rate[tie]) * contact_weight(np.float64(buffer.trust[tie]), p)
        theirs = np.float64(buffer.alter_rate[tie]) * contact_weight(np.float64(buffer.alter_trust[tie]), p)
        buffer.mean[tie] = expected_visits(mine, theirs, buffer.mean[tie], WEEK, p)


@rule
def draw_visits(count, buffer, keep):
    """Draw the number of visits; put the share of missing trust that they leave in place of the expected number."""
    for tie in range(count):
        buffer.visits[tie] = small_poisson_quantile(to_uniform(buffer.draws.first[tie]), buffer.mean[tie])
    undecided_count = 0
    for tie in range(count):
        buffer.undecided[undecided_count] = tie
        undecided_count += buffer.visits[tie] < 0
    for index in range(undecided_count):
        tie = buffer.undecided[index]
        buffer.visits[tie] = poisson_quantile(to_uniform(buffer.draws.first[tie]), buffer.mean[tie])
    for tie in range(count):
        buffer.mean[tie] = keep[buffer.visits[tie]]


@rule
def update_visit_trust(count, buffer, tables, p):
    """Update trust on both sides by wear and visits, and mark the ties that end. Returns how many end."""
    over = 0
    for tie in range(count):
        decay, ending = tables.decay[buffer.kind[tie]], tables.ending_probability[buffer.kind[tie]]
        keep = buffer.mean[tie]
        trust = trust_after_visits(np.float64(buffer.trust[tie]), decay, keep)
        alter_trust = trust_after_visits(np.float64(buffer.alter_trust[tie]), decay, keep)
        buffer.ended[tie] = is_tie_over(trust, alter_trust, to_uniform(buffer.draws.second[tie]), ending, p)
        buffer.trust[tie], buffer.alter_trust[tie] = trust, alter_trust
        over += buffer.ended[tie]
    return over


@rule
def draw_visit_numbers(count, buffer, key, day):
    """Draw two words for every tie, the same from both sides: for its visits and for its end."""
    for tie in range(count):
        a, b = buffer.draws.a[tie], buffer.draws.b[tie]
        buffer.draws.a[tie], buffer.draws.b[tie] = min(a, b), max(a, b)
        buffer.draws.decision[tie] = pack_decision(VISIT)
    draw_two_words(count, key, day, buffer.draws)


@rule
def load_alters(count, uid_view, rate_view, buffer):
    """Put uid and rate of the other side of every tie in place of its row."""
    for tie in range(count):
        j = buffer.draws.b[tie]
        buffer.alter_rate[tie], buffer.draws.b[tie] = rate_view[j, 1], uid_view[j, 0]


@rule
def load_visit_factors(t, tied, many, count, limits, buffer):
    """Put the factor on each tie's visits into buffer.mean."""
    if limits.outside_factor == 1.0 and limits.contact.size == 1:
        for tie in range(count):
            buffer.mean[tie] = np.float64(limits.contact[0])
        return
    tie = 0
    for r in range(tied):
        i = np.int64(buffer.tied[r])
        for _ in range(min(np.int64(t.degree[i]), INLINE_SLOTS)):
            buffer.mean[tie] = compute_visit_factor(limits, i, buffer.draws.b[tie])
            tie += 1
    for r in range(many):
        i = np.int64(buffer.rows_with_rest[r])
        for _ in range(np.int64(t.degree[i]) - INLINE_SLOTS):
            buffer.mean[tie] = compute_visit_factor(limits, i, buffer.draws.b[tie])
            tie += 1


@rule
def compute_visit_factor(limits, i, j):
    """Factor on the visits between residents i and j."""
    factor = min(np.float64(value_at(limits.contact, i)), np.float64(value_at(limits.contact, j)))
    if limits.outside_factor == 1.0:
        return factor
    edges, home = limits.building_edges, limits.building[i]
    return factor if edges[home] <= j < edges[home + 1] else factor * limits.outside_factor
