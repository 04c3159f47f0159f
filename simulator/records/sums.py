"""One pass over the residents for each way of grouping them: what their fates add up to, in integers."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ..kernel.compiled import parallel, portion
from ..kernel.threads import most_pieces


@parallel
def _sums(code, amounts, flags, marks, out, piece, pieces):
    """Into int64[pieces, groups, amounts and flags]; amounts: float64 arrays of integers; marks u1[n]: a bit a flag."""
    added = out[piece]
    for i in portion(code.size, piece, pieces):
        if code[i] < 0:
            continue
        row = added[code[i]]
        for k in range(len(amounts)):
            row[k] += np.int64(amounts[k][i])
        for k in range(flags):
            row[len(amounts) + k] += marks[i] >> k & 1


def bits(flags: Iterable[np.ndarray]) -> np.ndarray:
    """u1[n]: bit k where flag k holds. flags: bool[n] each, 8 at most."""
    return np.packbits(np.stack(list(flags)), axis=0, bitorder="little")[0]


def sums_by(code: np.ndarray, groups: int, amounts: tuple[np.ndarray, ...], flags: int, marks: np.ndarray
            ) -> tuple[np.ndarray, np.ndarray]:
    """Sums per group int64[amounts, groups], and heads of whom each flag holds int64[flags, groups].

    code: int64[n], -1 for nobody's group. amounts: float64[n] each, whole numbers. marks: `bits` of that many flags.
    """
    out = np.zeros((most_pieces(), groups, len(amounts) + flags), np.int64)
    _sums(code, amounts, flags, marks, out)
    added = out.sum(axis=0).T
    return added[:len(amounts)], added[len(amounts):]
