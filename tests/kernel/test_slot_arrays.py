"""A SlotArrays reads and writes like the array [n, slots] that it stands for, in Python and in compiled code."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numba.core.errors import TypingError

from simulator.kernel.compiled import kernel
from simulator.kernel.prefetch import prefetch
from simulator.kernel.simd import load4, store4
from simulator.kernel.slot_arrays import INLINE_SLOTS, SlotArrays, to_dense_array
from simulator.kernel.table import Column, SlotColumn, Table

ROWS, WIDTH = 7, 24


def random_values() -> np.ndarray:
    return np.random.default_rng(3).integers(0, 1000, (ROWS, WIDTH)).astype(np.float32)


def to_slot_arrays(values: np.ndarray) -> SlotArrays:
    return SlotArrays(values[:, :INLINE_SLOTS].copy(), values[:, INLINE_SLOTS:].copy())


@kernel
def gather(column, rows, places, out):
    for m in range(rows.size):
        prefetch(column, rows[m])
        out[m] = column[rows[m], places[m]]


@kernel
def scatter(column, rows, places, values):
    for m in range(rows.size):
        column[rows[m], places[m]] = values[m]


@pytest.mark.parametrize("at", [3, (3, 2), (3, INLINE_SLOTS), (3, WIDTH - 1), (2, slice(2, 9)), slice(None),
                                (slice(1, 4), 5), np.array([5, 0, 5]),
                                (np.array([1, 6, 2]), np.array([0, INLINE_SLOTS, WIDTH - 1])),
                                (np.arange(ROWS) % 2 == 0, 1), (np.arange(ROWS) % 2 == 0, slice(3, 6))], ids=str)
def test_reads_as_one_array(at: Any) -> None:
    values = random_values()
    column = to_slot_arrays(values)
    np.testing.assert_array_equal(column[at], values[at])
    assert np.shape(column[at]) == np.shape(values[at])
    np.testing.assert_array_equal(to_dense_array(column), values)
    np.testing.assert_array_equal(np.minimum(column, 500.0), np.minimum(values, 500.0))


@pytest.mark.parametrize("at", [3, (3, 2), (3, INLINE_SLOTS), (2, slice(2, 9)), slice(None), (slice(1, 4), 5),
                                np.array([5, 0]), (np.arange(ROWS) % 2 == 0, 1)], ids=str)
def test_writes_as_one_array(at: Any) -> None:
    values = random_values()
    column = to_slot_arrays(values)
    column[at] = values[at] = -1.0
    np.testing.assert_array_equal(to_dense_array(column), values)


def test_a_dense_array_is_a_copy() -> None:
    column = to_slot_arrays(random_values())
    to_dense_array(column)[:] = 5.0
    np.testing.assert_array_equal(to_dense_array(column), random_values())
    with pytest.raises(ValueError, match="as one they are a copy"):
        np.asarray(column, copy=False)


def test_compiled_code_refuses_arrays_in_another_memory_layout() -> None:
    column = SlotArrays(*(np.asfortranarray(part) for part in to_slot_arrays(random_values())))
    with pytest.raises(TypingError):
        gather(column, np.arange(2), np.arange(2), np.empty(2, np.float32))


@pytest.mark.parametrize("kind", [np.uint8, np.int32, np.int64, np.uint64])
def test_compiled_code_reads_and_writes_any_slot(kind: type) -> None:
    rows, places = (part.ravel() for part in np.mgrid[:ROWS, :WIDTH])
    values, out = random_values(), np.empty(ROWS * WIDTH, np.float32)
    column = to_slot_arrays(values)
    gather(column, rows.astype(kind), places.astype(kind), out)
    np.testing.assert_array_equal(out.reshape(ROWS, WIDTH), values)
    scatter(column, rows.astype(kind), places.astype(kind), out * 2)
    np.testing.assert_array_equal(to_dense_array(column), values * 2)


@kernel
def load_rows(column, used, out):
    at = 0
    for row in range(used.size):
        load4(column.first, row, out, at)
        at += used[row]


@kernel
def store_rows(column, used, values):
    at = 0
    for row in range(used.size):
        store4(column.first, row, np.int64(used[row]), values, at)
        at += used[row]


@pytest.mark.parametrize("used", [[0, 1, 2, 3, 4, 0, 4], [4] * ROWS, [0] * ROWS])
@pytest.mark.parametrize("kind", [np.float32, np.int32, np.uint8])
def test_vector_loads_and_stores_move_the_first_slots(used: list[int], kind: type) -> None:
    values, counts = random_values().astype(kind), np.array(used)
    column, out = to_slot_arrays(values), np.zeros(sum(used) + INLINE_SLOTS, kind)
    load_rows(column, counts, out)
    in_use = np.arange(INLINE_SLOTS) < counts[:, None]
    np.testing.assert_array_equal(out[:sum(used)], values[:, :INLINE_SLOTS][in_use])
    store_rows(column, counts, out)
    np.testing.assert_array_equal(column.first, np.where(in_use, values[:, :INLINE_SLOTS], 0))
    np.testing.assert_array_equal(column.rest, values[:, INLINE_SLOTS:])


class Shelf(Table):
    """A table with both kinds of column."""

    height = Column("f4", "height")
    books = SlotColumn("i4", "books", width=WIDTH, fill=-1, low=-1)


def test_a_table_holds_slots_in_two_arrays() -> None:
    shelf = Shelf(3, **{"books.rest": np.full((3, WIDTH - INLINE_SLOTS), 8)})
    assert list(shelf.arrays()) == ["height", "books.first", "books.rest"]
    assert to_dense_array(shelf.books).tolist() == [[-1] * INLINE_SLOTS + [8] * (WIDTH - INLINE_SLOTS)] * 3
    other = shelf.copy()
    other.books[1, 2] = 4
    assert shelf.books[1, 2] == -1 and other.books[1, 2] == 4
    other.append_rows(2)
    assert len(other) == 5 and (other.books[4] == -1).all() and other.books[1, 2] == 4
    with pytest.raises(KeyError):
        Shelf(3, books=np.zeros((3, WIDTH)))


def test_slots_can_be_written_only_with_write_access() -> None:
    shelf = Shelf(3)
    shelf.close()
    for at in ((0, 0), (0, INLINE_SLOTS), 1):
        with pytest.raises(ValueError, match="read-only"):
            shelf.books[at] = 1
    with shelf.writable(["books"]):
        shelf.books[0, 0] = shelf.books[0, INLINE_SLOTS] = 1
        (view,) = shelf.views(["books"])
        with pytest.raises(ValueError, match="read-only"):
            view[0, 0] = 2
        assert view[0, 0] == view[0, INLINE_SLOTS] == 1
    with pytest.raises(ValueError, match="read-only"):
        shelf.books[0, INLINE_SLOTS] = 2


@pytest.mark.parametrize("at", [(2, 1), (2, WIDTH - 1)])
def test_a_value_out_of_range_is_found_in_any_slot(at: tuple[int, int]) -> None:
    shelf = Shelf(3)
    shelf.check()
    shelf.books[at] = -2
    with pytest.raises(ValueError, match=r"Shelf.books = -2: expected -1 or more"):
        shelf.check()
