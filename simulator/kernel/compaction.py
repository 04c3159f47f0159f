"""Lists that a parallel loop builds: each block of rows fills its own part of an array, then the gaps are closed.

The result has the order of the rows, whatever the number of threads:

    found, counts = allocate_block_lists(rows)
    loop(..., found, counts)     # for each block b: found[b * ROWS_PER_BLOCK:] gets counts[b] entries
    entries = compact_blocks(found, counts)
"""

from __future__ import annotations

import numpy as np

from .compiled import chunk_range, parallel_kernel, rule

ROWS_PER_BLOCK = 4096
"""Rows of one block, which one thread handles, and entries that it can list at most."""


@rule
def block_rows(b, rows):
    """The rows of block b."""
    return range(b * ROWS_PER_BLOCK, min(rows, (b + 1) * ROWS_PER_BLOCK))


def count_blocks(rows: int) -> int:
    """Number of blocks for so many rows."""
    return (rows + ROWS_PER_BLOCK - 1) // ROWS_PER_BLOCK


def allocate_block_lists(rows: int, kind: type = np.int32) -> tuple[np.ndarray, np.ndarray]:
    """Two buffers for the loop: kind[rows] for at most one entry a row, and int64[blocks] for entries per block."""
    return np.empty(rows, kind), np.zeros(count_blocks(rows), np.int64)


@parallel_kernel
def _copy_blocks(found, counts, ends, out, chunk, chunks):
    for b in chunk_range(counts.size, chunk, chunks):
        start = ends[b] - counts[b]
        for k in range(counts[b]):
            out[start + k] = found[b * ROWS_PER_BLOCK + k]


def compact_blocks(found: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """The entries of all blocks in one array, in order of blocks, without the unused places between them."""
    if len(counts) < 2:
        return found[:counts[0]] if len(counts) else found
    ends = np.cumsum(counts)
    out = np.empty(int(ends[-1]), found.dtype)
    _copy_blocks(found, counts, ends, out)
    return out
