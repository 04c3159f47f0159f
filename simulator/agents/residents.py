"""Agents as a lazy sequence with the manners of Mesa's AgentSet: views on demand, whole columns where possible."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from . import network
from .grouping import Groups
from .rows import Rows

if TYPE_CHECKING:
    import networkx


class Views(Rows):
    """Rows of one table with the manners of a mesa AgentSet of those agents.

    What names a column (`get`, `agg`, `sort`, `groupby`, `set` with an attribute's name) reads or writes whole columns;
    what takes a function makes a view per row. The population is fixed: there is no add, discard or remove.
    `array(name)` gives a column as numpy, `at(rows)` a part by row numbers, `select` also takes an array of booleans.
    """

    # parts and orders
    def select(self, filter_func: Any = None, at_most: float = float("inf"), inplace: bool = False,
               agent_type: type | None = None) -> Self:
        """Those for whom filter_func(view) holds (or where a bool array is true), the first `at_most` of them.

        A float at_most of 1.0 or less is a share of all, as in AgentSet.
        """
        if isinstance(at_most, float) and at_most <= 1.0:
            at_most = int(len(self) * at_most)
        rows = self.rows
        if agent_type is not None and not issubclass(self.kind, agent_type):
            rows = rows[:0]
        elif isinstance(filter_func, np.ndarray):
            rows = rows[filter_func]
        elif filter_func is not None:
            rows = np.array([view.row for view in self if filter_func(view)], np.int64)
        return self._with(rows if at_most == float("inf") else rows[: max(0, int(at_most))], inplace)

    def shuffle(self, inplace: bool = False) -> Self:
        """In random order, by the model's own random."""
        rows = self.rows.tolist()
        self.random.shuffle(rows)
        return self._with(np.array(rows, np.int64), inplace)

    def sort(self, key: Callable[[Any], Any] | str, ascending: bool = False, inplace: bool = False) -> Self:
        """In the order of an attribute or function, largest first unless `ascending`; equals keep their order."""
        keys = self.get(key) if isinstance(key, str) else [key(view) for view in self]
        order = sorted(range(len(self)), key=keys.__getitem__, reverse=not ascending)
        return self._with(self.rows[order], inplace)

    def groupby(self, by: Callable[[Any], Any] | str, result_type: str = "agentset") -> Groups:
        """Groups by an attribute or function, each of the same kind as this (or a plain list for "list")."""
        keys = self.get(by) if isinstance(by, str) else [by(view) for view in self]
        places: dict[Any, list[int]] = {}
        for place, name in enumerate(keys):
            places.setdefault(name, []).append(place)
        parts = {name: self._with(self.rows[where]) for name, where in places.items()}
        return Groups(parts if result_type == "agentset" else {name: list(part) for name, part in parts.items()})

    # to each
    def do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> Self:
        """Call a method, by name or as a function of the view, on each."""
        self.map(method, *args, **kwargs)
        return self

    def shuffle_do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> Self:
        """The same in random order."""
        self.shuffle().do(method, *args, **kwargs)
        return self

    def map(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> list[Any]:
        """The same, with the list of results."""
        if isinstance(method, str):
            return [getattr(view, method)(*args, **kwargs) for view in self]
        return [method(view, *args, **kwargs) for view in self]


class Residents(Views):
    """The residents: `model.agents` holds the living, `model.residents` every row (residents[row] is that row)."""

    def to_networkx(self, directed: bool = False, columns: Sequence[str] = network.WORN) -> networkx.Graph:
        """The ties between these residents as a NetworkX graph: nodes by uid, edges with `kind` and `trust`.

        `trust` is the mean of both sides', or with `directed` one's own in an edge each way. Households are no ties.
        """
        return network.to_networkx(self, directed, columns)
