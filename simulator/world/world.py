"""The world: every table of one territory, and write access to its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, TypeVar

import numpy as np

from ..kernel.keyed_random import RandomKey
from ..kernel.packed_tuple import pack_tuple
from ..kernel.table import Table, WriteAccess
from ..parameters import Model
from ..parameters.parameter import PACKING
from .ledger import Ledger
from .places.place import Buildings, Communes, Households, Neighbourhoods
from .places.raster import NeighbourhoodRaster
from .population.people import People, Ties
from .sites.site import Institutions, Sites

Kept = TypeVar("Kept")
TABLE_NAMES = ("communes", "neighbourhoods", "buildings", "households", "people", "ties", "sites", "institutions")


@cache
def _split_column_names(names: tuple[str, ...]) -> dict[str, list[str]]:
    """Table to columns, of names such as "people.agency"."""
    columns: dict[str, list[str]] = {}
    for table, column in (name.split(".") for name in names):
        columns.setdefault(table, []).append(column)
    return columns


def pack_numbers() -> None:
    """From now on parameters give their numbers packed, as compiled loops take them at the least cost."""
    PACKING[0] = pack_tuple


class World:
    """The state of one territory as tables. Columns are read-only except inside `with world.writable(names)`.

    adults_by_building: int32[adults], rows of residents aged 15+ at the start, sorted by (building, uid); those of a
    building begin at Buildings.first_adult. adults_by_neighbourhood: the same, sorted by (neighbourhood, uid), from
    Neighbourhoods.first_adult. So the k-th adult of a place does not depend on the order of rows.
    extra: columns of mechanisms of one's own, table.column to array.
    """

    def __init__(self, settings: Model, key: RandomKey, communes: Communes, neighbourhoods: Neighbourhoods,
                 buildings: Buildings, households: Households, people: People, ties: Ties, sites: Sites,
                 institutions: Institutions, adults_by_building: np.ndarray, adults_by_neighbourhood: np.ndarray,
                 raster: NeighbourhoodRaster) -> None:
        pack_numbers()
        self.settings, self.key = settings, key
        self.communes, self.neighbourhoods, self.buildings = communes, neighbourhoods, buildings
        self.households, self.people, self.ties = households, people, ties
        self.sites, self.institutions = sites, institutions
        self.adults_by_building, self.adults_by_neighbourhood = adults_by_building, adults_by_neighbourhood
        self.raster = raster
        self.ledger = Ledger()
        self.day = 0
        self._write_accesses = 0
        self._kept: dict[Any, tuple[tuple[tuple[str, object], ...], Any]] = {}
        self.extra: dict[str, np.ndarray] = {}
        self.close()

    def __getstate__(self) -> dict[str, Any]:
        """All but what is kept of arrays, which a copy has of its own."""
        return {**vars(self), "_kept": {}}

    def tables(self) -> dict[str, Table]:
        """Name to table."""
        return {name: getattr(self, name) for name in TABLE_NAMES}

    def close(self) -> None:
        """Make every column read-only."""
        for table in self.tables().values():
            table.close()

    def writable(self, names: Iterable[str]) -> WriteAccess:
        """Context manager: columns such as "people.agency" can be written inside its block."""
        self._write_accesses += 1
        names = tuple(names)
        columns = _split_column_names(names)
        return WriteAccess(self.keep(names, columns, lambda: [getattr(self, table).find_own_columns(own)
                                                              for table, own in columns.items()]))

    def keep(self, what: Any, tables: Iterable[str], build: Callable[[], Kept]) -> Kept:
        """What build() made of arrays of these tables, kept under `what` until one of the tables replaces its arrays.

        Calls of compiled loops need the same tuples of columns in every step.
        """
        found = self._kept.get(what)
        if found is not None:
            for table, layout in found[0]:
                if getattr(self, table).layout is not layout:
                    break
            else:
                kept: Kept = found[1]
                return kept
        made = build()
        self._kept[what] = tuple((table, getattr(self, table).layout) for table in tables), made
        return made

    @property
    def write_accesses(self) -> int:
        """How often columns were made writable: who compares two counts knows whether anybody wrote in between."""
        return self._write_accesses + sum(getattr(self, name).write_accesses for name in TABLE_NAMES)

    def is_open(self) -> bool:
        """True if any column can be written now."""
        columns = [array for table in self.tables().values() for array in table.arrays().values()]
        return any(array.flags.writeable for array in [*columns, *self.extra.values()])

    def check(self) -> None:
        """ValueError naming the first column with a value out of its range."""
        for table in self.tables().values():
            table.check()

    def copy(self) -> World:
        """A world with its own tables; settings, lists of adults and raster never change and are shared."""
        tables: dict[str, Any] = {name: table.copy() for name, table in self.tables().items()}
        other = World(self.settings, self.key, **tables, adults_by_building=self.adults_by_building,
                      adults_by_neighbourhood=self.adults_by_neighbourhood, raster=self.raster)
        other.day = self.day
        other.extra = {name: array.copy() for name, array in self.extra.items()}
        for array in other.extra.values():
            array.flags.writeable = False
        return other
