"""A packed tuple is the named tuple, in Python and in compiled code, and keeps what a call would look up each time."""

import pickle
from copy import copy, deepcopy
from typing import Any, NamedTuple

import numba
import numpy as np
import pytest
from numba.core.errors import TypingError

from simulator.kernel.compiled import kernel, parallel_kernel
from simulator.kernel.packed_tuple import PackedTuple, pack_tuple
from simulator.kernel.slot_arrays import INLINE_SLOTS, SlotArrays
from simulator.kernel.table import Column, Table, read_only_view
from simulator.kernel.threads import max_rows


class Shelf(NamedTuple):
    """Fields of every kind that a packed tuple may hold; NumPy has a `size` and a `T` of its own."""

    size: np.ndarray
    T: np.ndarray
    slots: SlotArrays
    share: float
    day: int
    word: np.uint32


class Priced(Table):
    """A table of two columns."""

    price = Column("f4", "price")
    kind = Column("u1", "kind")


class Prices(NamedTuple):
    """Columns of Priced."""

    kind: np.ndarray
    price: np.ndarray


def make_shelf() -> Shelf:
    slots = SlotArrays(np.arange(3 * INLINE_SLOTS, dtype=np.int32).reshape(3, -1),
                       np.arange(6, dtype=np.int32).reshape(3, 2))
    return Shelf(np.array([3, 1, 4], np.int64), np.array([[0.5, 1.5]], np.float32), slots, -0.125, 1 << 40,
                 np.uint32((1 << 32) - 1))


@kernel
def read_shelf(shelf, out):
    out[0], out[1], out[2] = shelf.size[2], shelf.T[0, 1], shelf.slots[2, INLINE_SLOTS + 1]
    out[3], out[4], out[5] = shelf.share, shelf.day, shelf.word
    out[6], out[7] = shelf.size.size, shelf.slots[1, 0]


@kernel
def write_shelf(shelf):
    for k in range(shelf.size.size):
        shelf.size[k] += 1


@parallel_kernel
def add_shares(shelf, out, chunk, chunks):
    for k in range(out.size):
        out[k] += shelf.share


def test_compiled_code_reads_the_same_from_a_packed_tuple():
    plain, packed = np.zeros(8), np.zeros(8)
    read_shelf(make_shelf(), plain)
    read_shelf(pack_tuple(make_shelf()), packed)
    assert plain.tolist() == packed.tolist() == [4, 1.5, 5, -0.125, 1 << 40, (1 << 32) - 1, 3, 4]


def test_fields_are_attributes_also_those_that_numpy_has_itself():
    shelf = make_shelf()
    packed = pack_tuple(shelf)
    assert packed.size is shelf.size and packed.T is shelf.T and packed.slots.first is shelf.slots.first
    assert len(packed) == 6 and list(packed)[3] == packed[3] == -0.125 and packed._fields == Shelf._fields
    with pytest.raises(AttributeError):
        assert packed.price


def test_compiled_code_writes_into_the_arrays_unless_they_are_read_only():
    shelf = make_shelf()
    write_shelf(pack_tuple(shelf))
    assert shelf.size.tolist() == [4, 2, 5]
    with pytest.raises(TypingError):
        write_shelf(pack_tuple(shelf._replace(size=read_only_view(shelf.size))))


def test_numba_knows_its_type_by_the_types_of_the_fields():
    one, same, other = pack_tuple(make_shelf()), pack_tuple(make_shelf()), pack_tuple(make_shelf()._replace(day=1.0))
    assert numba.typeof(one) == numba.typeof(same) != numba.typeof(other)
    assert one.dtype == same.dtype != other.dtype
    assert numba.typeof(one).types == numba.typeof(make_shelf()).types


@pytest.mark.parametrize("again", [lambda one: pickle.loads(pickle.dumps(one)), copy, deepcopy])
def test_copies_are_packed_too(again):
    numbers = pack_tuple(Prices(np.array([1, 2]), np.array([0.5])))
    found = again(numbers)
    assert isinstance(found, PackedTuple) and found.kind.tolist() == [1, 2] and found.price.tolist() == [0.5]


def test_what_it_cannot_hold_comes_back_as_it_is():
    odd: Any = Prices("a", np.zeros(1))
    assert pack_tuple(odd) is odd


def test_a_loop_sees_its_longest_array():
    assert max_rows((pack_tuple(make_shelf()), np.zeros(2))) == 3
    out = np.zeros(2)
    add_shares(pack_tuple(make_shelf()), out)
    assert out.tolist() == [-0.125, -0.125]


def test_a_table_packs_views_of_columns_anew_when_its_arrays_are_replaced():
    table = Priced(2, price=np.array([1, 2]))
    bundle, layout = table.bundle(Prices), table.layout
    assert table.bundle(Prices) is bundle and not bundle.price.flags.writeable
    with table.writable(["price"]):
        table.price[:] = 7
        assert bundle.price.tolist() == [7, 7] and not table.bundle(Prices).price.flags.writeable
    table.append_rows(1)
    assert table.layout is not layout and len(table.bundle(Prices).price) == 3
    assert table.copy().bundle(Prices) is not table.bundle(Prices)
