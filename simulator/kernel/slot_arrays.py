"""A column with many slots a row of which few are in use, kept as two arrays: each row's first slots, and the rest.

A loop over all rows then fetches few bytes a row. A slot is still column[row, slot], in Python (`__getitem__`) and in
compiled code (the overloads at the end).
"""

from __future__ import annotations

import operator
from typing import Any, NamedTuple

import numpy as np
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic, overload

INLINE_SLOTS = 4
"""Slots of a row in the first array. Nine residents in ten have no more ties than that."""


class SlotArrays(NamedTuple):
    """Slots of n rows in two arrays of one type: first [n, INLINE_SLOTS] and rest [n, slots - INLINE_SLOTS].

    It behaves as one array [n, slots]. A named tuple, so that numba takes it as an argument.
    """

    first: np.ndarray
    rest: np.ndarray

    def __getitem__(self, at: Any) -> Any:  # type: ignore[override]
        """Values at [rows], [rows, slot], [rows, array of slots] or [rows, slice of slots], to be read, not written.

        Negative slots are not allowed.
        """
        row, slot = at if isinstance(at, tuple) else (at, slice(None))
        if isinstance(slot, int):
            return self.first[row, slot] if slot < INLINE_SLOTS else self.rest[row, slot - INLINE_SLOTS]
        if isinstance(slot, slice):
            return np.concatenate((self.first[row], self.rest[row]), axis=-1)[..., slot]
        in_first = self.first[row, np.minimum(slot, INLINE_SLOTS - 1)]
        in_rest = self.rest[row, np.maximum(slot, INLINE_SLOTS) - INLINE_SLOTS]
        return np.where(np.less(slot, INLINE_SLOTS), in_first, in_rest)[()]

    def __setitem__(self, at: Any, value: Any) -> None:
        """Write at [rows], [rows, slot] or [rows, slice of slots]."""
        row, slot = at if isinstance(at, tuple) else (at, slice(None))
        if not isinstance(slot, slice):
            part, place = (self.first, slot) if slot < INLINE_SLOTS else (self.rest, slot - INLINE_SLOTS)
            part[row, place] = value
            return
        rows = self[row]
        rows[..., slot] = value
        self.first[row], self.rest[row] = rows[..., :INLINE_SLOTS], rows[..., INLINE_SLOTS:]

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        """A copy of all slots as one array [n, slots]. ValueError with copy=False."""
        if copy is False:
            raise ValueError("slots lie in two arrays: as one they are a copy")
        return np.asarray(self[:], dtype)


def to_dense_array(column: SlotArrays) -> np.ndarray:
    """A copy of a column as one array [n, slots], for counting and comparing."""
    return np.asarray(column)


def is_slot_arrays(kind: Any) -> bool:
    """True for the numba type of a `SlotArrays` whose arrays are C-contiguous."""
    return (isinstance(kind, types.BaseNamedTuple) and kind.instance_class is SlotArrays
            and all(part.layout == "C" for part in kind))


def _is_pair(kind: Any) -> bool:
    return isinstance(kind, types.BaseTuple) and len(kind) == 2


def _slot_pointer(context: Any, builder: Any, kind: Any, column: Any, row: Any, slot: Any) -> Any:
    """Code for a pointer to a slot. No branch chooses the array: it would cost more than the arithmetic."""
    first, rest = (context.make_array(part)(context, builder, builder.extract_value(column, k))
                   for k, part in enumerate(kind))
    inline_slots = context.get_constant(types.intp, INLINE_SLOTS)
    is_first = builder.icmp_signed("<", slot, inline_slots)
    width = builder.select(is_first, inline_slots, cgutils.unpack_tuple(builder, rest.shape)[1])
    before = builder.select(is_first, context.get_constant(types.intp, 0), inline_slots)
    offset = builder.add(builder.mul(row, width), builder.sub(slot, before))
    return builder.gep(builder.select(is_first, first.data, rest.data), [offset])


@intrinsic
def _load_slot(context: Any, column: Any, row: Any, slot: Any) -> Any:
    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        kind = signature.args[0]
        return context.unpack_value(builder, kind[0].dtype, _slot_pointer(context, builder, kind, *args))

    return column[0].dtype(column, types.intp, types.intp), code


@intrinsic
def _store_slot(context: Any, column: Any, row: Any, slot: Any, value: Any) -> Any:
    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        kind = signature.args[0]
        context.pack_value(builder, kind[0].dtype, args[3], _slot_pointer(context, builder, kind, *args[:3]))
        return context.get_dummy_value()

    return types.void(column, types.intp, types.intp, column[0].dtype), code


INLINE_OPTIONS = {"forceinline": True, "error_model": "numpy", "_nrt": False}
"""The options of `rule` (compiled.py)."""


@overload(operator.getitem, jit_options=INLINE_OPTIONS)
def _overload_getitem(column, at):  # type: ignore[no-untyped-def]
    """column[row, slot] in compiled code; neither may be negative."""
    return (lambda column, at: _load_slot(column, at[0], at[1])) if is_slot_arrays(column) and _is_pair(at) else None


@overload(operator.setitem, jit_options=INLINE_OPTIONS)
def _overload_setitem(column, at, value):  # type: ignore[no-untyped-def]
    """column[row, slot] = value in compiled code, for a column that is writable."""
    if not (is_slot_arrays(column) and _is_pair(at) and column[0].mutable):
        return None
    return lambda column, at, value: _store_slot(column, at[0], at[1], value)
