"""Columns with a unit and a range, in tables whose arrays cannot be swapped or written by the wrong phase."""

from __future__ import annotations

from collections.abc import Iterable
from types import TracebackType
from typing import Any, Self

import numpy as np

from .slots import FEW, Slots


class Column:
    """One attribute of every row: dtype, shape beyond the row, fill value, unit, range, what it means, its source."""

    def __init__(self, dtype: str, doc: str, *, unit: str = "", low: float | None = None, high: float | None = None,
                 width: int = 0, fill: float = 0, source: str = "model") -> None:
        self.dtype, self.doc, self.unit, self.low, self.high = np.dtype(dtype), doc, unit, low, high
        self.width, self.fill, self.source, self.name = width, fill, source, ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, table: Any, owner: type | None = None) -> Any:
        return self if table is None else table._held[self.name]

    def __set__(self, table: Any, value: object) -> None:
        raise AttributeError(f"{type(table).__name__}.{self.name} cannot be replaced: write into it, [:] = …")

    def parts(self) -> dict[str, int]:
        """Name and width of each array that it is kept in."""
        return {self.name: self.width}

    def allocate(self, rows: int) -> dict[str, np.ndarray]:
        """Fresh arrays of `rows` rows, filled: by name of part."""
        return {part: np.full((rows, width) if width else (rows,), self.fill, dtype=self.dtype)
                for part, width in self.parts().items()}

    def held(self, arrays: dict[str, np.ndarray]) -> Any:
        """The column, out of the arrays of a table."""
        return arrays[self.name]


class SlotColumn(Column):
    """A column of `width` slots a row, few of them in use: kept as Slots, in two arrays."""

    def parts(self) -> dict[str, int]:
        """The first slots and the rest."""
        return {f"{self.name}.first": FEW, f"{self.name}.rest": self.width - FEW}

    def held(self, arrays: dict[str, np.ndarray]) -> Slots:
        """Both arrays as one column."""
        return Slots(*(arrays[part] for part in self.parts()))


def arrays_of(columns: Iterable[Any]) -> list[np.ndarray]:
    """The arrays that columns are kept in."""
    found: list[np.ndarray] = []
    for column in columns:
        found += column if isinstance(column, Slots) else (column,)
    return found


class Loan:
    """Arrays that can be written for the length of a block; each is left as it was found.

    A class of its own rather than a generator: sixteen phases a step lend, and small runs feel it.
    """

    def __init__(self, arrays: list[np.ndarray]) -> None:
        self._arrays = arrays
        self._closed: list[np.ndarray] = []

    def __enter__(self) -> None:
        self._closed = [array for array in self._arrays if not array.flags.writeable]
        for array in self._closed:
            array.setflags(write=True)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        for array in self._closed:
            array.setflags(write=False)


def read(array: np.ndarray) -> np.ndarray:
    """A read-only view, so that a loop is compiled once whether or not the column is lent."""
    view = array.view()
    view.flags.writeable = False
    return view


class Table:
    """Struct of arrays: one a column, two for slots, all of the same number of rows. Subclasses declare Columns.

    `arrays` and what a table is made from go by parts: "trust", or "trust.first" and "trust.rest".
    """

    def __init__(self, rows: int, **given: np.ndarray) -> None:
        self.rows = int(rows)
        self._arrays: dict[str, np.ndarray] = {}
        for column in self.columns().values():
            self._arrays |= column.allocate(rows)
        self._hold()
        unknown = set(given) - set(self._arrays)
        if unknown:
            raise KeyError(f"{type(self).__name__} has no column {sorted(unknown)[0]}")
        for name, array in given.items():
            self._arrays[name][...] = array

    def _hold(self) -> None:
        """Put columns together from their arrays."""
        self._held = {name: column.held(self._arrays) for name, column in self.columns().items()}
        self._views: dict[str, Any] = {}

    @classmethod
    def columns(cls) -> dict[str, Column]:
        """The declared columns, in order of declaration."""
        return {k: v for base in reversed(cls.__mro__) for k, v in vars(base).items() if isinstance(v, Column)}

    def __len__(self) -> int:
        return self.rows

    def arrays(self) -> dict[str, np.ndarray]:
        """Name of each part to its array; the arrays themselves, not copies."""
        return dict(self._arrays)

    def views(self, names: Iterable[str]) -> list[Any]:
        """Read-only views of columns, whether or not they are lent: a loop that takes them is compiled once."""
        return [self._views[name] if name in self._views else self._view(name) for name in names]

    def _view(self, name: str) -> Any:
        column, parts = self.columns()[name], self.columns()[name].parts()
        view = self._views[name] = column.held({part: read(self._arrays[part]) for part in parts})
        return view

    def copy(self) -> Self:
        """A table of the same kind with its own arrays."""
        other = type(self).__new__(type(self))
        other.rows = self.rows
        other._arrays = {name: array.copy() for name, array in self._arrays.items()}
        other._hold()
        return other

    def grow(self, rows: int) -> None:
        """Add rows at the end, filled with each column's fill value; existing rows keep their place."""
        for column in self.columns().values():
            for part, more in column.allocate(rows).items():
                self._arrays[part] = np.concatenate([self._arrays[part], more])
        self._hold()
        self.rows += int(rows)

    def close(self) -> None:
        """Make every column read-only."""
        for array in self._arrays.values():
            array.flags.writeable = False

    def lend(self, names: Iterable[str]) -> Loan:
        """Make the named columns writeable for the length of a block. KeyError for a column it does not have."""
        return Loan(arrays_of([self._held[name] for name in names]))

    def check(self) -> None:
        """ValueError naming the first column with a value out of its range or not a number."""
        for name, column in self.columns().items():
            for array in arrays_of([self._held[name]]):
                self._check(name, column, array)

    def _check(self, name: str, column: Column, array: np.ndarray) -> None:
        if array.size == 0:
            return
        if array.dtype.kind == "f" and not np.isfinite(array).all():
            raise ValueError(f"{type(self).__name__}.{name}: found a value that is not a finite number")
        if column.low is not None and array.min() < column.low:
            raise ValueError(f"{type(self).__name__}.{name} = {array.min()}: expected {column.low} or more")
        if column.high is not None and array.max() > column.high:
            raise ValueError(f"{type(self).__name__}.{name} = {array.max()}: expected {column.high} or less")
