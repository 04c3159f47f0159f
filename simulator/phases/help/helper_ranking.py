"""The three best candidates for each request: a logit choice by Gumbel noise (model 7.7).

Only the order of scores matters. Scores are therefore approximated, for many pairs at a time, as whole numbers and
ranked without branches. Where two are too close to tell, all scores of the request are computed exactly, as the rules
say.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...kernel.compiled import kernel, rule
from ...kernel.keyed_random import approximate_gumbel, to_gumbel, to_uniform
from ...kernel.threads import max_chunks
from ...rules.asking import helper_score
from ...rules.need_domains import DOMAIN_COUNT
from .helper_candidates import MAX_HELPERS
from .requests import ROUNDS

POSITION_BITS = 8
LAST_POSITION = (1 << POSITION_BITS) - 1
"""A score as a whole number holds, from the top bit: its value, and LAST_POSITION minus the candidate's position."""

SCORE_STEPS = float(1 << 40)
"""Steps in one unit of a score."""

SCORE_LIMIT = float(1 << 13)
"""Scores are limited to so far from 0: those beyond are equal, and so too close to tell."""

EXACT_MARGIN = 1 << 10
"""Scores fewer steps apart, a billionth, are computed exactly: a hundred times the error of `approximate_gumbel`."""

UNABLE_SCORE = -(1 << 62)
"""Score of a candidate who cannot help, below any other."""


class ScoreBuffer(NamedTuple):
    """Buffers for the q pairs of a block's requests and their candidates, one request's after the other's."""

    utility: np.ndarray
    """float64[q]: helper_score of the candidate, -inf if unable to help."""
    word: np.ndarray
    """uint32[q]: the candidate's random word for the request's domain."""
    reversed_position: np.ndarray
    """uint8[q]: LAST_POSITION minus the candidate's position among the resident's."""
    score: np.ndarray
    """int64[q]: approximate score, utility plus Gumbel noise, as a whole number."""
    best: np.ndarray
    """float64[ROUNDS]: exact scores of the best."""


@kernel
def rank_helpers(first, end, starts, domain, p, buffer, ends, pairs, target, slots):
    """Write the three best candidates for each request of the residents first to end; where nobody is left, -1 stays.

    ends[g - first]: where the candidates of resident g end in the buffer.
    """
    _score_pairs(_pair_requests_and_helpers(first, end, starts, domain, p, buffer, ends, pairs), pairs)
    begin, at = 0, 0
    for g in range(first, end):
        for r in range(starts[g], starts[g + 1]):
            one = two = three = four = np.int64(UNABLE_SCORE)
            for _ in range(begin, ends[g - first]):
                score = pairs.score[at]
                at += 1
                one, score = max(one, score), min(one, score)
                two, score = max(two, score), min(two, score)
                three, score = max(three, score), min(three, score)
                four = max(four, score)
            if _are_scores_too_close(one, two) | _are_scores_too_close(two, three) | _are_scores_too_close(three, four):
                _rank_exactly(begin, ends[g - first], domain[r], p, buffer, pairs.best, target[r], slots[r])
                continue
            _write_target(0, one, begin, buffer, target[r], slots[r])
            _write_target(1, two, begin, buffer, target[r], slots[r])
            _write_target(2, three, begin, buffer, target[r], slots[r])
        begin = ends[g - first]


@rule
def _write_target(turn, score, begin, buffer, target, slots):
    """Write whom one turns to in round `turn`, unless nobody is left."""
    if score != UNABLE_SCORE:
        c = begin + LAST_POSITION - (score & LAST_POSITION)
        target[turn], slots[turn] = buffer.row[c], buffer.slot[c]


@rule
def _are_scores_too_close(better, worse):
    """True when two approximate scores may be in the wrong order."""
    return (worse != UNABLE_SCORE) & ((better >> POSITION_BITS) - (worse >> POSITION_BITS) < EXACT_MARGIN)


@rule
def _pair_requests_and_helpers(first, end, starts, domain, p, buffer, ends, pairs):
    """Pair each request of the residents first to end with each of their candidates. Returns how many pairs."""
    begin, count = 0, 0
    for g in range(first, end):
        for r in range(starts[g], starts[g + 1]):
            d = domain[r]
            for c in range(begin, ends[g - first]):
                pairs.utility[count] = _compute_utility(c, d, p, buffer) if buffer.able[c] else -np.inf
                pairs.word[count] = buffer.words[c * DOMAIN_COUNT + d]
                pairs.reversed_position[count] = LAST_POSITION - (c - begin)
                count += 1
        begin = ends[g - first]
    return count


@kernel
def _score_pairs(count, pairs):
    """Approximate the score of each pair as a whole number, several at a time."""
    for q in range(count):
        score = pairs.utility[q] + approximate_gumbel(to_uniform(pairs.word[q]))
        steps = np.int64(max(-SCORE_LIMIT, min(SCORE_LIMIT, score)) * SCORE_STEPS) << POSITION_BITS
        pairs.score[q] = steps | pairs.reversed_position[q] if score > -np.inf else UNABLE_SCORE


@rule
def _compute_utility(c, domain, p, buffer):
    """Utility of turning to candidate c for a request of that domain, noise apart."""
    return helper_score(buffer.trust[c], np.float64(buffer.skill[c, domain]), buffer.km[c], buffer.load[c], p)


@rule
def _rank_exactly(begin, end, domain, p, buffer, scores, target, slots):
    """Rank the candidates begin to end by exact scores."""
    scores[:] = -np.inf
    for c in range(begin, end):
        if buffer.able[c]:
            noise = to_gumbel(to_uniform(buffer.words[c * DOMAIN_COUNT + domain]))
            score = _compute_utility(c, domain, p, buffer) + noise
            insert_ranked(score, np.int64(buffer.row[c]), buffer.slot[c], scores, target, slots)


@rule
def insert_ranked(score, row, slot, scores, target, slots):
    """Insert a candidate among the best so far; equal scores keep the order in which they came."""
    if score <= scores[-1]:
        return
    at = scores.size - 1
    while at > 0 and score > scores[at - 1]:
        scores[at], target[at], slots[at] = scores[at - 1], target[at - 1], slots[at - 1]
        at -= 1
    scores[at], target[at], slots[at] = score, row, slot


@rule
def get_score_buffer(buffers, chunk):
    """The buffer of one chunk."""
    return ScoreBuffer(buffers.utility[chunk], buffers.word[chunk], buffers.reversed_position[chunk],
                       buffers.score[chunk], buffers.best[chunk])


def allocate_score_buffers() -> ScoreBuffer:
    """A ScoreBuffer for each chunk of a loop."""
    chunks, most = max_chunks(), MAX_HELPERS * DOMAIN_COUNT
    listed = (np.empty((chunks, most), kind) for kind in (np.float64, np.uint32, np.uint8, np.int64))
    return ScoreBuffer(*listed, np.empty((chunks, ROUNDS)))  # type: ignore[call-arg]
