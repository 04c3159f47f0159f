"""Slots read and write as the array [n, slots] they stand for, from Python and from compiled code."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numba.core.errors import TypingError

from simulator.kernel.compiled import kernel
from simulator.kernel.load4 import copy_four, put_four
from simulator.kernel.prefetch import ahead
from simulator.kernel.slots import FEW, Slots, whole
from simulator.kernel.table import Column, SlotColumn, Table

ROWS, WIDTH = 7, 24


def plain() -> np.ndarray:
    return np.random.default_rng(3).integers(0, 1000, (ROWS, WIDTH)).astype(np.float32)


def slots(values: np.ndarray) -> Slots:
    return Slots(values[:, :FEW].copy(), values[:, FEW:].copy())


@kernel
def gathered(column, rows, places, out):
    for m in range(rows.size):
        ahead(column, rows[m])
        out[m] = column[rows[m], places[m]]


@kernel
def scattered(column, rows, places, values):
    for m in range(rows.size):
        column[rows[m], places[m]] = values[m]


@pytest.mark.parametrize("at", [3, (3, 2), (3, FEW), (3, WIDTH - 1), (2, slice(2, 9)), slice(None), (slice(1, 4), 5),
                                np.array([5, 0, 5]), (np.array([1, 6, 2]), np.array([0, FEW, WIDTH - 1])),
                                (np.arange(ROWS) % 2 == 0, 1), (np.arange(ROWS) % 2 == 0, slice(3, 6))], ids=str)
def test_reads_as_one_array(at: Any) -> None:
    values = plain()
    column = slots(values)
    np.testing.assert_array_equal(column[at], values[at])
    assert np.shape(column[at]) == np.shape(values[at])
    np.testing.assert_array_equal(whole(column), values)
    np.testing.assert_array_equal(np.minimum(column, 500.0), np.minimum(values, 500.0))


@pytest.mark.parametrize("at", [3, (3, 2), (3, FEW), (2, slice(2, 9)), slice(None), (slice(1, 4), 5),
                                np.array([5, 0]), (np.arange(ROWS) % 2 == 0, 1)], ids=str)
def test_writes_as_one_array(at: Any) -> None:
    values = plain()
    column = slots(values)
    column[at] = values[at] = -1.0
    np.testing.assert_array_equal(whole(column), values)


def test_all_slots_at_once_are_a_copy() -> None:
    column = slots(plain())
    whole(column)[:] = 5.0
    np.testing.assert_array_equal(whole(column), plain())
    with pytest.raises(ValueError, match="as one they are a copy"):
        np.asarray(column, copy=False)


def test_compiled_code_refuses_arrays_that_it_would_misread() -> None:
    column = Slots(*(np.asfortranarray(part) for part in slots(plain())))
    with pytest.raises(TypingError):
        gathered(column, np.arange(2), np.arange(2), np.empty(2, np.float32))


@pytest.mark.parametrize("kind", [np.uint8, np.int32, np.int64, np.uint64])
def test_compiled_code_reads_and_writes_any_slot(kind: type) -> None:
    rows, places = (part.ravel() for part in np.mgrid[:ROWS, :WIDTH])
    values, out = plain(), np.empty(ROWS * WIDTH, np.float32)
    column = slots(values)
    gathered(column, rows.astype(kind), places.astype(kind), out)
    np.testing.assert_array_equal(out.reshape(ROWS, WIDTH), values)
    scattered(column, rows.astype(kind), places.astype(kind), out * 2)
    np.testing.assert_array_equal(whole(column), values * 2)


@kernel
def packed(column, used, out):
    at = 0
    for row in range(used.size):
        copy_four(column.first, row, out, at)
        at += used[row]


@kernel
def unpacked(column, used, values):
    at = 0
    for row in range(used.size):
        put_four(column.first, row, np.int64(used[row]), values, at)
        at += used[row]


@pytest.mark.parametrize("used", [[0, 1, 2, 3, 4, 0, 4], [4] * ROWS, [0] * ROWS])
@pytest.mark.parametrize("kind", [np.float32, np.int32, np.uint8])
def test_four_at_once_are_the_first_slots(used: list[int], kind: type) -> None:
    values, counts = plain().astype(kind), np.array(used)
    column, out = slots(values), np.zeros(sum(used) + FEW, kind)
    packed(column, counts, out)
    held = np.arange(FEW) < counts[:, None]
    np.testing.assert_array_equal(out[:sum(used)], values[:, :FEW][held])
    unpacked(column, counts, out)
    np.testing.assert_array_equal(column.first, np.where(held, values[:, :FEW], 0))
    np.testing.assert_array_equal(column.rest, values[:, FEW:])


class Shelf(Table):
    """A table with both kinds of column."""

    height = Column("f4", "height")
    books = SlotColumn("i4", "books", width=WIDTH, fill=-1, low=-1)


def test_a_table_keeps_slots_in_two_arrays() -> None:
    shelf = Shelf(3, **{"books.rest": np.full((3, WIDTH - FEW), 8)})
    assert list(shelf.arrays()) == ["height", "books.first", "books.rest"]
    assert whole(shelf.books).tolist() == [[-1] * FEW + [8] * (WIDTH - FEW)] * 3
    other = shelf.copy()
    other.books[1, 2] = 4
    assert shelf.books[1, 2] == -1 and other.books[1, 2] == 4
    other.grow(2)
    assert len(other) == 5 and (other.books[4] == -1).all() and other.books[1, 2] == 4
    with pytest.raises(KeyError):
        Shelf(3, books=np.zeros((3, WIDTH)))


def test_slots_are_written_only_while_they_are_lent() -> None:
    shelf = Shelf(3)
    shelf.close()
    for at in ((0, 0), (0, FEW), 1):
        with pytest.raises(ValueError, match="read-only"):
            shelf.books[at] = 1
    with shelf.lend(["books"]):
        shelf.books[0, 0] = shelf.books[0, FEW] = 1
        (view,) = shelf.views(["books"])
        with pytest.raises(ValueError, match="read-only"):
            view[0, 0] = 2
        assert view[0, 0] == view[0, FEW] == 1
    with pytest.raises(ValueError, match="read-only"):
        shelf.books[0, FEW] = 2


@pytest.mark.parametrize("at", [(2, 1), (2, WIDTH - 1)])
def test_a_value_out_of_range_is_found_in_any_slot(at: tuple[int, int]) -> None:
    shelf = Shelf(3)
    shelf.check()
    shelf.books[at] = -2
    with pytest.raises(ValueError, match=r"Shelf.books = -2: expected -1 or more"):
        shelf.check()
