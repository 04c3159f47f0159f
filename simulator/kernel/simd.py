"""Vector loads and stores for numba: the first INLINE_SLOTS slots of a row in one instruction each."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

from .slot_arrays import INLINE_SLOTS

LANE_TYPE = ir.IntType(32)


def _vector_pointer(context: Any, builder: Any, kind: Any, array: Any, index: list[Any]) -> tuple[Any, int]:
    """Pointer to a vector of INLINE_SLOTS values that begins at an element, and the bytes of one value."""
    array_struct = context.make_array(kind)(context, builder, array)
    pointer = cgutils.get_item_pointer(context, builder, kind, array_struct, index, wraparound=False)
    vector = ir.VectorType(context.get_data_type(kind.dtype), INLINE_SLOTS)
    return builder.bitcast(pointer, vector.as_pointer()), kind.dtype.bitwidth // 8


def _load_vector(builder: Any, pointer: Any, size: int) -> Any:
    values = builder.load(pointer)
    values.align = size
    return values


def _store_vector(builder: Any, values: Any, pointer: Any, size: int) -> None:
    builder.store(values, pointer).align = size


@intrinsic
def load4(context: Any, source: Any, row: Any, target: Any, at: Any) -> Any:
    """target[at : at + INLINE_SLOTS] = source[row], where source is [n, INLINE_SLOTS].

    Values of both arrays must have one size, and target must reach to at + INLINE_SLOTS: nothing is checked.
    """

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        source_type, _, target_type, _ = signature.args
        zero = context.get_constant(types.intp, 0)
        values = _load_vector(builder, *_vector_pointer(context, builder, source_type, args[0], [args[1], zero]))
        _store_vector(builder, values, *_vector_pointer(context, builder, target_type, args[2], [args[3]]))
        return context.get_dummy_value()

    return types.void(source, types.intp, target, types.intp), code


@intrinsic
def store4(context: Any, target: Any, row: Any, used: Any, source: Any, at: Any) -> Any:
    """target[row, :used] = source[at : at + used], and 0 in the rest of the row, where target is [n, INLINE_SLOTS].

    used: 0 or more; more than INLINE_SLOTS counts as INLINE_SLOTS. Values of both arrays must have one type, and source
    must reach to at + INLINE_SLOTS: nothing is checked.
    """

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        target_type, _, _, source_type, _ = signature.args
        zero = context.get_constant(types.intp, 0)
        values = _load_vector(builder, *_vector_pointer(context, builder, source_type, args[3], [args[4]]))
        count = ir.Constant(ir.VectorType(LANE_TYPE, INLINE_SLOTS), ir.Undefined)
        for lane in range(INLINE_SLOTS):
            count = builder.insert_element(count, builder.trunc(args[2], LANE_TYPE), LANE_TYPE(lane))
        in_use = builder.icmp_signed("<", ir.Constant(count.type, list(range(INLINE_SLOTS))), count)
        values = builder.select(in_use, values, ir.Constant(values.type, [0] * INLINE_SLOTS))
        _store_vector(builder, values, *_vector_pointer(context, builder, target_type, args[0], [args[1], zero]))
        return context.get_dummy_value()

    return types.void(target, types.intp, types.intp, source, types.intp), code
