"""Lists made in blocks: what a plain loop would list, in the same order, whatever the number of threads."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.kernel.compaction import BLOCK, block_of, close_ranks, empty_list
from simulator.kernel.compiled import parallel, portion
from tests.pieces import on_threads


@parallel
def list_odd(values, found, counts, piece, pieces):
    for b in portion(counts.size, piece, pieces):
        count = b * BLOCK
        for i in block_of(b, values.size):
            if values[i] % 2 == 1:
                found[count] = i
                count += 1
        counts[b] = count - b * BLOCK


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("rows", [0, 1, BLOCK, BLOCK + 1, 5 * BLOCK - 3])
def test_a_list_in_blocks_is_the_list(count: int, rows: int) -> None:
    values = np.random.default_rng(rows).integers(0, 9, rows)
    with on_threads(count):
        found = empty_list(rows)
        list_odd(values, *found)
        listed = close_ranks(*found)
    assert listed.tolist() == np.flatnonzero(values % 2 == 1).tolist()
    assert listed.dtype == np.int32


def test_blocks_that_find_nothing_leave_no_gap() -> None:
    values = np.zeros(4 * BLOCK, np.int64)
    values[[3, 3 * BLOCK]] = 1
    found = empty_list(len(values), np.int64)
    list_odd(values, *found)
    assert close_ranks(*found).tolist() == [3, 3 * BLOCK] and close_ranks(*found).dtype == np.int64
