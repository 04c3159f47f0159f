"""Lists built in blocks: what a plain loop would list, in the same order, whatever the number of threads."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.kernel.compaction import ROWS_PER_BLOCK, allocate_block_lists, block_rows, compact_blocks
from simulator.kernel.compiled import chunk_range, parallel_kernel
from tests.pieces import on_threads


@parallel_kernel
def list_odd(values, found, counts, chunk, chunks):
    for b in chunk_range(counts.size, chunk, chunks):
        end = b * ROWS_PER_BLOCK
        for i in block_rows(b, values.size):
            if values[i] % 2 == 1:
                found[end] = i
                end += 1
        counts[b] = end - b * ROWS_PER_BLOCK


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("rows", [0, 1, ROWS_PER_BLOCK, ROWS_PER_BLOCK + 1, 5 * ROWS_PER_BLOCK - 3])
def test_a_list_built_in_blocks_equals_the_plain_list(count: int, rows: int) -> None:
    values = np.random.default_rng(rows).integers(0, 9, rows)
    with on_threads(count):
        found = allocate_block_lists(rows)
        list_odd(values, *found)
        listed = compact_blocks(*found)
    assert listed.tolist() == np.flatnonzero(values % 2 == 1).tolist()
    assert listed.dtype == np.int32


def test_empty_blocks_leave_no_gap() -> None:
    values = np.zeros(4 * ROWS_PER_BLOCK, np.int64)
    values[[3, 3 * ROWS_PER_BLOCK]] = 1
    found = allocate_block_lists(len(values), np.int64)
    list_odd(values, *found)
    assert compact_blocks(*found).tolist() == [3, 3 * ROWS_PER_BLOCK] and compact_blocks(*found).dtype == np.int64
