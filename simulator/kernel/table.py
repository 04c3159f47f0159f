"""Tables of columns (struct of arrays). A column has a unit and a range, and is read-only unless made writable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

import numpy as np

from .packed_tuple import pack_tuple
from .slot_arrays import INLINE_SLOTS, SlotArrays

Bundle = TypeVar("Bundle", bound=tuple[Any, ...])


class Column:
    """Declares one attribute of a table's rows: dtype, meaning, unit, range, values a row, fill value, source.

    width: 0 for one value a row (array [rows]), else values a row (array [rows, width]). Reading the attribute of a
    table gives the array; assigning to it raises AttributeError.
    """

    def __init__(self, dtype: str, doc: str, *, unit: str = "", low: float | None = None, high: float | None = None,
                 width: int = 0, fill: float = 0, source: str = "model") -> None:
        self.dtype, self.doc, self.unit, self.low, self.high = np.dtype(dtype), doc, unit, low, high
        self.width, self.fill, self.source, self.name = width, fill, source, ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    if TYPE_CHECKING:  # in truth a table's own attribute, which Python finds first, as a Column is no descriptor
        def __get__(self, table: Any, owner: type | None = None) -> Any:
            """The array."""

    def parts(self) -> dict[str, int]:
        """Name and width of each array that holds the column."""
        return {self.name: self.width}

    def allocate(self, rows: int) -> dict[str, np.ndarray]:
        """New arrays of `rows` rows with the fill value, by name of part."""
        return {part: np.full((rows, width) if width else (rows,), self.fill, dtype=self.dtype)
                for part, width in self.parts().items()}

    def assemble(self, arrays: dict[str, np.ndarray]) -> Any:
        """The column's value, from the arrays of a table."""
        return arrays[self.name]


class SlotColumn(Column):
    """A column of `width` slots a row of which few are in use, held in two arrays (`SlotArrays`)."""

    def parts(self) -> dict[str, int]:
        """The first slots and the rest."""
        return {f"{self.name}.first": INLINE_SLOTS, f"{self.name}.rest": self.width - INLINE_SLOTS}

    def assemble(self, arrays: dict[str, np.ndarray]) -> SlotArrays:
        """Both arrays as one column."""
        return SlotArrays(*(arrays[part] for part in self.parts()))


def list_arrays(columns: Iterable[Any]) -> list[np.ndarray]:
    """The arrays that hold the values of columns: one of a plain column, two of a `SlotArrays`."""
    found: list[np.ndarray] = []
    for column in columns:
        found += column if isinstance(column, SlotArrays) else (column,)
    return found


OwnColumns = tuple[dict[str, Any], dict[str, Any]]
"""The attributes of a table, and those of its columns that are to be writable, by name."""


class WriteAccess:
    """Context manager: the columns are writable inside the block, and as before after it.

    A table's attribute is then the array itself instead of the read-only view: swapping attributes costs less than the
    flags of two hundred arrays, twice a step. A class, since a generator-based context manager is slower. Whoever keeps
    an array beyond the block, other than the phases of the model, answers for what they write into it.
    """

    def __init__(self, columns: Sequence[OwnColumns]) -> None:
        self._columns = columns
        self._before: list[dict[str, Any]] = []

    def __enter__(self) -> None:
        self._before = [{name: attributes[name] for name in own} for attributes, own in self._columns]
        for attributes, own in self._columns:
            attributes.update(own)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        for (attributes, _), before in zip(self._columns, self._before, strict=True):
            attributes.update(before)


def read_only_view(array: np.ndarray) -> np.ndarray:
    """A read-only view. Loops that read a column take it, and so are compiled once, for the read-only type alone."""
    view = array.view()
    view.flags.writeable = False
    return view


