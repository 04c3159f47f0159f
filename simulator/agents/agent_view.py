"""A row of a table as a Mesa agent: created on demand, never registered with the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import mesa
import numpy as np

from ..i18n.translation import shorten_fact
from ..kernel.table import Column, Table

if TYPE_CHECKING:
    from .model import TerritoryModel


class AgentView(mesa.Agent):
    """A view of one row. Its attributes are the table's columns: readable at any time, writable between steps only.

    Numbers are returned as Python int or float (small NumPy integers would wrap around in a subtraction), columns with
    several values as read-only arrays. Two views of one row are equal. The model retains a view on which an attribute
    that is no column is set, so that the attribute is still there at the next access; other views are not retained.
    """

    TABLE: ClassVar[str] = ""
    """Name of the world's table."""
    READ_ONLY_COLUMNS: ClassVar[frozenset[str]] = frozenset({"uid"})
    """Columns that cannot be written, because other tables depend on them."""
    row: int
    model: TerritoryModel

    def __init__(self, model: TerritoryModel, row: int | None = None, *args: Any, **attributes_given: Any) -> None:
        if row is None or args or attributes_given:
            raise TypeError(f"{type(self).__name__} is a row of the model's tables, and the population is fixed during "
                            "a run: read one as model.residents[row]; attributes of your own are set on it")
        # Agent.__init__ is not called: it would register the view, which takes 22 s and 1.1 GB for a million residents,
        # and on Mesa 3.3 would keep the model alive for ever. Writing to __dict__ bypasses __setattr__ below.
        attributes = self.__dict__
        attributes["model"], attributes["row"] = model, int(row)

    @property
    def unique_id(self) -> int:  # type: ignore[override]
        """The permanent id (column uid); it does not depend on the order of rows."""
        return int(self._table.arrays()["uid"][self.row])

    @property
    def pos(self) -> tuple[float, float] | None:  # type: ignore[override]
        """Where it is, (x, y) in km; None for what has no place."""
        return None

    @classmethod
    def create_agents(cls, model: Any, n: int, *args: Any, **kwargs: Any) -> Any:
        """Always TypeError: rows come from the territory's population, none is added."""
        raise TypeError(f"{cls.__name__}: the population is fixed during a run; a territory with more residents has "
                        "more rows (territory.residents)")

    @property
    def _table(self) -> Table:
        return getattr(self.model.world, self.TABLE)

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, value)
        if name in self.__dict__:
            self.model.retain_view(self)

    def remove(self) -> None:
        """Always TypeError: rows are never removed during a run. A resident who dies keeps it, with `alive` at 0."""
        raise TypeError(f"{self}: rows are never removed during a run")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.row == self.row and other.model is self.model  # type: ignore[attr-defined]

    def __hash__(self) -> int:
        return hash((self.TABLE, self.row))

    def __repr__(self) -> str:
        return f"{type(self).__name__}(row={self.row}, unique_id={self.unique_id})"


def _make_column_property(name: str, column: Column) -> property:
    def read(view: AgentView) -> Any:
        cell = view._table._arrays[name][view.row]
        if column.width == 0:
            return cell.item()
        cell = cell.view()
        cell.flags.writeable = False
        return cell

    def write(view: AgentView, value: Any) -> None:
        write_column(view.model, type(view), name, view.row, value)

    low, high = ("" if bound is None else f"{bound:g}" for bound in (column.low, column.high))
    span = f" ({low} to {high}{' ' + column.unit if column.unit else ''})" if low or high else ""
    return property(read, write, doc=f"{column.doc[0].upper()}{column.doc[1:]}{span}.")


def write_column(model: TerritoryModel, agent_class: type[AgentView], name: str, rows: Any, value: Any) -> None:
    """Write `value` to one column at `rows`, between steps, after checking the column's range.

    AttributeError while a step is being played (decisions decide, phases write) or for a read-only column; ValueError
    for a value that is not finite or outside the range.
    """
    table: Table = getattr(model.world, agent_class.TABLE)
    column, where = table.columns()[name], f"{agent_class.TABLE}.{name}"
    if name in agent_class.READ_ONLY_COLUMNS:
        raise AttributeError(f"{where} cannot be written: other tables depend on it")
    values = np.asarray(value, np.float64)
    low, high = (-np.inf if column.low is None else column.low, np.inf if column.high is None else column.high)
    if not np.isfinite(values).all() or (values < low).any() or (values > high).any():
        raise ValueError(f"{where} = {shorten_fact(str(value))}: expected {low:g} to {high:g}")
    with model.writable(where):
        table.arrays()[name][rows] = value


def add_column_properties(agent_class: type[AgentView], table: type[Table]) -> None:
    """Add to a class of views a property for each column of its table that the class does not define itself."""
    for name, column in table.columns().items():
        if name not in vars(agent_class):
            setattr(agent_class, name, _make_column_property(name, column))
