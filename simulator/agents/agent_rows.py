"""A sequence of rows of one table: a view per row on demand, whole columns read and written at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from random import Random
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from mesa.agent import AgentSet

from ..i18n.translation import shorten_fact
from .agent_view import AgentView, write_column

if TYPE_CHECKING:
    from .model import TerritoryModel


class AgentRows(AgentSet):
    """An ordered selection of rows of one table: a sequence and a set of agents, with views created on access.

    rows: int64[n], row numbers in the table. Every view is an instance of `agent_class`.
    """

    def __init__(self, model: TerritoryModel, agent_class: type[AgentView], rows: np.ndarray) -> None:
        # AgentSet.__init__ is not called: it would take one object for each resident.
        self.model, self.agent_class = model, agent_class
        self.rows = np.asarray(rows, np.int64)

    # sequence and set
    @property
    def random(self) -> Random:  # type: ignore[override]
        """The model's random generator, as in AgentSet. Phases never use it: they draw keyed random numbers."""
        return self.model.random

    def __len__(self) -> int:
        return int(self.rows.size)

    def __iter__(self) -> Iterator[Any]:
        return (self.model.get_view(self.agent_class, row) for row in self.rows.tolist())

    def __getitem__(self, item: Any) -> Any:
        """The view at a position of the sequence, or a list of views for a slice."""
        if isinstance(item, slice):
            return list(self._with(self.rows[item]))
        return self.model.get_view(self.agent_class, int(self.rows[item]))

    def __contains__(self, agent: object) -> bool:
        same_kind = isinstance(agent, self.agent_class) and agent.model is self.model
        return same_kind and bool((self.rows == agent.row).any())  # type: ignore[attr-defined]

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Set) and len(self) == len(other) and set(self) == set(other))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {len(self)} {self.agent_class.__name__}>"

    def index(self, value: object, start: int = 0, stop: int | None = None) -> int:
        """Position of a view in the sequence. ValueError if it is not in it."""
        if value not in self:
            raise ValueError(f"{shorten_fact(str(value))} is not in {self}")
        position = int(np.flatnonzero(self.rows == value.row)[0])  # type: ignore[attr-defined]
        return range(len(self))[start:stop].index(position)

    def count(self, value: object) -> int:
        """1 if the view is in the sequence, else 0."""
        return int(value in self)

    def add(self, agent: Any) -> None:
        """Always TypeError: the population is fixed during a run. `discard`, `remove`, `pop` and `clear` likewise."""
        raise TypeError(f"{self}: the population is fixed during a run, nobody is added or removed; `select` gives a "
                        "part of it")

    def discard(self, agent: Any) -> None:
        """Always TypeError, as `add`."""
        self.add(agent)

    def remove(self, agent: Any) -> None:
        """Always TypeError, as `add`."""
        self.add(agent)

    def _update(self, agents: Iterable[Any]) -> Any:
        self.add(agents)

    def __getstate__(self) -> dict[str, Any]:
        return dict(self.__dict__)

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)

    def to_list(self) -> list[Any]:
        """A list of all views."""
        return list(self)

    def copy(self) -> Self:
        """A new sequence of the same rows."""
        return self._with(self.rows.copy())

    def at(self, rows: Any) -> Self:
        """A sequence of these rows of the table, in this order, whether or not they belong to this sequence."""
        return self._with(np.atleast_1d(np.asarray(rows)))

    def _with(self, rows: np.ndarray, inplace: bool = False) -> Self:
        if inplace:
            self.rows = np.asarray(rows, np.int64)
            return self
        return type(self)(self.model, self.agent_class, rows)

    def _from_iterable(self, views: Iterable[AgentView]) -> Self:  # type: ignore[override]
        return self._with(np.array(list(dict.fromkeys(view.row for view in views)), np.int64))

    # whole columns
    @property
    def _table(self) -> Any:
        return getattr(self.model.world, self.agent_class.TABLE)

    def _is_column(self, name: Any) -> bool:
        """True if the name means the table's column, and no subclass outside this package has redefined it."""
        if not isinstance(name, str) or name not in self._table.columns():
            return False
        definer = next(base for base in self.agent_class.__mro__ if name in vars(base))
        return definer.__module__.startswith(__package__ or "")

    def array(self, name: str) -> np.ndarray:
        """A copy of one column at these rows, as a numpy array. AttributeError if there is no such column."""
        if name not in self._table.columns():
            raise AttributeError(f"{self.agent_class.TABLE} has no column {shorten_fact(name)}")
        return self._table.arrays()[name][self.rows]

    def _get_values(self, name: str, missing: str, default: Any) -> list[Any]:
        if self._is_column(name):
            array = self.array(name)
            return array.tolist() if array.ndim == 1 else list(array)
        if missing == "error":
            return [getattr(view, name) for view in self]
        return [getattr(view, name, default) for view in self]

    def get(self, attr_names: str | list[str], handle_missing: str = "error", default_value: Any = None) -> list[Any]:
        """Values of one attribute, or for several a list of values per agent. AttributeError if one is missing."""
        if handle_missing not in ("error", "default"):
            raise ValueError(f"Unknown handle_missing option: {shorten_fact(handle_missing)}, should be one of "
                             "'error' or 'default'")
        if isinstance(attr_names, str):
            return self._get_values(attr_names, handle_missing, default_value)
        parts = [self._get_values(name, handle_missing, default_value) for name in attr_names]
        return [list(values) for values in zip(*parts, strict=True)] if parts else [[] for _ in range(len(self))]

    def set(self, attr_name: str, value: Any) -> Self:
        """Set one attribute to the same value for every agent. Columns can be set between steps only.

        ValueError for a value outside the column's range; AttributeError during a step, or for a read-only column.
        """
        if self._is_column(attr_name):
            write_column(self.model, self.agent_class, attr_name, self.rows, value)
        else:
            for view in self:
                setattr(view, attr_name, value)
        return self

    def agg(self, attribute: str, func: Callable[..., Any] | Iterable[Callable[..., Any]]) -> Any:
        """A function of the list of an attribute's values; a list of results for several functions."""
        values: Any = self.get(attribute)
        return func(values) if callable(func) else [function(values) for function in func]
