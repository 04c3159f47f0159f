"""A town hall as a Mesa agent: a view of one row of institutions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from ..world.sites.site import Institutions
from .agent_view import AgentView, add_column_properties

if TYPE_CHECKING:
    from .residents import AgentViewSet


class Institution(AgentView):
    """A commune's town hall with its social centre (CCAS). Every column of the table institutions is an attribute."""

    TABLE: ClassVar[str] = "institutions"
    READ_ONLY_COLUMNS: ClassVar[frozenset[str]] = frozenset({"commune", "residents"})

    @property
    def unique_id(self) -> int:  # type: ignore[override]
        """INSEE code of the commune."""
        return int(self.model.world.communes.code[self.commune])  # type: ignore[attr-defined]

    @property
    def people(self) -> AgentViewSet:
        """The residents it serves."""
        return self.model.residents.at(np.flatnonzero(self.model.world.people.commune == self.row))


add_column_properties(Institution, Institutions)
