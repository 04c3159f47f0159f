"""The territory as a continuous space of Mesa, so that SolaraViz and Mesa's drawing functions show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import mesa.space
import numpy as np

from .agent_view import AgentView

if TYPE_CHECKING:
    from .model import TerritoryModel

MARGIN_KM = 0.1
"""Room around the outermost buildings, km."""


class TerritorySpace(mesa.space.ContinuousSpace):
    """Residents where they live and sites where they are; positions in km. Nobody moves.

    `agents` are the living residents, then the open sites, in order of rows.
    """

    def __init__(self, model: TerritoryModel) -> None:
        self.model = model
        tables = (model.world.buildings, model.world.sites)
        (west, east), (south, north) = (find_bounds(getattr(table, axis) for table in tables) for axis in ("x", "y"))
        super().__init__(east + MARGIN_KM, north + MARGIN_KM, False, west - MARGIN_KM, south - MARGIN_KM)

    @property
    def agents(self) -> Any:
        """A list of the living residents and the open sites."""
        sites = self.model.sites
        return [*self.model.agents, *sites.select(sites.array("open") > 0)]

    def get_neighbors(self, pos: tuple[float, float], radius: float, include_center: bool = True) -> list[AgentView]:
        """Agents within `radius` km of a position. include_center: also those that are exactly there."""
        found = [(agent, float(np.hypot(agent.pos[0] - pos[0], agent.pos[1] - pos[1]))) for agent in self.agents]
        return [agent for agent, distance in found if distance <= radius and (include_center or distance > 0)]

    def place_agent(self, agent: Any, pos: Any) -> None:
        """Always TypeError: where people live and sites are is fixed."""
        raise TypeError("residents and sites have their place from the start: nobody is placed, moved or removed")

    move_agent = place_agent

    def remove_agent(self, agent: Any) -> None:
        """Always TypeError, as place_agent."""
        self.place_agent(agent, None)

    def __iter__(self) -> Iterator[AgentView]:
        return iter(self.agents)


def find_bounds(columns: Iterable[np.ndarray]) -> tuple[float, float]:
    """Least and greatest value of some columns."""
    values = np.concatenate(list(columns))
    return float(values.min()), float(values.max())
