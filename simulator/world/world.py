"""The world: every table of one territory, and who may write it now."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import numpy as np

from ..kernel.random import Key
from ..kernel.table import Loan, Table, arrays_of
from ..parameters import Model
from .ledger import Ledger
from .places.atlas import Atlas
from .places.place import Buildings, Communes, Households, Neighbourhoods
from .population.people import People, Ties
from .sites.site import Institutions, Sites

TABLES = ("communes", "neighbourhoods", "buildings", "households", "people", "ties", "sites", "institutions")


@cache
def _places(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Table and column of each name."""
    return [(table, column) for table, column in (name.split(".") for name in names)]


class World:
    """One territory as tables. Columns are read-only except inside `lend`.

    roll: int32[adults], rows of residents aged 15+ at the start, sorted by (building, uid); a building's part begins at
    Buildings.first_adult. place_roll: the same residents sorted by (neighbourhood, uid), from
    Neighbourhoods.first_adult. Picking the k-th of either does not depend on the order of rows.
    """

    def __init__(self, settings: Model, key: Key, communes: Communes, neighbourhoods: Neighbourhoods,
                 buildings: Buildings, households: Households, people: People, ties: Ties, sites: Sites,
                 institutions: Institutions, roll: np.ndarray,
                 place_roll: np.ndarray, atlas: Atlas) -> None:
        self.settings, self.key = settings, key
        self.communes, self.neighbourhoods, self.buildings = communes, neighbourhoods, buildings
        self.households, self.people, self.ties = households, people, ties
        self.sites, self.institutions = sites, institutions
        self.roll, self.place_roll, self.atlas = roll, place_roll, atlas
        self.ledger = Ledger()
        self.day = 0
        self.close()

    def tables(self) -> dict[str, Table]:
        """Name to table."""
        return {name: getattr(self, name) for name in TABLES}

    def close(self) -> None:
        """Make every column read-only."""
        for table in self.tables().values():
            table.close()

    def lend(self, names: Iterable[str]) -> Loan:
        """Make columns such as "people.agency" writeable for the length of a block."""
        return Loan(arrays_of(getattr(getattr(self, table), column) for table, column in _places(tuple(names))))

    def check(self) -> None:
        """ValueError naming the first value out of its column's range."""
        for table in self.tables().values():
            table.check()

    def copy(self) -> World:
        """A world with its own arrays; settings, roll and atlas, which never change, are shared."""
        tables = {name: table.copy() for name, table in self.tables().items()}
        other = World(self.settings, self.key, **tables, roll=self.roll,  # type: ignore[arg-type]
                      place_roll=self.place_roll, atlas=self.atlas)
        other.day = self.day
        return other
