"""Columns that the formation of ties reads, as tuples that compiled loops take whole."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...kernel.packed_tuple import pack_tuple
from ...world.world import World


class ProposerColumns(NamedTuple):
    """Columns of People, n rows."""

    uid: np.ndarray
    age: np.ndarray
    group: np.ndarray
    ses: np.ndarray
    household: np.ndarray
    building: np.ndarray
    neighbourhood: np.ndarray
    alive: np.ndarray
    far_kin: np.ndarray
    far_other: np.ndarray


def view_proposers(world: World) -> ProposerColumns:
    """The columns of residents, read-only."""
    return world.people.bundle(ProposerColumns)


class TieFormationPlaces(NamedTuple):
    """Coordinates of buildings, adults by building and neighbourhood, the raster of neighbourhoods, their support."""

    x: np.ndarray
    y: np.ndarray
    building_first_adult: np.ndarray
    building_adults: np.ndarray
    first: np.ndarray
    adults: np.ndarray
    adults_by_building: np.ndarray
    adults_by_neighbourhood: np.ndarray
    cells: np.ndarray
    x0: float
    y0: float
    size: float
    support: np.ndarray


def view_tie_formation_places(world: World) -> TieFormationPlaces:
    """The columns of places, read-only."""
    return world.keep(TieFormationPlaces, ("buildings", "neighbourhoods"), lambda: _pack_places(world))


def _pack_places(world: World) -> TieFormationPlaces:
    buildings, neighbourhoods, raster = world.buildings, world.neighbourhoods, world.raster
    first_adult, adults, support = neighbourhoods.views(("first_adult", "adults", "support"))
    places: TieFormationPlaces = pack_tuple(TieFormationPlaces(
        *buildings.views(("x", "y", "first_adult", "adults")), first_adult, adults, world.adults_by_building,
        world.adults_by_neighbourhood, raster.cells, float(raster.x0), float(raster.y0), float(raster.size),
        support))  # type: ignore[call-arg]
    return places
