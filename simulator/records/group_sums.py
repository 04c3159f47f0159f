"""Sums over groups of residents, in one pass over the residents and in integers."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ..kernel.compiled import chunk_range, parallel_kernel
from ..kernel.threads import max_chunks


@parallel_kernel
def _sum_groups(code, amounts, flags, packed_flags, out, chunk, chunks):
    """Into out int64[chunks, groups, amounts + flags]. amounts: arrays of integers; packed_flags u1[n] or u2[n]."""
    sums = out[chunk]
    for i in chunk_range(code.size, chunk, chunks):
        if code[i] < 0:
            continue
        row = sums[code[i]]
        for k in range(len(amounts)):
            row[k] += np.int64(amounts[k][i])
        for k in range(flags):
            row[len(amounts) + k] += packed_flags[i] >> k & 1


def pack_flags(flags: Iterable[np.ndarray]) -> np.ndarray:
    """u1[n], or u2[n] for more than 8 flags: bit k is set where flag k is true. flags: bool[n] each, at most 16."""
    packed = np.packbits(np.stack(list(flags)), axis=0, bitorder="little")
    return packed[0] if len(packed) == 1 else packed[0] | packed[1].astype(np.uint16) << 8


def sum_by_group(code: np.ndarray, groups: int, amounts: tuple[np.ndarray, ...], flags: int, packed_flags: np.ndarray
                 ) -> tuple[np.ndarray, np.ndarray]:
    """Sums int64[amounts, groups], and int64[flags, groups]: how many residents of a group have each flag.

    code int64[n]: group of a resident, -1 for none. amounts: float64[n] or int32[n], whole numbers. packed_flags: the
    `pack_flags` of so many flags.
    """
    out = np.zeros((max_chunks(), groups, len(amounts) + flags), np.int64)
    _sum_groups(code, amounts, flags, packed_flags, out)
    sums = out.sum(axis=0).T
    return sums[:len(amounts)], sums[len(amounts):]
