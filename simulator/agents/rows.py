"""Rows of one table as an immutable sequence of views, and their columns read and written whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from random import Random
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from .view import View, write_column

if TYPE_CHECKING:
    from .model import TerritoryModel


class Rows(Set, Sequence):
    """Rows of one table, in order, each a view when looked at: a sequence and a set of agents at once."""

    def __init__(self, model: TerritoryModel, kind: type[View], rows: np.ndarray) -> None:
        self.model, self.kind = model, kind
        self.rows = np.asarray(rows, np.int64)

    # one by one
    @property
    def random(self) -> Random:
        """The model's own random, as in AgentSet. Phases never use it: their luck is keyed."""
        return self.model.random

    def __len__(self) -> int:
        return int(self.rows.size)

    def __iter__(self) -> Iterator[Any]:
        return (self.model.view(self.kind, row) for row in self.rows.tolist())

    def __getitem__(self, item: Any) -> Any:
        """The view at a place in the sequence, or a list of views for a slice."""
        if isinstance(item, slice):
            return list(self._with(self.rows[item]))
        return self.model.view(self.kind, int(self.rows[item]))

    def __contains__(self, agent: object) -> bool:
        mine = isinstance(agent, self.kind) and agent.model is self.model
        return mine and bool((self.rows == agent.row).any())  # type: ignore[attr-defined]

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Set) and len(self) == len(other) and set(self) == set(other))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {len(self)} {self.kind.__name__}>"

    def index(self, value: object, start: int = 0, stop: int | None = None) -> int:
        """Place of a view in the sequence. ValueError if it is not there."""
        if value not in self:
            raise ValueError(f"{value} is not in {self}")
        place = int(np.flatnonzero(self.rows == value.row)[0])  # type: ignore[attr-defined]
        return range(len(self))[start:stop].index(place)

    def count(self, value: object) -> int:
        """1 if the view is here, else 0."""
        return int(value in self)

    def to_list(self) -> list[Any]:
        """All views, as a list."""
        return list(self)

    def copy(self) -> Self:
        """The same rows in another sequence."""
        return self._with(self.rows.copy())

    def at(self, rows: Any) -> Self:
        """These rows of the table, in this order, whether or not they are in this sequence."""
        return self._with(np.atleast_1d(np.asarray(rows)))

    def _with(self, rows: np.ndarray, inplace: bool = False) -> Self:
        if inplace:
            self.rows = np.asarray(rows, np.int64)
            return self
        return type(self)(self.model, self.kind, rows)

    def _from_iterable(self, views: Iterable[View]) -> Self:  # type: ignore[override]
        return self._with(np.array(list(dict.fromkeys(view.row for view in views)), np.int64))

    # whole columns
    @property
    def _table(self) -> Any:
        return getattr(self.model.world, self.kind.TABLE)

    def _is_column(self, name: Any) -> bool:
        """True where a column's name stands for the column: not where a subclass gave it another meaning."""
        base = next((k for k in self.kind.__mro__ if name in vars(k)), None) if isinstance(name, str) else None
        return base is not None and name in self._table.columns() and base.__module__.startswith(__package__ or "")

    def array(self, name: str) -> np.ndarray:
        """One column at these rows, as a numpy array of its own. AttributeError if there is no such column."""
        if name not in self._table.columns():
            raise AttributeError(f"{self.kind.TABLE} has no column {name}")
        return self._table.arrays()[name][self.rows]

    def _values(self, name: str, missing: str, default: Any) -> list[Any]:
        if self._is_column(name):
            array = self.array(name)
            return array.tolist() if array.ndim == 1 else list(array)
        if missing == "error":
            return [getattr(view, name) for view in self]
        return [getattr(view, name, default) for view in self]

    def get(self, attr_names: str | list[str], handle_missing: str = "error", default_value: Any = None) -> list[Any]:
        """Values of one attribute, or a list of values per agent for several. AttributeError if one is missing."""
        if handle_missing not in ("error", "default"):
            raise ValueError(f"Unknown handle_missing option: {handle_missing}, should be one of 'error' or 'default'")
        if isinstance(attr_names, str):
            return self._values(attr_names, handle_missing, default_value)
        parts = [self._values(name, handle_missing, default_value) for name in attr_names]
        return [list(values) for values in zip(*parts, strict=True)] if parts else [[] for _ in range(len(self))]

    def set(self, attr_name: str, value: Any) -> Self:
        """Give one attribute the same value everywhere; a column's range is checked, and only between steps.

        ValueError out of range; AttributeError during a step, or for a column other tables depend on.
        """
        if self._is_column(attr_name):
            write_column(self.model, self.kind, attr_name, self.rows, value)
        else:
            for view in self:
                setattr(view, attr_name, value)
        return self

    def agg(self, attribute: str, func: Callable[..., Any] | Iterable[Callable[..., Any]]) -> Any:
        """One function of an attribute's values, or a list of results for several."""
        values: Any = self.get(attribute)
        return func(values) if callable(func) else [one(values) for one in func]
