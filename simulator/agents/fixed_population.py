"""A mesa.Model whose agents are rows of tables: views on demand, and a word for what a fixed population cannot do."""

from __future__ import annotations

from typing import Any
from weakref import WeakValueDictionary

import mesa

from .agent_view import AgentView


class FixedPopulation(mesa.Model):
    """Keeps the views that carry attributes of their own, and finds those that are held elsewhere."""

    steps: int
    """Steps played."""

    def __init__(self, seed: int) -> None:
        super().__init__(rng=seed)
        self._retained_views: dict[tuple[type[AgentView], int], AgentView] = {}
        self._live_views: WeakValueDictionary[tuple[type[AgentView], int], AgentView] = WeakValueDictionary()

    # what Mesa offers and a fixed population cannot do
    def register_agent(self, agent: Any) -> None:
        """Register an agent of another kind; TypeError for a resident, site or institution, which are rows."""
        if isinstance(agent, AgentView) or isinstance(agent, type):
            raise TypeError(f"{agent}: residents, sites and institutions are rows of tables; none can be registered")
        super().register_agent(agent)

    def deregister_agent(self, agent: Any) -> None:
        """Remove an agent of another kind; TypeError for a resident, site or institution."""
        if isinstance(agent, AgentView):
            raise TypeError(f"{agent}: residents, sites and institutions are rows of tables; none can be removed")
        super().deregister_agent(agent)

    def remove_all_agents(self) -> None:
        """Always TypeError: rows are never removed during a run."""
        raise TypeError("remove_all_agents: residents, sites and institutions are rows of tables; none can be removed")

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name != "_live_views"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._live_views = WeakValueDictionary(self._retained_views)

    def get_view(self, agent_class: type[AgentView], row: int) -> AgentView:
        """The view of one row, always the same object while anybody holds it or it carries attributes of its own."""
        key = agent_class, row
        view = self._live_views.get(key)
        if view is None:
            view = self._live_views[key] = agent_class(self, row)
        return view

    def retain_view(self, view: AgentView) -> None:
        """Keep a view until the end of the run. Called when an attribute that is no column is set on it."""
        self._retained_views[type(view), view.row] = view
