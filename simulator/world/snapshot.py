"""Save a world to one file and load it again, bit for bit. A file is written whole or not at all."""

from __future__ import annotations

import io
import json
import os
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from ..i18n.translation import Message
from ..parameters import Model
from .places.place import Buildings, Communes, Households, Neighbourhoods
from .places.raster import NeighbourhoodRaster
from .population.people import People, Ties
from .sites.site import Institutions, Sites
from .world import World

SNAPSHOT_FORMAT = 4
LAST_OLDER_RELEASE = "0.6.0"
"""The last release that wrote an older format."""
TABLE_CLASSES = {"communes": Communes, "neighbourhoods": Neighbourhoods, "buildings": Buildings,
                 "households": Households, "people": People, "ties": Ties, "sites": Sites,
                 "institutions": Institutions}
MEMBER_TIMESTAMP = (2025, 1, 1, 0, 0, 0)
"""Time stamp of every member of the archive, so that the same world gives the same file."""


def save_world(world: World, path: str | Path) -> Path:
    """Write the world as one .npz file and return its path. It is written beside `path` and then renamed."""
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with open(temporary, "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
                for name, array in _collect_arrays(world).items():
                    _write_member(archive, name, array)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)
    return target


def load_world(path: str | Path, settings: Model) -> World:
    """The world saved at `path`, for a run with the same parameters.

    ValueError if it is not a world, or was saved by another version, with other columns or with other parameters.
    """
    if not zipfile.is_zipfile(path):
        raise ValueError(Message("{path}: not a world kept by this program, or no such file: build it again",
                                 path=path))
    try:
        with np.load(path, allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
        about = json.loads(str(arrays.pop("about")))
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise ValueError(Message("{path}: not a world kept by this program ({why}): build it again", path=path,
                                 why=error)) from None
    _check_compatible(about, settings, path)
    tables: dict[str, Any] = {name: _restore_table(name, arrays, path) for name in TABLE_CLASSES}
    raster = NeighbourhoodRaster(arrays["raster.cells"], *about["raster"])
    key = (np.uint32(about["key"][0]), np.uint32(about["key"][1]))
    world = World(settings, key, **tables, adults_by_building=arrays["adults_by_building"],
                  adults_by_neighbourhood=arrays["adults_by_neighbourhood"], raster=raster)
    for name, array in world.ledger.arrays().items():
        array[...] = arrays[f"ledger.{name}"]
    world.day = int(about["day"])
    return world


def _serialise_settings(settings: Model) -> str:
    """The model's parameters as text, for comparison."""
    return json.dumps(asdict(settings), sort_keys=True)


def _collect_arrays(world: World) -> dict[str, np.ndarray]:
    """Everything a world is made of, as named arrays; what is not an array is JSON text under "about"."""
    raster = world.raster
    about = {"format": SNAPSHOT_FORMAT, "day": world.day, "key": [int(part) for part in world.key],
             "raster": [raster.x0, raster.y0, raster.size], "settings": _serialise_settings(world.settings)}
    out = {"about": np.array(json.dumps(about)), "adults_by_building": world.adults_by_building,
           "adults_by_neighbourhood": world.adults_by_neighbourhood, "raster.cells": raster.cells}
    out |= {f"ledger.{name}": array for name, array in world.ledger.arrays().items()}
    for name, table in world.tables().items():
        out |= {f"{name}.{column}": array for column, array in table.arrays().items()}
    return out


def _write_member(archive: zipfile.ZipFile, name: str, array: np.ndarray) -> None:
    """Write one array as a member of the archive, with a fixed time stamp."""
    member = zipfile.ZipInfo(f"{name}.npy", MEMBER_TIMESTAMP)
    if array.nbytes < 1 << 16:
        buffer = io.BytesIO()
        np.lib.format.write_array(buffer, np.asarray(array, order="C"), allow_pickle=False)
        archive.writestr(member, buffer.getvalue())
        return
    with archive.open(member, "w", force_zip64=True) as file:
        np.lib.format.write_array(file, np.asarray(array, order="C"), allow_pickle=False)


def _check_compatible(about: dict[str, Any], settings: Model, path: str | Path) -> None:
    """ValueError unless the file was saved by this version and with these parameters."""
    found = about.get("format")
    if isinstance(found, int) and found < SNAPSHOT_FORMAT:
        raise ValueError(Message("{path}: written by version {release} or earlier (format {found}): load it with that "
                                 "version, or build the world again here", path=path, release=LAST_OLDER_RELEASE,
                                 found=found))
    if found != SNAPSHOT_FORMAT:
        raise ValueError(Message("{path}: kept in format {found}: expected {expected}; build the world again",
                                 path=path, found=found, expected=SNAPSHOT_FORMAT))
    if about["settings"] != _serialise_settings(settings):
        raise ValueError(Message("{path}: kept with other numbers of the model than this run's: build the world "
                                 "again", path=path))


def _restore_table(name: str, arrays: dict[str, np.ndarray], path: str | Path) -> Any:
    """One table from its columns. ValueError for a column that is missing, unknown or of another type or shape."""
    columns = {full.partition(".")[2]: array for full, array in arrays.items() if full.partition(".")[0] == name}
    declared = TABLE_CLASSES[name](0).arrays()
    if set(columns) != set(declared):
        wrong = sorted(set(columns) ^ set(declared))[0]
        raise ValueError(Message("{path}: column {name} is missing or unknown: build the world again", path=path,
                                 name=f"{name}.{wrong}"))
    table = TABLE_CLASSES[name](len(next(iter(columns.values()))))
    for column, array in columns.items():
        target = table.arrays()[column]
        if target.dtype != array.dtype or target.shape != array.shape:
            raise ValueError(Message("{path}: column {name} has another type or shape: build the world again",
                                     path=path, name=f"{name}.{column}"))
        target[...] = array
    return table
