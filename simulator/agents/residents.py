"""Agents as a lazy sequence with the interface of Mesa's AgentSet: views on demand, whole columns where possible."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from . import network
from .agent_rows import AgentRows
from .grouping import AgentGroups

if TYPE_CHECKING:
    import networkx


class AgentViewSet(AgentRows):
    """Rows of one table with the interface of a mesa AgentSet of those agents.

    Methods called with a column's name (`get`, `agg`, `sort`, `groupby`, `set`) read or write whole columns; with a
    function they create a view per row. The population is fixed: there is no add, discard or remove. Beyond AgentSet,
    `array(name)` returns a column as a NumPy array, `at(rows)` selects by row numbers, `select` also takes bool[n].
    """

    # selecting and ordering
    def select(self, filter_func: Any = None, at_most: float = float("inf"), inplace: bool = False,
               agent_type: type | None = None) -> Self:
        """The first `at_most` agents for which filter_func(view) is true (or at which a bool array is true).

        A float at_most of 1.0 or less is a share of all agents, as in AgentSet.
        """
        if isinstance(at_most, float) and at_most <= 1.0:
            at_most = int(len(self) * at_most)
        rows = self.rows
        if agent_type is not None and not issubclass(self.agent_class, agent_type):
            rows = rows[:0]
        elif isinstance(filter_func, np.ndarray):
            rows = rows[filter_func]
        elif filter_func is not None:
            rows = np.array([view.row for view in self if filter_func(view)], np.int64)
        return self._with(rows if at_most == float("inf") else rows[: max(0, int(at_most))], inplace)

    def shuffle(self, inplace: bool = False) -> Self:
        """In random order, drawn from the model's `random`."""
        rows = self.rows.tolist()
        self.random.shuffle(rows)
        return self._with(np.array(rows, np.int64), inplace)

    def sort(self, key: Callable[[Any], Any] | str, ascending: bool = False, inplace: bool = False) -> Self:
        """Sorted by an attribute or a function of the view, largest first unless `ascending`. The sort is stable."""
        keys = self.get(key) if isinstance(key, str) else [key(view) for view in self]
        order = sorted(range(len(self)), key=keys.__getitem__, reverse=not ascending)
        return self._with(self.rows[order], inplace)

    def groupby(self, by: Callable[[Any], Any] | str, result_type: str = "agentset") -> AgentGroups:
        """Groups by an attribute or a function of the view, each a set like this (a list for result_type "list")."""
        keys = self.get(by) if isinstance(by, str) else [by(view) for view in self]
        positions: dict[Any, list[int]] = {}
        for position, key in enumerate(keys):
            positions.setdefault(key, []).append(position)
        groups = {key: self._with(self.rows[found]) for key, found in positions.items()}
        return AgentGroups(groups if result_type == "agentset" else {key: list(group) for key, group in groups.items()})

    # calling each agent
    def do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> Self:
        """Call a method, given by name or as a function of the view, on each agent; returns this set."""
        self.map(method, *args, **kwargs)
        return self

    def shuffle_do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> Self:
        """As `do`, in random order."""
        self.shuffle().do(method, *args, **kwargs)
        return self

    def map(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> list[Any]:
        """As `do`, but returns the list of results."""
        if isinstance(method, str):
            return [getattr(view, method)(*args, **kwargs) for view in self]
        return [method(view, *args, **kwargs) for view in self]


class Residents(AgentViewSet):
    """Residents: `model.agents` are the living ones, `model.residents` all of them (residents[row] is that row)."""

    def to_networkx(self, directed: bool = False, columns: Sequence[str] = network.NODE_COLUMNS, *,
                    household: bool = False, off_map: bool = False) -> networkx.Graph:
        """The ties between these residents as a NetworkX graph: uids as nodes, edges with `kind` and `trust`.

        `trust` is the mean of both sides, or if `directed` one's own, with an edge each way. Members of one household
        have no ties; `household` adds an edge for each pair of them, `off_map` an edge and a node for each tie with
        somebody beyond the map.
        """
        return network.residents_to_networkx(self, directed, columns, household=household, off_map=off_map)
