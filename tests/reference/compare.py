"""Comparison of two worlds, or of two results of a stage, to the last bit."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulator.world.world import World


def state(world: World) -> dict[str, np.ndarray]:
    """Every column of every table, and the ledger: name to array."""
    columns = {f"{name}.{column}": array for name, table in world.tables().items()
               for column, array in table.arrays().items()}
    return {**columns, **{f"ledger.{name}": array for name, array in world.ledger.arrays().items()}}


def differences(one: World, other: World) -> list[str]:
    """Names of what is not the same to the last bit, with how many values and the first of them."""
    columns, others = state(one), state(other)
    out = []
    for name in columns:
        a, b = columns[name], others[name]
        if a.tobytes() != b.tobytes():
            where = np.argwhere(a != b)
            first = tuple(where[0]) if len(where) else ()
            out.append(f"{name}: {len(where)} of {a.size}, first at {first}: {a[first]} and {b[first]}")
    return out


def same(one: Any, other: Any) -> bool:
    """True when two results of a stage are the same: arrays by value, tuples part by part."""
    if one is None or other is None:
        return one is other
    if isinstance(one, (tuple, list)):
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other))
    if hasattr(one, "__dict__") and not isinstance(one, np.ndarray):
        return all(same(a, getattr(other, name)) for name, a in vars(one).items())
    return bool(np.array_equal(np.asarray(one), np.asarray(other)))
