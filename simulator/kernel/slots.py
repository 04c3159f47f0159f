"""A column of many slots a row, of which few are in use: the first ones of all rows side by side, the rest apart.

Who passes over all rows then fetches few bytes a row, and still every slot is column[row, slot], in Python as in
compiled code.
"""

from __future__ import annotations

import operator
from typing import Any, NamedTuple

import numpy as np
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic, overload

FEW = 4
"""Slots of a row that lie side by side with those of its neighbours: nine rows of ties in ten have no more."""


class Slots(NamedTuple):
    """Slots of n rows: first [n, FEW] and rest [n, slots - FEW], of one type.

    A tuple of arrays, so that a loop takes it as any other argument. As numpy knows it, it is the array [n, slots].
    """

    first: np.ndarray
    rest: np.ndarray

    def __getitem__(self, at: Any) -> Any:  # type: ignore[override]
        """What lies at [rows], [rows, slot], [rows, slots] or [rows, a slice of slots], as of [n, slots]: to be read.

        No slot is counted from the end.
        """
        row, slot = at if isinstance(at, tuple) else (at, slice(None))
        if isinstance(slot, int):
            return self.first[row, slot] if slot < FEW else self.rest[row, slot - FEW]
        if isinstance(slot, slice):
            return np.concatenate((self.first[row], self.rest[row]), axis=-1)[..., slot]
        near, far = self.first[row, np.minimum(slot, FEW - 1)], self.rest[row, np.maximum(slot, FEW) - FEW]
        return np.where(np.less(slot, FEW), near, far)[()]

    def __setitem__(self, at: Any, value: Any) -> None:
        """Write at [rows], [rows, slot] or [rows, a slice of slots]."""
        row, slot = at if isinstance(at, tuple) else (at, slice(None))
        if not isinstance(slot, slice):
            part, there = (self.first, slot) if slot < FEW else (self.rest, slot - FEW)
            part[row, there] = value
            return
        rows = self[row]
        rows[..., slot] = value
        self.first[row], self.rest[row] = rows[..., :FEW], rows[..., FEW:]

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        """All slots [n, slots], copied. ValueError where no copy is wanted."""
        if copy is False:
            raise ValueError("slots lie in two arrays: as one they are a copy")
        return np.asarray(self[:], dtype)


def whole(column: Slots) -> np.ndarray:
    """All slots of a column [n, slots], copied: to count and to compare, not to write."""
    return np.asarray(column)


def is_slots(kind: Any) -> bool:
    """True for the numba type of Slots whose arrays lie in memory row after row."""
    return (isinstance(kind, types.BaseNamedTuple) and kind.instance_class is Slots
            and all(part.layout == "C" for part in kind))


def _is_pair(kind: Any) -> bool:
    return isinstance(kind, types.BaseTuple) and len(kind) == 2


def _place(context: Any, builder: Any, kind: Any, column: Any, row: Any, slot: Any) -> Any:
    """Where a slot lies: worked out without a branch, which costs more than a few additions."""
    first, rest = (context.make_array(part)(context, builder, builder.extract_value(column, k))
                   for k, part in enumerate(kind))
    few = context.get_constant(types.intp, FEW)
    near = builder.icmp_signed("<", slot, few)
    width = builder.select(near, few, cgutils.unpack_tuple(builder, rest.shape)[1])
    before = builder.select(near, context.get_constant(types.intp, 0), few)
    at = builder.add(builder.mul(row, width), builder.sub(slot, before))
    return builder.gep(builder.select(near, first.data, rest.data), [at])


@intrinsic
def _read(context: Any, column: Any, row: Any, slot: Any) -> Any:
    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        kind = signature.args[0]
        return context.unpack_value(builder, kind[0].dtype, _place(context, builder, kind, *args))

    return column[0].dtype(column, types.intp, types.intp), code


@intrinsic
def _write(context: Any, column: Any, row: Any, slot: Any, value: Any) -> Any:
    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        kind = signature.args[0]
        context.pack_value(builder, kind[0].dtype, args[3], _place(context, builder, kind, *args[:3]))
        return context.get_dummy_value()

    return types.void(column, types.intp, types.intp, column[0].dtype), code


OPTIONS = {"forceinline": True, "error_model": "numpy", "_nrt": False}
"""As rules are compiled."""


@overload(operator.getitem, jit_options=OPTIONS)
def _get(column, at):  # type: ignore[no-untyped-def]
    """column[row, slot] in compiled code; no row is counted from the end."""
    return (lambda column, at: _read(column, at[0], at[1])) if is_slots(column) and _is_pair(at) else None


@overload(operator.setitem, jit_options=OPTIONS)
def _set(column, at, value):  # type: ignore[no-untyped-def]
    """column[row, slot] = value in compiled code."""
    if not (is_slots(column) and _is_pair(at) and column[0].mutable):
        return None
    return lambda column, at, value: _write(column, at[0], at[1], value)
