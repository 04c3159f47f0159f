"""One row of a table, worn as a Mesa agent: made on demand, never registered, forgotten when nobody holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import mesa
import numpy as np

from ..kernel.table import Column, Table

if TYPE_CHECKING:
    from .model import TerritoryModel


class View(mesa.Agent):
    """A row seen as an agent. Its attributes are the table's columns: read at will, written between steps only.

    Numbers come out as Python's own (a column of small integers would wrap around in a subtraction), columns with
    several values as small read-only arrays. Two views of one row are equal. A view that is given an attribute of its
    own is kept by the model, so the same resident carries it the next time; all others live as long as they are held.
    """

    TABLE: ClassVar[str] = ""
    """Name of the world's table."""
    FIXED: ClassVar[frozenset[str]] = frozenset({"uid"})
    """Columns nobody may write: other tables depend on them."""
    row: int
    model: TerritoryModel

    def __init__(self, model: TerritoryModel, row: int) -> None:
        # Agent.__init__ is left out on purpose: it would register the view, which for a million residents costs 22 s
        # and 1.1 GB, and on Mesa 3.3 would keep the model alive for ever.
        mine = self.__dict__
        mine["model"], mine["row"], mine["pos"] = model, int(row), None

    @property
    def unique_id(self) -> int:  # type: ignore[override]
        """The permanent identity (uid): it never changes, whatever the order of rows."""
        return int(self._table.arrays()["uid"][self.row])

    @property
    def _table(self) -> Table:
        return getattr(self.model.world, self.TABLE)

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, value)
        if name in self.__dict__:
            self.model.keep(self)

    def remove(self) -> None:
        """Refused: rows never leave a run; a resident who dies stays as a row with `alive` at 0."""
        raise TypeError(f"{self}: rows are never removed during a run")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.row == self.row and other.model is self.model  # type: ignore[attr-defined]

    def __hash__(self) -> int:
        return hash((self.TABLE, self.row))

    def __repr__(self) -> str:
        return f"{type(self).__name__}(row={self.row}, unique_id={self.unique_id})"


def _reader(name: str, column: Column) -> property:
    def read(view: View) -> Any:
        cell = view._table._arrays[name][view.row]
        if column.width == 0:
            return cell.item()
        cell = cell.view()
        cell.flags.writeable = False
        return cell

    def write(view: View, value: Any) -> None:
        write_column(view.model, type(view), name, view.row, value)

    low, high = ("" if bound is None else f"{bound:g}" for bound in (column.low, column.high))
    span = f" ({low} to {high}{' ' + column.unit if column.unit else ''})" if low or high else ""
    return property(read, write, doc=f"{column.doc[0].upper()}{column.doc[1:]}{span}.")


def write_column(model: TerritoryModel, kind: type[View], name: str, rows: Any, value: Any) -> None:
    """Write one column of a kind of view at `rows`, between steps, after checking the column's range.

    AttributeError while a step is being played (decisions decide, phases write) or for a column other tables depend
    on; ValueError outside the range or for what is not a number.
    """
    table: Table = getattr(model.world, kind.TABLE)
    column, where = table.columns()[name], f"{kind.TABLE}.{name}"
    if name in kind.FIXED:
        raise AttributeError(f"{where} cannot be written: other tables depend on it")
    given = np.asarray(value, np.float64)
    low, high = (-np.inf if column.low is None else column.low, np.inf if column.high is None else column.high)
    if not np.isfinite(given).all() or (given < low).any() or (given > high).any():
        raise ValueError(f"{where} = {value}: expected {low:g} to {high:g}")
    with model.lend(where):
        table.arrays()[name][rows] = value


def wear_columns(kind: type[View], table: type[Table]) -> None:
    """Give a kind of view one property for each column of its table that it does not define itself."""
    for name, column in table.columns().items():
        if name not in vars(kind):
            setattr(kind, name, _reader(name, column))
