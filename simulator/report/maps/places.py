"""Groups of neighbourhoods: results are never shown for less than two neighbourhoods, nor for few residents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ...world.population.communes import CENTRE, communes

FEWEST = 500
"""Residents below which a place is not shown."""
APART = 1.5
"""Usual distances to the nearest beyond which two are no longer put together."""
TOGETHER = 2
"""Neighbourhoods of which a group has at least so many: one of ours has the size of an IRIS."""


@dataclass(frozen=True)
class Places:
    """Where residents live, by neighbourhood. uid, commune int64[z]; x, y float64[z] in km; n float64[z] residents.

    names: code to commune where official files say so; origin: longitude and latitude from which x and y count.
    """

    uid: np.ndarray
    commune: np.ndarray
    x: np.ndarray
    y: np.ndarray
    n: np.ndarray
    names: Mapping[str, str] = field(default_factory=dict)
    origin: tuple[float, float] = CENTRE

    @classmethod
    def of(cls, rows: Mapping[str, np.ndarray], territory: Mapping[str, Any]) -> Places:
        """The neighbourhoods of one run, from its record, and the card of its territory."""
        land = territory.get("land") or {}
        towns = [town["margins"] for town in land.get("towns") or ()]
        lon, lat = land.get("origin") or CENTRE
        uid, commune, x, y, n = (np.asarray(rows[name]) for name in ("uid", "commune", "x", "y", "n"))
        names = {f"{int(town['code']):05d}": str(town["name"]) for town in towns}
        return cls(uid, commune, x, y, n, names, (float(lon), float(lat)))

    def name_of(self, code: str) -> str:
        """The name of a commune, its code where it is not known."""
        known = communes().get(int(code)) if code.isdigit() else None
        return self.names.get(code) or (known.name if known else code)

    @property
    def communes(self) -> list[str]:
        """INSEE codes, in order."""
        return [f"{code:05d}" for code in sorted(set(map(int, self.commune)))]


def by_commune(places: Places) -> dict[int, str]:
    """Neighbourhood to its commune's code, for those communes that have residents enough to be shown."""
    home = {int(uid): f"{int(code):05d}" for uid, code in zip(places.uid, places.commune)}
    heads = {code: sum(float(n) for uid, n in zip(places.uid, places.n) if home[int(uid)] == code)
             for code in places.communes}
    return {uid: code for uid, code in home.items() if heads[code] >= FEWEST}


def in_groups(places: Places) -> dict[int, str]:
    """Neighbourhood to its group, the commune's code and a number: near ones together, within one commune.

    Neighbourhoods that cannot be put together with others of their commune to have enough residents are left out.
    """
    out: dict[int, str] = {}
    for code in places.communes:
        rows = np.flatnonzero(places.commune == int(code))
        for number, group in enumerate(_grouped(places, rows), 1):
            if len(group) >= TOGETHER and places.n[group].sum() >= FEWEST:
                out.update({int(places.uid[row]): f"{code}-{number}" for row in group})
    return out


def _usual(at: np.ndarray) -> float:
    """The usual distance to the nearest."""
    apart = np.sqrt(((at[:, None] - at[None]) ** 2).sum(axis=2))
    np.fill_diagonal(apart, np.inf)
    return float(np.median(apart.min(axis=1)))


def _grouped(places: Places, rows: np.ndarray) -> list[list[int]]:
    """Rows of neighbourhoods in groups: from the outermost on, each with the nearest that are still alone."""
    at = np.column_stack((places.x, places.y))
    found: list[list[int]] = []
    middle, left = at[rows].mean(axis=0), list(map(int, rows))
    while left:
        first = max(left, key=lambda row: (round(float(np.hypot(*(at[row] - middle))), 6), -row))
        near = sorted(left, key=lambda row: (round(float(np.hypot(*(at[row] - at[first]))), 6), row))
        size = next((k for k in range(TOGETHER, len(near) + 1) if places.n[near[:k]].sum() >= FEWEST), 0)
        if not size or found and np.hypot(*(at[near[size - 1]] - at[first])) > APART * _usual(at[rows]):
            break
        found.append(near[:size])
        left = sorted(near[size:])
    for row in left:
        if not found:
            return [left]
        min(found, key=lambda group: float(np.hypot(*(at[group].mean(axis=0) - at[row])))).append(row)
    return found
