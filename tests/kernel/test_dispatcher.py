"""Callees are inlined and not compiled on their own, constants count as numbers, and results stay those of Python."""

from __future__ import annotations

import numpy as np
import pytest
from numba import types

from simulator.kernel.compiled import kernel, rule
from simulator.kernel.dispatcher import compilation_listeners, generalise_constant, is_numba_tried


@rule
def scale(value, factor, offset=0):
    """A callee with a default value."""
    if value < 0:
        raise ValueError("negative")
    return value * factor + offset


@kernel
def scale_all(values, out):
    """Calls it with two constants, with and without the default."""
    for k in range(values.size):
        out[k] = scale(values[k], 3) + scale(values[k], 5, 2)


def test_one_callee_serves_all_constants_and_python_can_call_it_too() -> None:
    values, out = np.array([1.0, 2.5]), np.empty(2)
    scale_all(values, out)
    assert out.tolist() == [scale.py_func(x, 3) + scale.py_func(x, 5, 2) for x in values]
    nested = [args for args in scale.overloads if args[0] == types.float64]
    if scale_all.stats.cache_misses:  # compiled now, not loaded
        assert nested == [(types.float64, types.int64, types.int64)]
    assert scale(2.5, 3) == 7.5 and scale(2.5, 3, 1) == 8.5


def test_an_error_in_a_callee_reaches_python() -> None:
    with pytest.raises(ValueError, match="negative"):
        scale_all(np.array([-1.0]), np.empty(1))
    with pytest.raises(ValueError, match="negative"):
        scale(-1.0, 2)


def test_constants_count_as_numbers_and_other_types_stay() -> None:
    assert generalise_constant(types.literal(7)) == types.int64
    assert generalise_constant(types.literal(True)) == types.boolean
    assert generalise_constant(types.Omitted(0)) == types.int64
    assert generalise_constant(types.Omitted(None)) == types.Omitted(None)
    assert generalise_constant(types.float32) == types.float32


def test_listeners_hear_of_what_is_compiled_not_of_what_is_known() -> None:
    heard: list[int] = []

    @kernel
    def double(values):
        for k in range(values.size):
            values[k] *= 2

    compilation_listeners.append(lambda: heard.append(1))
    try:
        double._cache.disable()
        double(np.ones(2))
        double(np.ones(3))
    finally:
        compilation_listeners.pop()
    assert heard == [1]


@pytest.mark.parametrize(("version", "tried"), [("0.63.0", True), ("0.68.1", True), ("0.62.1", False),
                                                ("0.69.0rc1", False), ("1.0.0", False), ("0.70dev", False)])
def test_other_versions_of_numba_compile_as_they_do(version, tried) -> None:
    assert is_numba_tried(version) is tried
