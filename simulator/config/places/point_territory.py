"""A territory around an address point: the neighbourhoods near a longitude and a latitude."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from ...i18n.input_error import InputError
from ...i18n.number_format import format_number
from ...world.places.outline import is_in_france
from ...world.places.territory import Territory
from ...world.population.communes import load_commune_counts, lonlat_to_km

DEFAULT_RADIUS_KM = 0.6
"""Distance around an address point where none is given, as around the three project sites."""
REACH_RADII = 1.5
"""A commune may hold neighbourhoods near a point that lies within so many radii of a circle of its area."""


def place_around_point(card: Territory, text: str) -> Territory:
    """The territory around an address point. InputError if the text is no point, or far from every commune.

    text: longitude and latitude in degrees, in either order.
    """
    lon, lat = parse_point(text)
    radius = card.around_km or DEFAULT_RADIUS_KM
    communes = card.communes or ([] if card.data else _find_near_communes(lon, lat, radius))
    if not communes and not card.data:
        raise InputError("territory.point = {text}: lies outside Seine-Saint-Denis; elsewhere, name the folder of its "
                         "official files too: territory.data=…", text=text)
    return replace(card, points=[[lon, lat]], around_km=radius, communes=communes,
                   label_fr=card.label_fr or _make_label(lon, lat, radius, "fr"),
                   label_en=card.label_en or _make_label(lon, lat, radius, "en"))


def parse_point(text: str) -> tuple[float, float]:
    """Longitude and latitude of a text such as 2.4012, 48.8934. InputError for anything else."""
    numbers = re.findall(r"-?\d+(?:\.\d+)?", text)
    if len(numbers) != 2 or re.search(r"[^\d\s.,;\[\]()-]", text):
        raise InputError("territory.point = {text}: expected longitude and latitude with decimal points, such as "
                         "2.4012, 48.8934", text=text)
    lon, lat = map(float, numbers)
    if not is_in_france(lon, lat) and is_in_france(lat, lon):
        lon, lat = lat, lon
    if not is_in_france(lon, lat):
        raise InputError("territory.point = {text}: lies outside France: expected longitude and latitude in degrees",
                         text=text)
    return lon, lat


def _find_near_communes(lon: float, lat: float, radius: float) -> list[str]:
    """Codes of the communes of Seine-Saint-Denis that may hold neighbourhoods this near; empty far from all."""
    found = []
    inside = False
    for code, one in load_commune_counts().items():
        distance = np.hypot(*lonlat_to_km(one.lon, one.lat, (lon, lat)))
        own = np.sqrt(one.area_km2 / np.pi)
        inside = inside or bool(distance <= REACH_RADII * own)
        if distance <= REACH_RADII * own + radius:
            found.append(f"{code:05d}")
    return found if inside else []


def _make_label(lon: float, lat: float, radius: float, lang: str) -> str:
    """What the territory is called."""
    km = format_number(radius, lang, 1)
    return (f"Autour du point {lon:g}, {lat:g} ({km} km)" if lang == "fr" else f"Around {lon:g}, {lat:g} ({km} km)")
