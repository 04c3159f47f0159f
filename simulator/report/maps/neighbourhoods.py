"""Places of a map: communes, or groups of neighbourhoods. No result is shown for one neighbourhood or few residents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ...world.population.communes import DEFAULT_ORIGIN, load_commune_counts

MIN_PLACE_RESIDENTS = 500
"""Places with fewer residents are not shown."""
MAX_GROUP_SPACING = 1.5
"""Largest distance within a group, as a multiple of the median distance between nearest neighbourhoods."""
MIN_GROUP_SIZE = 2
"""Smallest number of neighbourhoods in a group. A neighbourhood has the size of an IRIS."""


@dataclass(frozen=True)
class NeighbourhoodPoints:
    """Where residents live, by neighbourhood: uid, commune int64[z]; x, y float64[z] in km; n float64[z] residents.

    commune_names: code to name, from official files. origin: longitude and latitude of x = y = 0. is_in_layout: True
    if they are neighbourhoods of the model's own layout of Seine-Saint-Denis.
    """

    uid: np.ndarray
    commune: np.ndarray
    x: np.ndarray
    y: np.ndarray
    n: np.ndarray
    commune_names: Mapping[str, str] = field(default_factory=dict)
    origin: tuple[float, float] = DEFAULT_ORIGIN
    is_in_layout: bool = False

    @classmethod
    def of(cls, rows: Mapping[str, np.ndarray], territory: Mapping[str, Any]) -> NeighbourhoodPoints:
        """From the neighbourhoods table of one run and the card of its territory."""
        official = territory.get("official_data") or {}
        margins = [commune["margins"] for commune in official.get("communes") or ()]
        lon, lat = official.get("origin") or DEFAULT_ORIGIN
        uid, commune, x, y, n = (np.asarray(rows[name]) for name in ("uid", "commune", "x", "y", "n"))
        names = {f"{int(counts['code']):05d}": str(counts["name"]) for counts in margins}
        return cls(uid, commune, x, y, n, names, (float(lon), float(lat)),
                   not official and not territory.get("residents"))

    def find_commune_name(self, code: str) -> str:
        """The name of a commune, its code where the name is not known."""
        counts = load_commune_counts().get(int(code)) if code.isdigit() else None
        return self.commune_names.get(code) or (counts.name if counts else code)

    @property
    def communes(self) -> list[str]:
        """INSEE codes, in order."""
        return [f"{code:05d}" for code in sorted(set(map(int, self.commune)))]


def map_to_communes(places: NeighbourhoodPoints) -> dict[int, str]:
    """Neighbourhood to its commune's code, for communes with enough residents to be shown."""
    commune_of = {int(uid): f"{int(code):05d}" for uid, code in zip(places.uid, places.commune)}
    residents = dict.fromkeys(places.communes, 0.0)
    for uid, n in zip(places.uid, places.n):
        residents[commune_of[int(uid)]] += float(n)
    return {uid: code for uid, code in commune_of.items() if residents[code] >= MIN_PLACE_RESIDENTS}


def map_to_groups(places: NeighbourhoodPoints) -> dict[int, str]:
    """Neighbourhood to its group "<commune code>-<number>". A group holds near neighbourhoods of one commune.

    Neighbourhoods that cannot form a group with enough residents are left out.
    """
    out: dict[int, str] = {}
    for code in places.communes:
        rows = np.flatnonzero(places.commune == int(code))
        for number, group in enumerate(_group_rows(places, rows), 1):
            if len(group) >= MIN_GROUP_SIZE and places.n[group].sum() >= MIN_PLACE_RESIDENTS:
                out.update({int(places.uid[row]): f"{code}-{number}" for row in group})
    return out


def _median_spacing(points: np.ndarray) -> float:
    """The median distance from a point of float64[n, 2] to the nearest other."""
    apart = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))
    np.fill_diagonal(apart, np.inf)
    return float(np.median(apart.min(axis=1)))


def _group_rows(places: NeighbourhoodPoints, rows: np.ndarray) -> list[list[int]]:
    """Rows of neighbourhoods in groups: the outermost free one with its nearest free ones, again and again.

    What is left, too few or too far apart for a group, joins the nearest group. Distances are rounded so that ties are
    broken by row on any machine.
    """
    points = np.column_stack((places.x, places.y))
    middle, left = points[rows].mean(axis=0), list(map(int, rows))
    limit = MAX_GROUP_SPACING * _median_spacing(points[rows])
    groups: list[list[int]] = []
    while left:
        first = max(left, key=lambda row: (round(_distance(points[row], middle), 6), -row))
        near = sorted(left, key=lambda row: (round(_distance(points[row], points[first]), 6), row))
        size = next((k for k in range(MIN_GROUP_SIZE, len(near) + 1)
                     if places.n[near[:k]].sum() >= MIN_PLACE_RESIDENTS), 0)
        if not size or groups and _distance(points[near[size - 1]], points[first]) > limit:
            break
        groups.append(near[:size])
        left = sorted(near[size:])
    if not groups:
        return [left]
    for row in left:
        min(groups, key=lambda group: _distance(points[group].mean(axis=0), points[row])).append(row)
    return groups


def _distance(point: np.ndarray, other: np.ndarray) -> float:
    return float(np.hypot(*(point - other)))
