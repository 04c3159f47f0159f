"""A project site as a Mesa agent: a view of one row of sites."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from ..world.sites.site import HOSTS, Sites
from .agent_view import AgentView, add_column_properties

if TYPE_CHECKING:
    from .residents import AgentViewSet


class Site(AgentView):
    """A project site: garden, third place, cultural venue … Every column of the table sites is an attribute."""

    TABLE: ClassVar[str] = "sites"
    READ_ONLY_COLUMNS: ClassVar[frozenset[str]] = frozenset(
        {"uid", "neighbourhood", "commune", "open", "planned", "members", "pool", "kits", "reserve", "donated",
         "lost_kits", "kits_given"})

    @property
    def pos(self) -> tuple[float, float]:  # type: ignore[override]
        """Where the site is: (x, y), km."""
        return float(self.x), float(self.y)  # type: ignore[attr-defined]

    @property
    def host_kind(self) -> str:
        """Kind of host: association, institution or co-governed."""
        return HOSTS[self.host]

    @property
    def people(self) -> AgentViewSet:
        """The residents who are members."""
        return self.model.residents.at(np.flatnonzero(self.model.world.people.member == self.row))


add_column_properties(Site, Sites)
