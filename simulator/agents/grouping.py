"""Groups of agents as `groupby` returns them, with the interface of Mesa's GroupBy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any


class AgentGroups:
    """groups: name to agents, in the order in which the names first occur."""

    def __init__(self, groups: dict[Any, Any]) -> None:
        self.groups = groups

    def map(self, method: Callable[..., Any] | str, *args: Any, **kwargs: Any) -> dict[Any, Any]:
        """Name to the result of calling a method of the group, or a function on it."""
        if isinstance(method, str):
            return {name: getattr(group, method)(*args, **kwargs) for name, group in self.groups.items()}
        return {name: method(group, *args, **kwargs) for name, group in self.groups.items()}

    def do(self, method: Callable[..., Any] | str, *args: Any, **kwargs: Any) -> AgentGroups:
        """As `map`, but without the results; returns the groups."""
        self.map(method, *args, **kwargs)
        return self

    def count(self) -> dict[Any, int]:
        """Name to the number of agents."""
        return {name: len(group) for name, group in self.groups.items()}

    def agg(self, attr_name: str, func: Callable[..., Any]) -> dict[Any, Any]:
        """Name to a function of the list of the agents' values of one attribute."""
        return {name: func(group.get(attr_name) if hasattr(group, "get") else [getattr(a, attr_name) for a in group])
                for name, group in self.groups.items()}

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        return iter(self.groups.items())

    def __len__(self) -> int:
        return len(self.groups)
