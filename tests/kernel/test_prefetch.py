"""Asking ahead changes nothing but time."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.kernel.compiled import kernel
from simulator.kernel.prefetch import SOON, ahead


@kernel
def gathered(values, rows, out):
    flat = values.reshape(values.shape[0], -1)
    for k in range(rows.size):
        ahead(values, rows[min(k + SOON, rows.size - 1)])
        out[k] = flat[rows[k], 0]


@pytest.mark.parametrize("shape", [(100,), (100, 4)])
@pytest.mark.parametrize("kind", [np.uint8, np.float32, np.int64])
@pytest.mark.parametrize("count", [0, 1, SOON - 1, 5 * SOON])
def test_what_is_gathered_stays_the_same(shape: tuple[int, ...], kind: type, count: int) -> None:
    values = np.arange(np.prod(shape)).reshape(shape).astype(kind)
    values.flags.writeable = False
    kept = values.copy()
    rows, out = np.random.default_rng(count).integers(0, 100, count), np.zeros(count, kind)
    gathered(values, rows, out)
    assert (out == (values[rows, 0] if len(shape) == 2 else values[rows])).all()
    assert (values == kept).all()
