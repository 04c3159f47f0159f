"""A world kept in one file and taken up again, equal bit for bit; written whole or not at all."""

from __future__ import annotations

import io
import json
import os
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from ..parameters import Model
from .places.atlas import Atlas
from .places.place import Buildings, Communes, Households, Neighbourhoods
from .population.people import People, Ties
from .sites.site import Institutions, Sites
from .world import World

FORMAT = 2
KINDS = {"communes": Communes, "neighbourhoods": Neighbourhoods, "buildings": Buildings, "households": Households,
         "people": People, "ties": Ties, "sites": Sites, "institutions": Institutions}
MOMENT = (2025, 1, 1, 0, 0, 0)
"""Time stamp of every member, so that the same world gives the same file."""


def save(world: World, path: str | Path) -> Path:
    """Write the world as one .npz file through a temporary neighbour, and return its path."""
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with open(beside, "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as store:
                for name, array in _arrays(world).items():
                    _put(store, name, array)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, target)
    finally:
        beside.unlink(missing_ok=True)
    return target


def load(path: str | Path, settings: Model) -> World:
    """The world kept at `path`, for a run with the same numbers.

    ValueError if it is not a world, was kept by another version, with other columns, or with other numbers.
    """
    if not zipfile.is_zipfile(path):
        raise ValueError(f"{path}: not a world kept by this program, or no such file: build it again")
    try:
        with np.load(path, allow_pickle=False) as store:
            arrays = {name: store[name] for name in store.files}
        about = json.loads(str(arrays.pop("about")))
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise ValueError(f"{path}: not a world kept by this program ({error}): build it again") from None
    _recognise(about, settings, path)
    tables: dict[str, Any] = {name: _table(name, arrays, path) for name in KINDS}
    atlas = Atlas(arrays["atlas.cells"], *about["atlas"])
    key = (np.uint32(about["key"][0]), np.uint32(about["key"][1]))
    world = World(settings, key, **tables, roll=arrays["roll"], place_roll=arrays["place_roll"], atlas=atlas)
    for name, array in world.ledger.arrays().items():
        array[...] = arrays[f"ledger.{name}"]
    world.day = int(about["day"])
    return world


def _numbers(settings: Model) -> str:
    """The model's numbers as text, to recognise them."""
    return json.dumps(asdict(settings), sort_keys=True)


def _arrays(world: World) -> dict[str, np.ndarray]:
    """Everything a world is made of, as named arrays."""
    atlas = world.atlas
    about = {"format": FORMAT, "day": world.day, "key": [int(part) for part in world.key],
             "atlas": [atlas.x0, atlas.y0, atlas.size], "numbers": _numbers(world.settings)}
    out = {"about": np.array(json.dumps(about)), "roll": world.roll, "place_roll": world.place_roll,
           "atlas.cells": atlas.cells}
    out |= {f"ledger.{name}": array for name, array in world.ledger.arrays().items()}
    for name, table in world.tables().items():
        out |= {f"{name}.{column}": array for column, array in table.arrays().items()}
    return out


def _put(store: zipfile.ZipFile, name: str, array: np.ndarray) -> None:
    """One array as a member of the file, without a clock time."""
    member = zipfile.ZipInfo(f"{name}.npy", MOMENT)
    if array.nbytes < 1 << 16:
        buffer = io.BytesIO()
        np.lib.format.write_array(buffer, np.asarray(array, order="C"), allow_pickle=False)
        store.writestr(member, buffer.getvalue())
        return
    with store.open(member, "w", force_zip64=True) as file:
        np.lib.format.write_array(file, np.asarray(array, order="C"), allow_pickle=False)


def _recognise(about: dict[str, Any], settings: Model, path: str | Path) -> None:
    """ValueError unless the file was kept by this version and with these numbers."""
    if about.get("format") != FORMAT:
        raise ValueError(f"{path}: kept in format {about.get('format')}: expected {FORMAT}; build the world again")
    if about["numbers"] != _numbers(settings):
        raise ValueError(f"{path}: kept with other numbers of the model than this run's: build the world again")


def _table(name: str, arrays: dict[str, np.ndarray], path: str | Path) -> Any:
    """One table from its columns. ValueError for a column that is missing, unknown or of another type or shape."""
    columns = {full.partition(".")[2]: array for full, array in arrays.items() if full.partition(".")[0] == name}
    declared = KINDS[name](0).arrays()
    if set(columns) != set(declared):
        odd = sorted(set(columns) ^ set(declared))[0]
        raise ValueError(f"{path}: column {name}.{odd} is missing or unknown: build the world again")
    table = KINDS[name](len(next(iter(columns.values()))))
    for column, array in columns.items():
        mine = table.arrays()[column]
        if mine.dtype != array.dtype or mine.shape != array.shape:
            raise ValueError(f"{path}: column {name}.{column} has another type or shape: build the world again")
        mine[...] = array
    return table
