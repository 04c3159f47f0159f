"""Ask memory for a row some time before it is needed: the processor goes on, and finds it at hand."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

from .slots import is_slots

READ, KEEP, DATA = 0, 3, 1
"""What LLVM wants to know: to be read, to stay in the nearest cache, data rather than code."""

SOON = 16
"""How many rows of a list ahead to ask for what they need."""


def _ask(context: Any, builder: Any, kind: Any, array: Any, index: list[Any]) -> Any:
    """Ask for one element of an array."""
    held = context.make_array(kind)(context, builder, array)
    at = cgutils.get_item_pointer(context, builder, kind, held, index, wraparound=False)
    byte, word = ir.IntType(8).as_pointer(), ir.IntType(32)
    fetch = cgutils.get_or_insert_function(builder.module, ir.FunctionType(ir.VoidType(), [byte, word, word, word]),
                                           "llvm.prefetch.p0")
    builder.call(fetch, [builder.bitcast(at, byte), word(READ), word(KEEP), word(DATA)])
    return context.get_dummy_value()


@intrinsic
def ahead(context: Any, array: Any, row: Any) -> Any:
    """Ask for the beginning of array[row], of Slots the first ones. Changes nothing but time; the row must exist."""
    slots = is_slots(array)

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        kind, value = signature.args[0], args[0]
        if slots:
            kind, value = kind[0], builder.extract_value(value, 0)
        zero = context.get_constant(types.intp, 0)
        return _ask(context, builder, kind, value, [args[1]] + [zero] * (kind.ndim - 1))

    return types.void(array, types.intp), code


@intrinsic
def ahead_at(context: Any, array: Any, row: Any, place: Any) -> Any:
    """Ask for array[row, place], for rows that are longer than what one asking fetches."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return _ask(context, builder, signature.args[0], args[0], [args[1], args[2]])

    return types.void(array, types.intp, types.intp), code
