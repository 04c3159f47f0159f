"""The three best of each request's prospects are those that scores worked out as the rules say would put first."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.kernel.random import gumbel, unit
from simulator.parameters import Model
from simulator.phases.help.candidates import BLOCK, MOST, Prospects, empty_rooms, room_of
from simulator.phases.help.rank import DOUBT, LAST_PLACE, PLACE_BITS, STEPS, WIDEST, empty_pairs, pairs_of, rank_block
from simulator.phases.help.request import ROUNDS
from simulator.rules.asking import appeal
from simulator.rules.domain import DOMAIN_COUNT
from simulator.rules.kind import SLOTS

P = Model().asking.numbers


def filled(seed: int, load: float = 5.0) -> tuple[Prospects, np.ndarray]:
    """A room with prospects of a whole block, and where each resident's end; one of them has none, one the most."""
    rng, room = np.random.default_rng(seed), room_of.py_func(empty_rooms(), 0)
    sizes = rng.integers(1, 9, BLOCK)
    sizes[3], sizes[5] = 0, SLOTS + 1
    for column in (room.trust, room.km, room.skill):
        column[...] = rng.uniform(0, 1, column.shape)
    room.load[:] = rng.uniform(0, load, MOST)
    room.row[:], room.slot[:] = rng.permutation(MOST), rng.integers(-1, SLOTS, MOST)
    room.fit[:] = rng.uniform(size=MOST) < 0.8
    room.luck[:] = rng.integers(0, 1 << 32, room.luck.size)
    return room, np.cumsum(sizes)


def requests(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Where each resident's requests begin, and their domains."""
    rng = np.random.default_rng(seed)
    counts = rng.integers(1, DOMAIN_COUNT + 1, BLOCK)
    starts = np.append(0, np.cumsum(counts))
    return starts, np.concatenate([np.sort(rng.permutation(DOMAIN_COUNT)[:count]) for count in counts]).astype(np.int8)


def ranked(room: Prospects, ends: np.ndarray, starts: np.ndarray, domain: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    target, slots = (np.full((len(domain), ROUNDS), -1, kind) for kind in (np.int32, np.int8))
    rank_block(0, BLOCK, starts, domain, P, room, ends, pairs_of.py_func(empty_pairs(), 0), target, slots)
    return target, slots


def expected(room: Prospects, ends: np.ndarray, starts: np.ndarray, domain: np.ndarray
             ) -> tuple[np.ndarray, np.ndarray]:
    """The same by sorting all scores; sorting keeps the order of equal ones."""
    target, slots = (np.full((len(domain), ROUNDS), -1, kind) for kind in (np.int32, np.int8))
    for g in range(BLOCK):
        places = [c for c in range(ends[g - 1] if g else 0, ends[g]) if room.fit[c]]
        for r in range(starts[g], starts[g + 1]):
            d = int(domain[r])
            score = {c: appeal(room.trust[c], np.float64(room.skill[c, d]), room.km[c], room.load[c], P)
                     + gumbel(unit(room.luck[c * DOMAIN_COUNT + d])) for c in places}
            best = sorted(places, key=lambda c: -score[c])[:ROUNDS]
            target[r, :len(best)], slots[r, :len(best)] = room.row[best], room.slot[best]
    return target, slots


def same(given: tuple[np.ndarray, np.ndarray], wanted: tuple[np.ndarray, np.ndarray]) -> bool:
    return all(np.array_equal(one, other) for one, other in zip(given, wanted, strict=True))


@pytest.mark.parametrize("seed", range(5))
def test_the_best_are_those_of_the_rules(seed: int) -> None:
    room, ends = filled(seed)
    asked = requests(seed)
    assert (expected(room, ends, *asked)[0] >= 0).mean() > 0.5
    assert same(ranked(room, ends, *asked), expected(room, ends, *asked))


def test_scores_too_close_to_tell_are_worked_out_anew() -> None:
    room, ends = filled(7)
    asked = requests(7)
    for off in (0.0, 1e-13, 1e-11, 1e-8):  # neighbours in the list have one score, or nearly
        for column in (room.trust, room.km, room.load, room.skill):
            column[1::2] = column[:-1:2]
        luck = room.luck.reshape(-1, DOMAIN_COUNT)
        luck[1::2] = luck[:-1:2]
        room.trust[1::2] += off * np.random.default_rng(1).uniform(-1, 1, MOST // 2)
        assert same(ranked(room, ends, *asked), expected(room, ends, *asked))


def test_scores_beyond_all_measure_are_ranked_too() -> None:
    room, ends = filled(11, load=1e12)
    asked = requests(11)
    assert (P.load * room.load > WIDEST).mean() > 0.9
    assert same(ranked(room, ends, *asked), expected(room, ends, *asked))


def test_every_prospect_has_a_place_and_a_score_its_room() -> None:
    assert SLOTS + 1 <= LAST_PLACE
    assert int(WIDEST * STEPS) << PLACE_BITS < 1 << 62
    assert DOUBT / STEPS > 50 * 1e-11
