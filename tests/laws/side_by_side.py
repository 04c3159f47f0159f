"""Two territories in one world: the same place twice, under two realms, too far apart to meet."""

from __future__ import annotations

import numpy as np

from simulator.kernel.table import Table
from simulator.world.places.atlas import Atlas
from simulator.world.snapshot import KINDS
from simulator.world.world import World

REALM = 24
"""Bits below a realm in a uid: where communes hold theirs, so that a realm is one more commune number."""
APART = 1024.0
"""Kilometres between the two; a power of two, so that nothing is rounded on the way."""
METRES = 1024.0
"""Coordinates are put on a grid of 1/1024 km first, for the same reason."""
ROWS = {"households": ("people.household",), "buildings": ("people.building", "households.building"),
        "neighbourhoods": ("people.neighbourhood", "buildings.neighbourhood", "sites.neighbourhood"),
        "communes": ("people.commune", "neighbourhoods.commune", "sites.commune", "institutions.commune"),
        "sites": ("people.candidate", "people.member", "people.waiting", "people.loan"),
        "people": ("ties.other.first", "ties.other.rest", "households.first", "households.lead")}
"""Columns that hold rows of a table; -1 is nobody."""
FIRSTS = {"neighbourhoods.first_building": "buildings", "buildings.first_household": "households"}
ROLLS = {"neighbourhoods.first_adult": "place_roll", "buildings.first_adult": "roll"}
IDENTITY = ("uid", "feeder")


def realm(world: World, shift: int) -> World:
    """The same place on the grid of metres, every uid `shift` commune numbers higher: other luck for everybody."""
    other = world.copy()
    for table in other.tables().values():
        with table.lend(table.columns()):
            for column, array in table.arrays().items():
                if column in IDENTITY:
                    array += array.dtype.type(shift << REALM)
                if column in ("x", "y"):
                    array[...] = np.round(array * METRES) / METRES
    return other


def moves(one: World) -> dict[str, int]:
    """Column to what is added to the rows it holds when `one` stands before its table."""
    out = {column: one.tables()[table].rows for table, columns in ROWS.items() for column in columns}
    out |= {column: one.tables()[table].rows for column, table in FIRSTS.items()}
    return out | {column: len(getattr(one, roll)) for column, roll in ROLLS.items()}


def shifted(name: str, array: np.ndarray, by: dict[str, int], sign: int) -> np.ndarray:
    """A column of the second place as it stands behind the first (sign 1), or back as it was alone (sign -1)."""
    if name.endswith((".x", ".y")):
        return array + np.float32(sign * APART if name.endswith(".x") else 0)
    step = sign * by.get(name, 0)
    return np.where(array >= 0, array + step, array).astype(array.dtype) if step else array


def beside(one: World, two: World) -> World:
    """Both places in one world: rows of the second behind those of the first, APART kilometres further east."""
    by, tables = moves(one), {}
    for name, table in one.tables().items():
        columns = {column: np.concatenate([array, shifted(f"{name}.{column}", there, by, 1)])
                   for (column, array), there in zip(table.arrays().items(), two.tables()[name].arrays().values(),
                                                     strict=True)}
        tables[name] = KINDS[name](len(columns[next(iter(columns))]), **columns)
    people = one.people.rows
    rolls = {name: np.concatenate([getattr(one, name), getattr(two, name) + np.int32(people)])
             for name in ("roll", "place_roll")}
    return World(one.settings, one.key, **tables, **rolls, atlas=_map(one))


def _map(one: World) -> Atlas:
    """The first place's raster, a gap, and the second's, which is the same with other rows."""
    here = one.atlas
    gap = np.full((here.cells.shape[0], round(APART / here.size) - here.cells.shape[1]), -1, np.int32)
    there = np.where(here.cells >= 0, here.cells + np.int32(one.neighbourhoods.rows), here.cells)
    return Atlas(np.hstack([here.cells, gap, there]), here.x0, here.y0, here.size)


def half(both: World, alone: World, first: World | None = None) -> list[str]:
    """Columns of one place that are not the same to the last bit beside another as alone. first: who stands before."""
    by = moves(first) if first is not None else {}
    out = []
    for name, table in alone.tables().items():
        begin = first.tables()[name].rows if first is not None else 0
        mine: Table = both.tables()[name]
        for column, array in table.arrays().items():
            part = mine.arrays()[column][begin:begin + table.rows]
            back = shifted(f"{name}.{column}", part, by, -1) if first is not None else part
            if back.tobytes() != array.tobytes():
                out.append(f"{name}.{column}")
    return out
