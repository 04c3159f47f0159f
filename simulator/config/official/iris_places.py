"""Where the IRIS of a commune lie: in their outlines, and those without one in what the others leave of the commune."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ...world.places.outline import Outline
from ...world.population.communes import KM_PER_DEGREE

GOLDEN_TURN = np.pi * (3 - np.sqrt(5))
MIN_FREE_SHARE = 0.2
"""An IRIS without outline has at least this share of the mean area of the others."""

Place = tuple[float, float, float]
"""Longitude, latitude, km2."""


def locate_iris(codes: Sequence[str], outlines: Mapping[str, Outline], commune: Outline | None) -> dict[str, Place]:
    """Code to place of every IRIS of one commune; empty if none of them has an outline.

    Those without share the area that the others leave of the commune's outline, around its centre. Without an outline
    of the commune they lie around the middle of the others, each as large as these on average.
    """
    drawn = {code: (*outlines[code].centre, outlines[code].area_km2) for code in codes if code in outlines}
    missing = [code for code in codes if code not in drawn]
    if not drawn or not missing:
        return drawn
    free_lon, free_lat, free_area = _find_free_place(list(drawn.values()), commune, len(missing))
    area = free_area / len(missing)
    places = dict(drawn)
    for number, code in enumerate(missing):
        distance = np.sqrt((number + 0.5 * (len(missing) > 1)) * area / np.pi) / KM_PER_DEGREE
        angle = GOLDEN_TURN * number
        narrow = np.cos(np.radians(free_lat))
        places[code] = (float(free_lon + distance * np.cos(angle) / narrow), float(free_lat + distance * np.sin(angle)),
                        area)
    return places


def _find_free_place(drawn: list[Place], commune: Outline | None, missing: int) -> Place:
    """Centre and km2 of what the drawn IRIS leave of the commune."""
    lons, lats, areas = np.array(drawn).T
    sum_area = float(areas.sum())
    least = MIN_FREE_SHARE * sum_area / len(drawn) * missing
    if commune is not None and commune.area_km2 - sum_area > least:
        free = commune.area_km2 - sum_area
        lon, lat = ((commune.area_km2 * whole - float((areas * part).sum())) / free
                    for whole, part in zip(commune.centre, (lons, lats)))
        return lon, lat, free
    lon, lat = (float((areas * part).sum()) / sum_area for part in (lons, lats))
    return lon, lat, max(least, sum_area / len(drawn) * missing)
