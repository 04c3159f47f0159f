"""Prefetch for numba: ask memory for a row some iterations before the loop reads it. Changes nothing but time.

Of use where a loop visits rows in an order that the processor cannot foresee, such as a list of residents:

    for k in range(rows.size):
        prefetch(values, rows[min(k + PREFETCH_DISTANCE, rows.size - 1)])
        ... values[rows[k]] ...
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

from .slot_arrays import is_slot_arrays

READ_ACCESS, HIGHEST_LOCALITY, DATA_CACHE = 0, 3, 1
"""Arguments of LLVM's llvm.prefetch: a read, kept in the nearest cache, of data rather than code."""

PREFETCH_DISTANCE = 16
"""How many rows of a list ahead a loop prefetches."""


def _emit_prefetch(context: Any, builder: Any, kind: Any, array: Any, index: list[Any]) -> Any:
    """Code that prefetches one element of an array. kind: the array's numba type."""
    array_struct = context.make_array(kind)(context, builder, array)
    pointer = cgutils.get_item_pointer(context, builder, kind, array_struct, index, wraparound=False)
    byte, word = ir.IntType(8).as_pointer(), ir.IntType(32)
    fetch = cgutils.get_or_insert_function(builder.module, ir.FunctionType(ir.VoidType(), [byte, word, word, word]),
                                           "llvm.prefetch.p0")
    builder.call(fetch, [builder.bitcast(pointer, byte), word(READ_ACCESS), word(HIGHEST_LOCALITY), word(DATA_CACHE)])
    return context.get_dummy_value()


@intrinsic
def prefetch(context: Any, array: Any, row: Any) -> Any:
    """Prefetch the beginning of array[row]; of a `SlotArrays`, its first slots. The row must exist."""
    has_slots = is_slot_arrays(array)

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        kind, value = signature.args[0], args[0]
        if has_slots:
            kind, value = kind[0], builder.extract_value(value, 0)
        zero = context.get_constant(types.intp, 0)
        return _emit_prefetch(context, builder, kind, value, [args[1]] + [zero] * (kind.ndim - 1))

    return types.void(array, types.intp), code


@intrinsic
def prefetch_at(context: Any, array: Any, row: Any, column: Any) -> Any:
    """Prefetch array[row, column], for rows that are longer than the 64 bytes that one prefetch fetches."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return _emit_prefetch(context, builder, signature.args[0], args[0], [args[1], args[2]])

    return types.void(array, types.intp, types.intp), code
