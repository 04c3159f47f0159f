"""Prefetching changes no value."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.kernel.compiled import kernel
from simulator.kernel.prefetch import PREFETCH_DISTANCE, prefetch


@kernel
def gather(values, rows, out):
    flat = values.reshape(values.shape[0], -1)
    for k in range(rows.size):
        prefetch(values, rows[min(k + PREFETCH_DISTANCE, rows.size - 1)])
        out[k] = flat[rows[k], 0]


@pytest.mark.parametrize("shape", [(100,), (100, 4)])
@pytest.mark.parametrize("kind", [np.uint8, np.float32, np.int64])
@pytest.mark.parametrize("count", [0, 1, PREFETCH_DISTANCE - 1, 5 * PREFETCH_DISTANCE])
def test_a_loop_with_prefetch_reads_the_same_values(shape: tuple[int, ...], kind: type, count: int) -> None:
    values = np.arange(np.prod(shape)).reshape(shape).astype(kind)
    values.flags.writeable = False
    before = values.copy()
    rows, out = np.random.default_rng(count).integers(0, 100, count), np.zeros(count, kind)
    gather(values, rows, out)
    assert (out == (values[rows, 0] if len(shape) == 2 else values[rows])).all()
    assert (values == before).all()
