"""Loops in pieces: every row once, whatever the number of threads, and room for each piece."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.kernel.compiled import parallel, portion
from simulator.kernel.threads import FEW, PIECES, most_pieces, most_rows, threads, use_threads
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
    assert seen.tolist() == ([1] if count == 1 else [PIECES * count] * len(seen)), "a piece for each room"


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
