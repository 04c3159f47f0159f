"""Two territories in one world: the same territory twice, in two key spaces, too far apart to interact."""

from __future__ import annotations

import numpy as np

from simulator.kernel.table import Table
from simulator.world.places.raster import NeighbourhoodRaster
from simulator.world.snapshot import TABLE_CLASSES
from simulator.world.world import World

KEY_SPACE_SHIFT = 24
"""Bits below the key space in a uid: those of commune numbers, so that a key space is one more commune number."""
APART = 1024.0
"""Kilometres between the two; a power of two, so that moving them rounds nothing."""
METRES = 1024.0
"""Coordinates are put on a grid of 1/1024 km first, for the same reason."""
ROWS = {"households": ("people.household",), "buildings": ("people.building", "households.building"),
        "neighbourhoods": ("people.neighbourhood", "buildings.neighbourhood", "sites.neighbourhood"),
        "communes": ("people.commune", "neighbourhoods.commune", "sites.commune", "institutions.commune"),
        "sites": ("people.candidate", "people.member", "people.waiting", "people.loan"),
        "people": ("ties.alter.first", "ties.alter.rest", "households.first", "households.lead", "people.promise")}
"""Columns that hold rows of a table; -1 is nobody."""
FIRST_ROWS = {"neighbourhoods.first_building": "buildings", "buildings.first_household": "households"}
ADULT_LISTS = {"neighbourhoods.first_adult": "adults_by_neighbourhood", "buildings.first_adult": "adults_by_building"}
"""Columns that hold positions in a list of adults of the world."""
IDENTITY = ("uid", "feeder")
"""Columns that carry the key space."""


def shift_key_space(world: World, shift: int) -> World:
    """The territory on the grid of METRES, uids `shift` commune numbers higher: other random numbers for everybody."""
    other = world.copy()
    for table in other.tables().values():
        with table.writable(table.columns()):
            for column, array in table.arrays().items():
                if column in IDENTITY:
                    array += array.dtype.type(shift << KEY_SPACE_SHIFT)
                if column in ("x", "y"):
                    array[...] = np.round(array * METRES) / METRES
    return other


def row_shifts(one: World) -> dict[str, int]:
    """Column to what is added to the rows it holds when the tables of `one` come first."""
    out = {column: one.tables()[table].rows for table, columns in ROWS.items() for column in columns}
    out |= {column: one.tables()[table].rows for column, table in FIRST_ROWS.items()}
    return out | {column: len(getattr(one, adults)) for column, adults in ADULT_LISTS.items()}


def shift_column(name: str, array: np.ndarray, by: dict[str, int], sign: int) -> np.ndarray:
    """A column of the second territory as it is behind the first (sign 1), or as it was alone (sign -1)."""
    if name.endswith((".x", ".y")):
        return array + np.float32(sign * APART if name.endswith(".x") else 0)
    step = sign * by.get(name, 0)
    return np.where(array >= 0, array + step, array).astype(array.dtype) if step else array


def join_territories(one: World, two: World) -> World:
    """Both territories in one world: rows of the second behind those of the first, APART kilometres further east."""
    by, tables = row_shifts(one), {}
    for name, table in one.tables().items():
        columns = {column: np.concatenate([array, shift_column(f"{name}.{column}", second, by, 1)])
                   for (column, array), second in zip(table.arrays().items(), two.tables()[name].arrays().values(),
                                                      strict=True)}
        tables[name] = TABLE_CLASSES[name](len(columns[next(iter(columns))]), **columns)
    people = one.people.rows
    adults = {name: np.concatenate([getattr(one, name), getattr(two, name) + np.int32(people)])
              for name in ADULT_LISTS.values()}
    return World(one.settings, one.key, **tables, **adults, raster=_join_rasters(one))


def _join_rasters(one: World) -> NeighbourhoodRaster:
    """The first territory's raster, a gap, and the second's, which is the same with other rows."""
    first = one.raster
    gap = np.full((first.cells.shape[0], round(APART / first.size) - first.cells.shape[1]), -1, np.int32)
    second = np.where(first.cells >= 0, first.cells + np.int32(one.neighbourhoods.rows), first.cells)
    return NeighbourhoodRaster(np.hstack([first.cells, gap, second]), first.x0, first.y0, first.size)


def list_differences(both: World, alone: World, first: World | None = None) -> list[str]:
    """Columns of a territory that are not the same, to the last bit, in both as alone. first: the one before it."""
    by = row_shifts(first) if first is not None else {}
    out = []
    for name, table in alone.tables().items():
        begin = first.tables()[name].rows if first is not None else 0
        joined: Table = both.tables()[name]
        for column, array in table.arrays().items():
            part = joined.arrays()[column][begin:begin + table.rows]
            back = shift_column(f"{name}.{column}", part, by, -1) if first is not None else part
            if back.tobytes() != array.tobytes():
                out.append(f"{name}.{column}")
    return out
