"""A project site as a Mesa agent: a view of one row of sites."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from ..world.sites.site import HOSTS, Sites
from .view import View, wear_columns

if TYPE_CHECKING:
    from .residents import Views


class Site(View):
    """One project site: garden, third place, cultural venue … Every column of sites is an attribute."""

    TABLE: ClassVar[str] = "sites"
    FIXED: ClassVar[frozenset[str]] = frozenset(
        {"uid", "neighbourhood", "commune", "open", "planned", "members", "pool", "kits", "reserve", "donated",
         "lost_kits", "kits_given"})

    @property
    def host_kind(self) -> str:
        """Who runs it: association, institution or co-governed."""
        return HOSTS[self.host]

    @property
    def people(self) -> Views:
        """The residents who belong to it."""
        return self.model.residents.at(np.flatnonzero(self.model.world.people.member == self.row))


wear_columns(Site, Sites)
