"""Loops in pieces: every row once, whatever the number of threads, and room for each piece."""

from __future__ import annotations

import threading
import weakref
from fractions import Fraction

import numpy as np
import pytest

from simulator.kernel.compiled import parallel, portion
from simulator.kernel.threads import FEW, most_pieces, most_rows, side_by_side, threads, turns, use_threads
from tests.pieces import on_threads


@parallel
def count_visits(visits, pieces_seen, piece, pieces):
    pieces_seen[piece] = pieces
    for k in portion(visits.size, piece, pieces):
        visits[k] += 1


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("rows", [0, 1, 1000])
def test_every_row_is_played_once_and_every_piece_has_room(count: int, rows: int) -> None:
    with on_threads(count):
        visits, seen = np.zeros(rows, np.int64), np.zeros(most_pieces(), np.int64)
        count_visits(visits, seen)
    assert (visits == 1).all()
    assert {(piece, pieces) for piece, pieces in enumerate(seen.tolist()) if pieces} == set(turns(count))


@pytest.mark.parametrize("count", [1, 2, 3, 8])
def test_pieces_shrink_cover_every_row_once_and_have_numbers_of_their_own(count: int) -> None:
    cut = turns(count)
    ends = [Fraction(0)] + [Fraction(piece + 1, pieces) for piece, pieces in cut]
    assert all(Fraction(piece, pieces) == end for (piece, pieces), end in zip(cut, ends, strict=False))
    assert ends[-1] == 1
    assert [pieces for _, pieces in cut] == sorted(pieces for _, pieces in cut)
    assert len({piece for piece, _ in cut}) == len(cut) and max(piece for piece, _ in cut) < cut[-1][1]


def test_few_rows_are_played_whole() -> None:
    before = threads()
    use_threads(2)
    try:
        visits, seen = np.zeros(FEW - 1, np.int64), np.zeros(most_pieces(), np.int64)
        count_visits(visits, seen)
    finally:
        use_threads(before)
    assert (visits == 1).all() and seen[0] == 1 and not seen[1:].any()


def test_the_longest_array_is_found_inside_tuples() -> None:
    assert most_rows(()) == most_rows((3, 0.5, ())) == 0
    assert most_rows((np.zeros(4), (np.zeros((9, 2)), (np.zeros(30), 100)), np.zeros(5))) == 30


@pytest.mark.parametrize("count", [1, 2])
def test_jobs_side_by_side_answer_in_order(count: int) -> None:
    seen: list[int] = []
    with on_threads(count):
        told = side_by_side(1000, *(lambda k=k: (seen.append(k), k * k)[1] for k in range(3)))
    assert told == [0, 1, 4] and sorted(seen) == [0, 1, 2]


@pytest.mark.parametrize("count", [1, 2])
def test_a_job_that_fails_is_heard(count: int) -> None:
    with on_threads(count), pytest.raises(ZeroDivisionError):
        side_by_side(1000, lambda: 1, lambda: 1 // 0)


def test_who_fails_leaves_helpers_free() -> None:
    with on_threads(2):
        for jobs in ((lambda: 1, lambda: 1 // 0), (lambda: 1 // 0, lambda: 1), (lambda: 1 // 0, lambda: 1 // 0)):
            with pytest.raises(ZeroDivisionError):
                side_by_side(1000, *jobs)
        who = side_by_side(1000, threading.get_ident, threading.get_ident)
    assert len(set(who)) == 2


def test_helpers_let_go_of_what_they_played() -> None:
    held = np.zeros(1000)
    gone = weakref.ref(held)
    with on_threads(2):
        side_by_side(1000, lambda: 0, lambda held=held: held.sum())
    del held
    assert gone() is None


def test_a_job_with_loops_of_its_own_beside_another() -> None:
    def count() -> int:
        visits, seen = np.zeros(1000, np.int64), np.zeros(most_pieces(), np.int64)
        for _ in range(50):
            count_visits(visits, seen)
        return int(visits.sum())

    with on_threads(2):
        assert side_by_side(1000, count, count, count) == [50_000] * 3


def test_jobs_over_few_rows_stay_with_the_caller() -> None:
    before = threads()
    use_threads(2)
    try:
        who = side_by_side(FEW - 1, threading.get_ident, threading.get_ident)
    finally:
        use_threads(before)
    assert who == [threading.get_ident()] * 2