class Table:
    """Struct of arrays with one row per agent or place. A subclass declares its columns as class attributes (`Column`).

    `arrays()` and the constructor use names of arrays: "trust" for a plain column, "trust.first" and "trust.rest" for a
    `SlotColumn`. The constructor raises KeyError for a name that is no array of the table.
    """

    write_accesses = 0
    """How often columns of this table were made writable."""
    layout: object
    """Another object whenever arrays were replaced: who keeps arrays or views of this table compares it with `is`."""

    def __init__(self, rows: int, **arrays: np.ndarray) -> None:
        self.rows = int(rows)
        self._arrays: dict[str, np.ndarray] = {}
        for column in self.columns().values():
            self._arrays |= column.allocate(rows)
        self._assemble_columns()
        unknown = set(arrays) - set(self._arrays)
        if unknown:
            raise KeyError(f"{type(self).__name__} has no column {sorted(unknown)[0]}")
        for name, array in arrays.items():
            self._arrays[name][...] = array

    def __getstate__(self) -> dict[str, Any]:
        """Rows and arrays: columns and views refer to these arrays, and are built anew in a copy."""
        return {"rows": self.rows, "_arrays": self._arrays,
                "_writable": [name for name, array in self.arrays().items() if array.flags.writeable]}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.rows = state["rows"]
        # a copy of each: NumPy cannot make arrays writable that were read from a pickle
        self._arrays = {name: array.copy() for name, array in state["_arrays"].items()}
        self._assemble_columns()
        self.close()
        vars(self).update({name: own for name, own in self._own.items()
                           if set(self.columns()[name].parts()) <= set(state["_writable"])})

    def _assemble_columns(self) -> None:
        """Build the columns' values from the arrays, after these were created or replaced."""
        self._own = {name: column.assemble(self._arrays) for name, column in self.columns().items()}
        vars(self).update(self._own)
        self._views: dict[str, Any] = {}
        self._bundles: dict[type, Any] = {}
        self.layout = object()

    @classmethod
    def columns(cls) -> dict[str, Column]:
        """The declared columns, in order of declaration."""
        return {k: v for base in reversed(cls.__mro__) for k, v in vars(base).items() if isinstance(v, Column)}

    def __len__(self) -> int:
        return self.rows

    def arrays(self) -> dict[str, np.ndarray]:
        """Name to array, of all arrays, read-only unless their column is writable now; not copies."""
        return {part: array for name, column in self.columns().items()
                for part, array in zip(column.parts(), list_arrays([vars(self)[name]]), strict=True)}

    def views(self, names: Iterable[str]) -> list[Any]:
        """Read-only views of the named columns, whether or not the columns are writable now (see `read_only_view`)."""
        return [self.view(name) for name in names]

    def view(self, name: str) -> Any:
        """A read-only view of one column, as `views` gives it: the same object at every call."""
        if name not in self._views:
            column, parts = self.columns()[name], self.columns()[name].parts()
            self._views[name] = column.assemble({part: read_only_view(self._arrays[part]) for part in parts})
        return self._views[name]

    def bundle(self, kind: type[Bundle]) -> Bundle:
        """Read-only views of the columns that a named tuple's fields name, packed: the same object at every call."""
        if kind not in self._bundles:
            self._bundles[kind] = pack_tuple(kind(*self.views(kind._fields)))  # type: ignore[attr-defined]
        found: Bundle = self._bundles[kind]
        return found

    def copy(self) -> Self:
        """A table of the same kind with its own arrays."""
        other = type(self).__new__(type(self))
        other.rows = self.rows
        other._arrays = {name: array.copy() for name, array in self._arrays.items()}
        other._assemble_columns()
        return other

    def append_rows(self, rows: int) -> None:
        """Add rows at the end, with each column's fill value. This replaces all arrays."""
        for column in self.columns().values():
            for part, more in column.allocate(rows).items():
                self._arrays[part] = np.concatenate([self._arrays[part], more])
        self._assemble_columns()
        self.rows += int(rows)

    def close(self) -> None:
        """Make every column read-only."""
        vars(self).update({name: self.view(name) for name in self._own})
        for array in self.arrays().values():
            array.flags.writeable = False

    def writable(self, names: Iterable[str]) -> WriteAccess:
        """Context manager that makes the named columns writable. KeyError for a column that the table does not have."""
        self.write_accesses += 1
        return WriteAccess([self.find_own_columns(names)])

    def find_own_columns(self, names: Iterable[str]) -> OwnColumns:
        """What `WriteAccess` takes to make the named columns writable. KeyError for a column that the table lacks."""
        return vars(self), {name: self._own[name] for name in names}

    def __setattr__(self, name: str, value: Any) -> None:
        if isinstance(getattr(type(self), name, None), Column):
            raise AttributeError(f"{type(self).__name__}.{name} cannot be replaced: write into it, [:] = …")
        super().__setattr__(name, value)

    def check(self) -> None:
        """ValueError naming the first column with a value out of its range or not a number."""
        for name, column in self.columns().items():
            for array in list_arrays([vars(self)[name]]):
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
