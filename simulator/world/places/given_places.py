"""Where the households of a given population live: their commune and neighbourhood on the map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ...i18n.translation import Message
from ...kernel import random_streams
from ...kernel.keyed_random import make_random_key
from ..population.communes import lonlats_to_km
from ..population.given_population import GivenPopulation
from ..population.random_columns import draw_uniform_columns
from .layout import CommuneLayout
from .selection import KNOWN_COMMUNE_RADII, REACH_RADII
from .territory import Territory

MAX_SIZE_RATIO = 2.0
"""A given population has at most this many times the official number of residents, and at least its inverse."""
UNPLACED = -1


@dataclass
class HomePositions:
    """The households of one commune. rows: in the given population. neighbourhood: index within the commune.

    x, y: float64, km east and north of the map's origin, NaN where unknown.
    """

    rows: np.ndarray
    neighbourhood: np.ndarray
    x: np.ndarray
    y: np.ndarray


def place_given_population(given: GivenPopulation, layouts: Mapping[int, CommuneLayout], territory: Territory,
                           masks: Mapping[int, np.ndarray]) -> dict[int, HomePositions]:
    """Where the households of each commune live. ValueError where they do not fit the territory, or are not loaded.

    masks: the neighbourhoods of the territory, as `select_neighbourhoods` gives them.
    """
    if given.households is None:
        raise ValueError(Message("this run was made with a population of one's own (content {digest}): give the same "
                                 "to load it", digest=given.digest))
    placed = place_households(given, layouts, territory)
    check_population_size(given, layouts, placed, masks)
    return placed


def place_households(given: GivenPopulation, layouts: Mapping[int, CommuneLayout],
                     territory: Territory) -> dict[int, HomePositions]:
    """Code of each commune of the territory to its households. ValueError for a place that is not where it should be.

    A household without commune belongs to the one whose neighbourhood is nearest. Within a commune its IRIS counts,
    else its position, else chance, the same for every seed. Households elsewhere are left out.
    """
    codes = list(territory.margins())
    assert given.households is not None
    x, y = lonlats_to_km(given.households["lon"], given.households["lat"], territory.origin)
    commune = _find_communes(given, layouts, codes, x, y)
    placed = {}
    for code in codes:
        rows = np.flatnonzero(commune == code)
        if not len(rows):
            raise ValueError(Message(
                "population {name}: no household in commune {code}; its communes: {found}. Give all communes of the "
                "territory, or a smaller territory", name=given.name, code=f"{code:05d}",
                found=tuple(f"{one:05d}" for one in np.unique(commune[commune > 0])[:5]) or Message("none",
                                                                                                   context="list")))
        place = _find_neighbourhoods(given, layouts[code], rows, x[rows], y[rows])
        placed[code] = HomePositions(rows, place, x[rows], y[rows])
    return placed


def _find_communes(given: GivenPopulation, layouts: Mapping[int, CommuneLayout], codes: list[int], x: np.ndarray,
                   y: np.ndarray) -> np.ndarray:
    """int64[households]: code of the commune of each, 0 where it lies in none of the layouts."""
    assert given.households is not None
    commune = given.households["commune"].astype(np.int64)
    if len(codes) == 1:
        commune[(commune == 0) & np.isnan(x)] = codes[0]
    lost = int(((commune == 0) & np.isnan(x)).sum())
    if lost:
        raise ValueError(Message("population {name}: {n} households have neither commune, IRIS nor position, and the "
                                 "territory has several communes; add a column commune", name=given.name, n=lost))
    unknown = np.flatnonzero((commune == 0) & ~np.isnan(x))
    if len(unknown):
        found, reach = np.zeros(len(unknown), np.int64), np.full(len(unknown), np.inf)
        for code, layout in layouts.items():
            _, distance = _find_nearest(layout, x[unknown], y[unknown])
            closer = (distance < reach) & (distance <= REACH_RADII)
            found[closer], reach[closer] = code, distance[closer]
        commune[unknown] = found
    return commune


def _find_nearest(layout: CommuneLayout, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """int64[n] nearest neighbourhood of each position, float64[n] distance in its radii."""
    nearest, least = np.zeros(len(x), np.int64), np.full(len(x), np.inf)
    for index in range(len(layout.uid)):
        distance = np.hypot(x - layout.x[index], y - layout.y[index]) / layout.radius[index]
        closer = distance < least
        nearest[closer], least[closer] = index, distance[closer]
    return nearest, least


def _find_neighbourhoods(given: GivenPopulation, layout: CommuneLayout, rows: np.ndarray, x: np.ndarray,
                         y: np.ndarray) -> np.ndarray:
    """int64[households]: neighbourhood of each household of one commune."""
    assert given.households is not None
    place = _find_iris(given, layout, given.households["iris"][rows], x)
    placed_by_map = (place == UNPLACED) & ~np.isnan(x)
    nearest, distance = _find_nearest(layout, x[placed_by_map], y[placed_by_map])
    if len(distance) and distance.max() > KNOWN_COMMUNE_RADII:
        worst = np.flatnonzero(placed_by_map)[int(np.argmax(distance))]
        raise ValueError(Message(
            "population {name}: a household of commune {code} lies far from it, at {lon}, {lat}; expected longitude "
            "and latitude of a place in the commune", name=given.name, code=f"{layout.margins.code:05d}",
            lon=round(float(given.households["lon"][rows[worst]]), 5),
            lat=round(float(given.households["lat"][rows[worst]]), 5)))
    place[placed_by_map] = nearest
    left = np.flatnonzero(place == UNPLACED)
    if len(left):
        share = np.cumsum(layout.people) / layout.people.sum()
        draw = draw_uniform_columns(make_random_key(0), layout.base + left, random_streams.HOUSEHOLD, 6)[:, 0]
        place[left] = np.searchsorted(share[:-1], draw)
    return place


def _find_iris(given: GivenPopulation, layout: CommuneLayout, iris: np.ndarray, x: np.ndarray) -> np.ndarray:
    """int64[households]: neighbourhood by the code of the IRIS, UNPLACED without a code that is known.

    The generator's neighbourhoods are no IRIS, but households of one IRIS stay together.
    """
    place, has = np.full(len(iris), UNPLACED), iris != ""
    if layout.iris_data:
        known = {one.code: index for index, one in enumerate(layout.iris_data)}
        place = np.array([known.get(str(code), UNPLACED) for code in iris], np.int64)
        lost = np.flatnonzero((place == UNPLACED) & has & np.isnan(x))
        if len(lost):
            raise ValueError(Message("population {name}: IRIS {code} is none of those of the territory; leave it "
                                     "empty, or give longitude and latitude", name=given.name,
                                     code=str(iris[lost[0]])))
    elif has.any():
        codes = np.unique(iris[has])
        place[has] = np.searchsorted(codes, iris[has]) * len(layout.uid) // len(codes)
    return place


def check_population_size(given: GivenPopulation, layouts: Mapping[int, CommuneLayout],
                          placed: Mapping[int, HomePositions], masks: Mapping[int, np.ndarray]) -> None:
    """ValueError for a commune whose selected neighbourhoods have far more or fewer residents than officially."""
    assert given.residents is not None and given.households is not None
    sizes = np.bincount(given.residents["household"], minlength=len(given.households["commune"]))
    for code, mask in masks.items():
        inside = mask[placed[code].neighbourhood]
        found, official = int(sizes[placed[code].rows[inside]].sum()), float(layouts[code].people[mask].sum())
        if not official / MAX_SIZE_RATIO <= found <= official * MAX_SIZE_RATIO:
            raise ValueError(Message(
                "population {name}: {found} residents in commune {code}, where {official} live; expected about as "
                "many: a sample would break ties. Give everybody, or a small place: territory.residents={found}",
                name=given.name, found=found, code=f"{code:05d}", official=round(official)))
