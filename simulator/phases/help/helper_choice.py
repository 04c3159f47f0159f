"""Choice of helpers: the three best among one's ties and one stranger of the building (model 7.7)."""

from __future__ import annotations

import numpy as np

from ...kernel.compiled import chunk_range, parallel_kernel, rule
from ...kernel.keyed_random import draw_words, to_gumbel, to_uniform
from ...kernel.random_streams import CHOOSE_HELPER, CHOOSE_STRANGER
from ...kernel.scratch import get_scratch
from ...kernel.threads import max_chunks
from ...rules.asking import helper_score
from ...rules.coping import is_able_to_help
from ...rules.need_domains import DOMAIN_COUNT
from ...world.world import World
from ..step.columns import view_housing, view_residents, view_ties
from ..step.context import StepContext
from .helper_candidates import (
    HELPER_BLOCK,
    allocate_helper_buffers,
    can_help_next_door,
    compute_helper_distances,
    draw_helper_numbers,
    get_helper_buffer,
    list_helpers,
    load_helper_columns,
    sample_building_adult,
)
from .helper_ranking import allocate_score_buffers, get_score_buffer, insert_ranked, rank_helpers
from .request_lists import list_requests
from .requests import ROUNDS, Requests


@rule
def find_best_helpers(i, s, wanted, key, day, p, coping, residents, housing, ties, scores, target, slots):
    """The best targets of speaker s for resident i, one row of ROUNDS for each domain wanted (bits).

    This is what the choice means, for one resident at a time; `_choose_helpers` finds the same for whole blocks.
    """
    for k in range(ties.degree[s]):
        trust = np.float64(ties.trust[s, k])
        j = np.int64(ties.alter[s, k])
        if trust >= p.min_trust_to_ask and is_able_to_help(residents.alive[j], residents.age[j],
                                                           np.float64(residents.frailty[j]), coping):
            km = distance_between_buildings(residents.building[s], residents.building[j], housing)
            score_helper(i, j, k, trust, km, wanted, key, day, p, residents, scores, target, slots)
    j = sample_next_door_helper(i, s, key, day, residents, housing, ties, coping)
    if j >= 0:
        score_helper(i, j, -1, p.stranger, 0.0, wanted, key, day, p, residents, scores, target, slots)


@rule
def score_helper(i, j, slot, trust, km, wanted, key, day, p, residents, scores, target, slots):
    """Rank candidate j by its score in each wanted domain (bits): helper_score plus Gumbel noise, a logit choice.

    scores, target, slots: one row of ROUNDS for each domain wanted, in order.
    """
    draws = draw_words(key, residents.uid[i], residents.uid[j], day, CHOOSE_HELPER)
    load = np.float64(residents.load[j])
    at = 0
    for d in range(DOMAIN_COUNT):
        if wanted >> d & 1:
            score = helper_score(trust, np.float64(residents.skill[j, d]), km, load, p)
            score = score + to_gumbel(to_uniform(draws[d]))
            insert_ranked(score, j, slot, scores[at], target[at], slots[at])
            at += 1


@rule
def sample_next_door_helper(i, s, key, day, residents, housing, ties, coping):
    """Row of one adult of s's building, picked at random; -1 if a member of the household, a tie or unable to help."""
    j = sample_building_adult(residents.building[s],
                              draw_words(key, residents.uid[i], 0, day, CHOOSE_STRANGER)[0], housing)
    if j < 0 or not can_help_next_door(j, s, residents, coping):
        return np.int64(-1)
    for k in range(ties.degree[s]):
        if ties.alter[s, k] == j:
            return np.int64(-1)
    return j


@rule
def distance_between_buildings(a, b, housing):
    """Distance between two buildings, km."""
    dx = np.float64(housing.x[a]) - np.float64(housing.x[b])
    dy = np.float64(housing.y[a]) - np.float64(housing.y[b])
    return np.sqrt(dx * dx + dy * dy)


def choose_helpers(world: World, context: StepContext, rows: np.ndarray) -> Requests:
    """The requests of the rows int32[m] in need, each with its three best targets. Chosen once a step."""
    starts, (row, speakers, domain, severity) = list_requests(world, rows)
    shape = (len(row), ROUNDS)
    target, slots = np.full(shape, -1, np.int32), np.full(shape, -1, np.int8)
    s = world.settings
    ends = np.empty((max_chunks(), HELPER_BLOCK), np.int64)
    _choose_helpers(starts, row, speakers, domain, context.key, context.day, s.asking.numbers, s.coping.numbers,
                    view_residents(world), view_housing(world), view_ties(world), get_scratch(allocate_helper_buffers),
                    get_scratch(allocate_score_buffers), ends, target, slots)
    return Requests(row, speakers, domain, severity, target, slots)


@parallel_kernel
def _choose_helpers(starts, row, speakers, domain, key, day, p, coping, residents, housing, ties, buffers, pairs, ends,
                    target, slots, chunk, chunks):
    residents_asking, buffer, end_of = starts.size - 1, get_helper_buffer(buffers, chunk), ends[chunk]
    for b in chunk_range((residents_asking + HELPER_BLOCK - 1) // HELPER_BLOCK, chunk, chunks):
        first, end = b * HELPER_BLOCK, min(residents_asking, (b + 1) * HELPER_BLOCK)
        count = list_helpers(first, end, starts, row, speakers, key, day, p.min_trust_to_ask, p.stranger, coping,
                             residents, housing, ties, buffer, end_of)
        load_helper_columns(count, residents, coping, buffer)
        compute_helper_distances(count, housing, buffer)
        draw_helper_numbers(count, key, day, buffer)
        rank_helpers(first, end, starts, domain, p, buffer, end_of, get_score_buffer(pairs, chunk), target, slots)
