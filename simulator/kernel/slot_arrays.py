"""A column with many slots a row of which few are in use, kept as two arrays: each row's first slots, and the rest.

A loop over all rows then fetches few bytes a row. A slot is still column[row, slot], in Python (`__getitem__`) and in
compiled code (the templates at the end).
"""

from __future__ import annotations

import operator
from typing import Any, NamedTuple

import numpy as np
from numba import types
from numba.core import cgutils
from numba.core.typing import signature
from numba.core.typing.templates import AbstractTemplate, infer_global
from numba.extending import lower_builtin

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


def _find_slot(context: Any, builder: Any, kinds: Any, column: Any, at: Any) -> Any:
    """Code for a pointer to column[row, slot]. kinds: types of the column and of the pair."""
    row, slot = (context.cast(builder, value, types.unliteral(kind), types.intp)
                 for value, kind in zip(cgutils.unpack_tuple(builder, at), kinds[1], strict=True))
    return _slot_pointer(context, builder, kinds[0], column, row, slot)


# Typed and lowered directly: numba compiles an `overload` as a function of its own for each combination of types.

@infer_global(operator.getitem)
class _SlotGetitem(AbstractTemplate):
    """column[row, slot] in compiled code; neither may be negative."""

    def generic(self, args: Any, kws: Any) -> Any:
        column, at = args
        return signature(column[0].dtype, *args) if is_slot_arrays(column) and _is_pair(at) else None


@lower_builtin(operator.getitem, types.BaseNamedTuple, types.BaseTuple)
def _load_slot(context: Any, builder: Any, signature: Any, args: Any) -> Any:
    pointer = _find_slot(context, builder, signature.args, *args)
    return context.unpack_value(builder, signature.args[0][0].dtype, pointer)


@infer_global(operator.setitem)
class _SlotSetitem(AbstractTemplate):
    """column[row, slot] = value in compiled code, for a column that is writable."""

    def generic(self, args: Any, kws: Any) -> Any:
        column, at, value = args
        writable = is_slot_arrays(column) and _is_pair(at) and column[0].mutable
        return signature(types.none, column, at, column[0].dtype) if writable else None


@lower_builtin(operator.setitem, types.BaseNamedTuple, types.BaseTuple, types.Any)
def _store_slot(context: Any, builder: Any, signature: Any, args: Any) -> Any:
    pointer = _find_slot(context, builder, signature.args, *args[:2])
    context.pack_value(builder, signature.args[0][0].dtype, args[2], pointer)
    return context.get_dummy_value()
