"""A town hall as a Mesa agent: a view of one row of institutions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from ..world.sites.site import Institutions
from .view import View, wear_columns

if TYPE_CHECKING:
    from .residents import Views


class Institution(View):
    """One commune's town hall with its social centre (CCAS). Every column of institutions is an attribute."""

    TABLE: ClassVar[str] = "institutions"
    FIXED: ClassVar[frozenset[str]] = frozenset({"commune", "residents"})

    @property
    def unique_id(self) -> int:  # type: ignore[override]
        """INSEE code of its commune."""
        return int(self.model.world.communes.code[self.commune])  # type: ignore[attr-defined]

    @property
    def people(self) -> Views:
        """The residents it serves."""
        return self.model.residents.at(np.flatnonzero(self.model.world.people.commune == self.row))


wear_columns(Institution, Institutions)
