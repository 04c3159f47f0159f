"""Lists that loops in pieces make: each block of rows lists what it finds in its own place, then ranks are closed."""

from __future__ import annotations

import numpy as np

from .compiled import parallel, portion, rule

BLOCK = 4096
"""Rows whose finds one thread lists, in places of their own."""


@rule
def block_of(b, rows):
    """The rows of block b."""
    return range(b * BLOCK, min(rows, (b + 1) * BLOCK))


def blocks(rows: int) -> int:
    """How many blocks there are."""
    return (rows + BLOCK - 1) // BLOCK


def empty_list(rows: int, kind: type = np.int32) -> tuple[np.ndarray, np.ndarray]:
    """Places for at most one find a row, and for how many each block finds: int64[blocks]."""
    return np.empty(rows, kind), np.zeros(blocks(rows), np.int64)


@parallel
def _close(found, counts, ends, out, piece, pieces):
    for b in portion(counts.size, piece, pieces):
        at = ends[b] - counts[b]
        for k in range(counts[b]):
            out[at + k] = found[b * BLOCK + k]


def close_ranks(found: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """What the blocks list, from each one's first place on, without the places left free."""
    if len(counts) < 2:
        return found[:int(counts.sum())]
    ends = np.cumsum(counts)
    out = np.empty(int(ends[-1]), found.dtype)
    _close(found, counts, ends, out)
    return out
