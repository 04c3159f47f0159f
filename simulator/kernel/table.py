"""Columns with a unit and a range, in tables whose arrays cannot be swapped or written by the wrong phase."""

from __future__ import annotations

from collections.abc import Iterable
from types import TracebackType
from typing import Any, Self

import numpy as np


class Column:
    """One attribute of every row: dtype, shape beyond the row, fill value, unit, range, what it means, its source."""

    def __init__(self, dtype: str, doc: str, *, unit: str = "", low: float | None = None, high: float | None = None,
                 width: int = 0, fill: float = 0, source: str = "model") -> None:
        self.dtype, self.doc, self.unit, self.low, self.high = np.dtype(dtype), doc, unit, low, high
        self.width, self.fill, self.source, self.name = width, fill, source, ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, table: Any, owner: type | None = None) -> Any:
        return self if table is None else table._arrays[self.name]

    def __set__(self, table: Any, value: object) -> None:
        raise AttributeError(f"{type(table).__name__}.{self.name} cannot be replaced: write into it, [:] = …")

    def allocate(self, rows: int) -> np.ndarray:
        """A fresh array of `rows` rows, filled."""
        shape = (rows, self.width) if self.width else (rows,)
        return np.full(shape, self.fill, dtype=self.dtype)


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


class Table:
    """Struct of arrays: one array a column, all of the same number of rows. Subclasses declare Columns."""

    def __init__(self, rows: int, **given: np.ndarray) -> None:
        self.rows = int(rows)
        columns = self.columns()
        unknown = set(given) - set(columns)
        if unknown:
            raise KeyError(f"{type(self).__name__} has no column {sorted(unknown)[0]}")
        self._arrays: dict[str, np.ndarray] = {}
        self._views: dict[str, np.ndarray] = {}
        for name, column in columns.items():
            self._arrays[name] = column.allocate(rows)
            if name in given:
                self._arrays[name][...] = given[name]

    @classmethod
    def columns(cls) -> dict[str, Column]:
        """The declared columns, in order of declaration."""
        return {k: v for base in reversed(cls.__mro__) for k, v in vars(base).items() if isinstance(v, Column)}

    def __len__(self) -> int:
        return self.rows

    def arrays(self) -> dict[str, np.ndarray]:
        """Name to array; the arrays themselves, not copies."""
        return dict(self._arrays)

    def views(self, names: Iterable[str]) -> list[np.ndarray]:
        """Read-only views of columns, whether or not they are lent: a loop that takes them is compiled once."""
        return [self._views[name] if name in self._views else self._view(name) for name in names]

    def _view(self, name: str) -> np.ndarray:
        view = self._views[name] = self._arrays[name].view()
        view.flags.writeable = False
        return view

    def copy(self) -> Self:
        """A table of the same kind with its own arrays."""
        other = type(self).__new__(type(self))
        other.rows = self.rows
        other._arrays = {name: array.copy() for name, array in self._arrays.items()}
        other._views = {}
        return other

    def grow(self, rows: int) -> None:
        """Add rows at the end, filled with each column's fill value; existing rows keep their place."""
        for name, column in self.columns().items():
            self._arrays[name] = np.concatenate([self._arrays[name], column.allocate(rows)])
        self._views.clear()
        self.rows += int(rows)

    def close(self) -> None:
        """Make every column read-only."""
        for array in self._arrays.values():
            array.flags.writeable = False

    def lend(self, names: Iterable[str]) -> Loan:
        """Make the named columns writeable for the length of a block. KeyError for a column it does not have."""
        return Loan([self._arrays[name] for name in names])

    def check(self) -> None:
        """ValueError naming the first column with a value out of its range or not a number."""
        for name, column in self.columns().items():
            array = self._arrays[name]
            if array.size == 0:
                continue
            if array.dtype.kind == "f" and not np.isfinite(array).all():
                raise ValueError(f"{type(self).__name__}.{name}: found a value that is not a finite number")
            if column.low is not None and array.min() < column.low:
                raise ValueError(f"{type(self).__name__}.{name} = {array.min()}: expected {column.low} or more")
            if column.high is not None and array.max() > column.high:
                raise ValueError(f"{type(self).__name__}.{name} = {array.max()}: expected {column.high} or less")
