"""Tuples of columns or numbers packed so that a call of a compiled loop costs little, whatever the tuple holds.

At each call numba asks for the type of every argument. For a tuple it looks at every array inside, and for twenty
columns that takes longer than a village's loop. The type of a NumPy record is looked up at once. `pack_tuple` makes a
record of a tuple: the addresses, shapes and strides of its arrays, and its numbers. In a compiled loop it is the named
tuple again (`PackedTupleType`); in Python its fields are attributes, as those of the tuple are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from operator import attrgetter
from typing import Any

import numba
import numpy as np
from numba import types
from numba.core import cgutils
from numba.core.datamodel import models, register_default
from numba.extending import NativeValue, typeof_impl, unbox

BUFFER = "data"
"""Attribute in which numba's helper looks for a record's bytes: no field may have this name."""


class PackedTupleType(types.NamedTuple):  # type: ignore[misc]
    """Numba's type of a packed tuple: in compiled code a named tuple like any other. kind: the type of the tuple."""

    def __init__(self, kind: Any) -> None:
        super().__init__(tuple(kind), kind.instance_class)
        self.name = f"Packed {kind}"

    @property
    def key(self) -> tuple[Any, ...]:
        """What distinguishes two of these types."""
        return "packed", self.instance_class, self.types


register_default(PackedTupleType)(models.TupleModel)


class PackedTuple(np.void):  # type: ignore[misc]  # a record that NumPy's types call final, and that is not
    """A named tuple, with what compiled code needs of it as words in `data`. Create it by `pack_tuple`.

    _values: the tuple; _kind: its type for numba; _longest: length of its longest array. No field's name begins so.
    """

    _values: Any
    _kind: PackedTupleType
    _longest: int

    def __getattr__(self, name: str) -> Any:
        if name[0] == "_" and name not in ("_fields", "_asdict", "_replace"):
            raise AttributeError(name)
        return getattr(self._values, name)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, at: Any) -> Any:
        return self._values[at]

    def __eq__(self, other: object) -> bool:
        return bool(self._values == (other._values if isinstance(other, PackedTuple) else other))

    def __hash__(self) -> int:
        return hash(self._values)

    def __repr__(self) -> str:
        return repr(self._values)

    def __reduce__(self) -> Any:
        return pack_tuple, (self._values,)

    def __copy__(self) -> PackedTuple:
        return self

    def __deepcopy__(self, memo: dict[int, Any] | None) -> Any:
        from copy import deepcopy

        return pack_tuple(deepcopy(self._values, memo))


@typeof_impl.register(PackedTuple)
def _typeof_packed(value: PackedTuple, context: Any) -> PackedTupleType:
    return value._kind


@cache
def _record_class(named_tuple: type) -> type[PackedTuple]:
    """A class of records whose attributes are the fields of a named-tuple class, also those that NumPy has itself."""
    fields = {name: property(attrgetter(f"_values.{name}")) for name in named_tuple._fields}  # type: ignore[attr-defined]
    if BUFFER in fields:
        raise TypeError(f"{named_tuple.__name__}.{BUFFER}: expected another name for the field")
    return type(f"Packed{named_tuple.__name__}", (PackedTuple,), {**fields, BUFFER: None})


@cache
def _record_type(kind: Any, words: int) -> tuple[np.dtype, PackedTupleType]:
    """The NumPy type of the records of a type of tuples, told from others by the name of its field, and numba's."""
    packed = PackedTupleType(kind)
    field = hashlib.sha256(str(packed).encode()).hexdigest()
    return np.dtype((_record_class(kind.instance_class), [(field, np.int64, (words,))])), packed


def pack_tuple(values: Any) -> Any:
    """The PackedTuple of a named tuple of arrays, numbers, and named tuples of these; who keeps it keeps the arrays.

    A tuple that holds anything else comes back as it is: loops take it too.
    """
    kind = numba.typeof(values)
    leaves = list(_list_leaves(values))
    if not _can_be_packed(kind):
        return values
    words = np.array([word for leaf in leaves for word in _list_words(leaf)], np.int64)
    dtype, packed = _record_type(kind, len(words))
    memory = bytearray(words.tobytes())
    record = np.frombuffer(memory, dtype)[0]
    record.__dict__.update(_values=values, _kind=packed,
                           _longest=max((len(leaf) for leaf in leaves if isinstance(leaf, np.ndarray)), default=0))
    record.__dict__[BUFFER] = memory
    return record


def _can_be_packed(kind: Any) -> bool:
    if isinstance(kind, types.BaseNamedTuple):
        return all(map(_can_be_packed, kind))
    return isinstance(kind, types.Array | types.Integer) or kind == types.float64


def _list_leaves(values: Any) -> Iterator[Any]:
    """The arrays and numbers of a tuple, in order."""
    for value in values:
        if isinstance(value, tuple):
            yield from _list_leaves(value)
        else:
            yield value


def _list_words(leaf: Any) -> tuple[int, ...]:
    """What the struct of an array holds after its two references, or the bits of a number."""
    if isinstance(leaf, np.ndarray):
        return (leaf.size, leaf.itemsize, leaf.__array_interface__["data"][0], *leaf.shape, *leaf.strides)
    return (int(np.float64(leaf).view(np.int64)) if isinstance(leaf, float) else int(leaf),)


@unbox(PackedTupleType)
def _unbox_packed(kind: Any, record: Any, c: Any) -> NativeValue:
    """Code that reads the words of a record and builds the tuple."""
    buffer = c.pyapi.alloca_buffer()
    memory = c.pyapi.extract_record_data(record, buffer)
    words = c.builder.bitcast(memory, c.context.get_value_type(types.int64).as_pointer())
    value, _ = _load_value(c, kind, words, 0)
    return NativeValue(value, cleanup=lambda: c.pyapi.release_buffer(buffer),
                       is_error=cgutils.is_null(c.builder, memory))


def _load_value(c: Any, kind: Any, words: Any, at: int) -> tuple[Any, int]:
    """A value of this type from the words at `at`, and where the next one begins."""
    if isinstance(kind, types.BaseTuple):
        parts = []
        for each in kind:
            part, at = _load_value(c, each, words, at)
            parts.append(part)
        return c.context.make_tuple(c.builder, kind, parts), at
    if isinstance(kind, types.Array):
        return _load_array(c, kind, words, at), at + 3 + 2 * kind.ndim
    word, native = _load_word(c, words, at), c.context.get_value_type(kind)
    if kind == types.float64:
        return c.builder.bitcast(word, native), at + 1
    return c.builder.trunc(word, native) if kind.bitwidth < types.int64.bitwidth else word, at + 1


def _load_array(c: Any, kind: Any, words: Any, at: int) -> Any:
    array, n = c.context.make_array(kind)(c.context, c.builder), kind.ndim
    array.meminfo, array.parent = (cgutils.get_null_value(part.type) for part in (array.meminfo, array.parent))
    array.nitems, array.itemsize = _load_word(c, words, at), _load_word(c, words, at + 1)
    array.data = c.builder.inttoptr(_load_word(c, words, at + 2), array.data.type)
    sizes = [_load_word(c, words, at + 3 + k) for k in range(2 * n)]
    array.shape, array.strides = cgutils.pack_array(c.builder, sizes[:n]), cgutils.pack_array(c.builder, sizes[n:])
    return array._getvalue()


def _load_word(c: Any, words: Any, at: int) -> Any:
    return c.builder.load(cgutils.gep(c.builder, words, at))
