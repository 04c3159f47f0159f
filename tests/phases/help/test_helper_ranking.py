"""The three best candidates of each request are those that exact scores put first."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.kernel.keyed_random import to_gumbel, to_uniform
from simulator.parameters import Model
from simulator.phases.help.helper_candidates import (
    HELPER_BLOCK,
    MAX_HELPERS,
    HelperBuffer,
    allocate_helper_buffers,
    get_helper_buffer,
)
from simulator.phases.help.helper_ranking import (
    EXACT_MARGIN,
    LAST_POSITION,
    POSITION_BITS,
    SCORE_LIMIT,
    SCORE_STEPS,
    allocate_score_buffers,
    get_score_buffer,
    rank_helpers,
)
from simulator.phases.help.requests import ROUNDS
from simulator.rules.asking import helper_score
from simulator.rules.need_domains import DOMAIN_COUNT
from simulator.rules.tie_kinds import MAX_TIES

P = Model().asking.numbers


def filled(seed: int, load: float = 5.0) -> tuple[HelperBuffer, np.ndarray]:
    """A buffer with the candidates of a whole block, and where each resident's end; one has none, one the most."""
    rng, buffer = np.random.default_rng(seed), get_helper_buffer.py_func(allocate_helper_buffers(), 0)
    sizes = rng.integers(1, 9, HELPER_BLOCK)
    sizes[3], sizes[5] = 0, MAX_TIES + 1
    for column in (buffer.trust, buffer.km, buffer.skill):
        column[...] = rng.uniform(0, 1, column.shape)
    buffer.load[:] = rng.uniform(0, load, MAX_HELPERS)
    buffer.row[:], buffer.slot[:] = rng.permutation(MAX_HELPERS), rng.integers(-1, MAX_TIES, MAX_HELPERS)
    buffer.able[:] = rng.uniform(size=MAX_HELPERS) < 0.8
    buffer.words[:] = rng.integers(0, 1 << 32, buffer.words.size)
    return buffer, np.cumsum(sizes)


def requests(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Where each resident's requests begin, and their domains."""
    rng = np.random.default_rng(seed)
    counts = rng.integers(1, DOMAIN_COUNT + 1, HELPER_BLOCK)
    starts = np.append(0, np.cumsum(counts))
    return starts, np.concatenate([np.sort(rng.permutation(DOMAIN_COUNT)[:count]) for count in counts]).astype(np.int8)


def ranked(buffer: HelperBuffer, ends: np.ndarray, starts: np.ndarray,
           domain: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    target, slots = (np.full((len(domain), ROUNDS), -1, kind) for kind in (np.int32, np.int8))
    pairs = get_score_buffer.py_func(allocate_score_buffers(), 0)
    rank_helpers(0, HELPER_BLOCK, starts, domain, P, buffer, ends, pairs, target, slots)
    return target, slots


def expected(buffer: HelperBuffer, ends: np.ndarray, starts: np.ndarray, domain: np.ndarray
             ) -> tuple[np.ndarray, np.ndarray]:
    """The same by sorting all scores; sorting keeps the order of equal ones."""
    target, slots = (np.full((len(domain), ROUNDS), -1, kind) for kind in (np.int32, np.int8))
    for g in range(HELPER_BLOCK):
        places = [c for c in range(ends[g - 1] if g else 0, ends[g]) if buffer.able[c]]
        for r in range(starts[g], starts[g + 1]):
            d = int(domain[r])
            score = {c: helper_score(buffer.trust[c], np.float64(buffer.skill[c, d]), buffer.km[c], buffer.load[c], P)
                     + to_gumbel(to_uniform(buffer.words[c * DOMAIN_COUNT + d])) for c in places}
            best = sorted(places, key=lambda c: -score[c])[:ROUNDS]
            target[r, :len(best)], slots[r, :len(best)] = buffer.row[best], buffer.slot[best]
    return target, slots


def same(given: tuple[np.ndarray, np.ndarray], wanted: tuple[np.ndarray, np.ndarray]) -> bool:
    return all(np.array_equal(one, other) for one, other in zip(given, wanted, strict=True))


@pytest.mark.parametrize("seed", range(5))
def test_the_best_are_those_of_exact_scores(seed: int) -> None:
    buffer, ends = filled(seed)
    asked = requests(seed)
    assert (expected(buffer, ends, *asked)[0] >= 0).mean() > 0.5
    assert same(ranked(buffer, ends, *asked), expected(buffer, ends, *asked))


def test_scores_too_close_to_tell_are_computed_exactly() -> None:
    buffer, ends = filled(7)
    asked = requests(7)
    for off in (0.0, 1e-13, 1e-11, 1e-8):  # neighbours in the list have one score, or nearly
        for column in (buffer.trust, buffer.km, buffer.load, buffer.skill):
            column[1::2] = column[:-1:2]
        words = buffer.words.reshape(-1, DOMAIN_COUNT)
        words[1::2] = words[:-1:2]
        buffer.trust[1::2] += off * np.random.default_rng(1).uniform(-1, 1, MAX_HELPERS // 2)
        assert same(ranked(buffer, ends, *asked), expected(buffer, ends, *asked))


def test_scores_beyond_the_limit_are_ranked_too() -> None:
    buffer, ends = filled(11, load=1e12)
    asked = requests(11)
    assert (P.load * buffer.load > SCORE_LIMIT).mean() > 0.9
    assert same(ranked(buffer, ends, *asked), expected(buffer, ends, *asked))


def test_positions_and_scores_fit_in_their_bits() -> None:
    assert MAX_TIES + 1 <= LAST_POSITION
    assert int(SCORE_LIMIT * SCORE_STEPS) << POSITION_BITS < 1 << 62
    assert EXACT_MARGIN / SCORE_STEPS > 50 * 1e-11
