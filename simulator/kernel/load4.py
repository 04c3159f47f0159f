"""The first slots of a row at once: FEW values in one reading and one writing, where compilers take FEW of each."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

from .slots import FEW

LANE = ir.IntType(32)


def _place(context: Any, builder: Any, kind: Any, array: Any, index: list[Any]) -> tuple[Any, int]:
    """Pointer to FEW values from an element on, and their bytes each."""
    held = context.make_array(kind)(context, builder, array)
    at = cgutils.get_item_pointer(context, builder, kind, held, index, wraparound=False)
    values = ir.VectorType(context.get_data_type(kind.dtype), FEW)
    return builder.bitcast(at, values.as_pointer()), kind.dtype.bitwidth // 8


def _read(builder: Any, place: Any, size: int) -> Any:
    values = builder.load(place)
    values.align = size
    return values


def _write(builder: Any, values: Any, place: Any, size: int) -> None:
    builder.store(values, place).align = size


@intrinsic
def copy_four(context: Any, source: Any, row: Any, target: Any, at: Any) -> Any:
    """target[at : at + FEW] = source[row]; values of both have one size, target reaches so far. source: [n, FEW]."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        kind, _, into, _ = signature.args
        zero = context.get_constant(types.intp, 0)
        values = _read(builder, *_place(context, builder, kind, args[0], [args[1], zero]))
        _write(builder, values, *_place(context, builder, into, args[2], [args[3]]))
        return context.get_dummy_value()

    return types.void(source, types.intp, target, types.intp), code


@intrinsic
def put_four(context: Any, target: Any, row: Any, used: Any, source: Any, at: Any) -> Any:
    """target[row, :used] = source[at : at + used] and 0 in the rest of the row; used in 0 … FEW or above, as FEW.

    target [n, FEW] and source have values of one type; source must reach to at + FEW.
    """

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        kind, _, _, given, _ = signature.args
        zero = context.get_constant(types.intp, 0)
        values = _read(builder, *_place(context, builder, given, args[3], [args[4]]))
        count = ir.Constant(ir.VectorType(LANE, FEW), ir.Undefined)
        for lane in range(FEW):
            count = builder.insert_element(count, builder.trunc(args[2], LANE), LANE(lane))
        in_use = builder.icmp_signed("<", ir.Constant(count.type, list(range(FEW))), count)
        values = builder.select(in_use, values, ir.Constant(values.type, [0] * FEW))
        _write(builder, values, *_place(context, builder, kind, args[0], [args[1], zero]))
        return context.get_dummy_value()

    return types.void(target, types.intp, types.intp, source, types.intp), code
