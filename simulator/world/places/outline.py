"""True outlines of communes and IRIS: GeoJSON read into arrays of polygons; their area, centre and what they hold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ...i18n.refusal import Refusal
from ..population.communes import KM_PER_DEGREE

CODES = ("code_iris", "dcomiris", "iris_code", "codeiris", "codgeo", "insee_com", "code_insee", "code_commune",
         "com_code", "depcom", "insee", "code", "com")
"""Names of the property that holds the code, in lower case, the first found wins: IRIS before communes."""
NAMES = ("nom_iris", "libiris", "iris_name", "lib_iris", "nom_com", "libcom", "com_name", "libgeo", "nom_commune",
         "nom", "name", "libelle")
COMMUNE, IRIS = 5, 9
"""Characters of a commune's and of an IRIS's code."""
FRANCE = ((-5.8, 41.0, 9.8, 51.5), (-63.5, 14.0, -60.5, 18.5), (-55.0, 1.5, -51.0, 6.5), (55.0, -21.6, 56.0, -20.7),
          (44.8, -13.2, 45.5, -12.4))
"""West, south, east, north in degrees: mainland and Corsica, Antilles, Guyane, Réunion, Mayotte."""

Ring = np.ndarray
"""float64[k, 2]: longitude and latitude in degrees, first point not repeated."""


@dataclass(frozen=True, eq=False)
class Outline:
    """One commune or IRIS. polygons: each a tuple of rings, the outer one first, then its holes."""

    code: str
    name: str
    polygons: tuple[tuple[Ring, ...], ...]

    @property
    def commune(self) -> str:
        """Code of the commune it is or lies in."""
        return self.code[:COMMUNE]

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north, in degrees."""
        points = np.concatenate([rings[0] for rings in self.polygons])
        return (*map(float, points.min(axis=0)), *map(float, points.max(axis=0)))  # type: ignore[return-value]

    @property
    def area_km2(self) -> float:
        """Area on a local equirectangular projection, holes left out (error below 0.2 % for a commune)."""
        return self._moments()[0]

    @property
    def centre(self) -> tuple[float, float]:
        """Longitude and latitude of the centroid."""
        return self._moments()[1:]

    def holds(self, lon: float, lat: float) -> bool:
        """True if the point lies inside: an odd number of borders east of it."""
        return sum(_crossings(ring, lon, lat) for rings in self.polygons for ring in rings) % 2 == 1

    def _moments(self) -> tuple[float, float, float]:
        west, south, _, north = self.bounds
        narrow = np.cos(np.radians((south + north) / 2))
        sums = np.zeros(3)
        for rings in self.polygons:
            for place, ring in enumerate(rings):
                x, y = (ring[:, 0] - west) * narrow, ring[:, 1] - south
                cross = x * np.roll(y, -1) - np.roll(x, -1) * y
                part = np.array([cross.sum(), (cross * (x + np.roll(x, -1))).sum(),
                                 (cross * (y + np.roll(y, -1))).sum()])
                sums += part * np.sign(part[0]) * (1 if place == 0 else -1)
        twice = float(sums[0])
        return (twice / 2 * KM_PER_DEGREE**2, west + float(sums[1]) / (3 * twice) / float(narrow),
                south + float(sums[2]) / (3 * twice))


def _crossings(ring: Ring, lon: float, lat: float) -> int:
    """Borders of the ring that a half-line from the point to the east crosses."""
    x, y = ring[:, 0], ring[:, 1]
    x2, y2 = np.roll(x, -1), np.roll(y, -1)
    between = (y > lat) != (y2 > lat)
    at = x + (lat - y) / np.where(between, y2 - y, 1.0) * (x2 - x)
    return int((between & (at > lon)).sum())


def in_france(lon: float, lat: float) -> bool:
    """True within a box around the mainland or one of the overseas départements."""
    return any(west <= lon <= east and south <= lat <= north for west, south, east, north in FRANCE)


def outlines(file: str | Path) -> dict[str, Outline]:
    """Code to outline of every commune or IRIS of a GeoJSON file, in order of code. Refusal if it cannot be used."""
    name = str(file)
    try:
        plain = json.loads(Path(file).read_bytes())
    except OSError as problem:
        raise Refusal("{file}: cannot be read ({why}); mend the path or the rights",
                      "{file} : lecture impossible ({why}) ; corrigez le chemin ou les droits",
                      file=name, why=problem.strerror or "?") from None
    except (ValueError, RecursionError):
        raise Refusal("{file}: is not JSON: expected GeoJSON outlines; download or export it again",
                      "{file} : ce n'est pas du JSON : attendu des contours en GeoJSON ; téléchargez ou exportez à "
                      "nouveau", file=name) from None
    return from_geojson(plain, name)


def from_geojson(plain: Any, name: str) -> dict[str, Outline]:
    """The outlines of a FeatureCollection that is already read; `name` is for refusals."""
    features = plain.get("features") if isinstance(plain, Mapping) else None
    if not isinstance(features, list) or not features:
        raise Refusal("{file}: no features: expected a GeoJSON FeatureCollection of communes or IRIS",
                      "{file} : aucun élément : attendu une FeatureCollection GeoJSON de communes ou d'IRIS", file=name)
    found: dict[str, Outline] = {}
    for place, feature in enumerate(features):
        where = f"{name}: features[{place}]"
        one = _outline(feature, where)
        before = found.get(one.code)
        found[one.code] = Outline(one.code, one.name, (before.polygons if before else ()) + one.polygons)
    return dict(sorted(found.items()))


def _outline(feature: Any, where: str) -> Outline:
    properties = feature.get("properties") if isinstance(feature, Mapping) else None
    given = {str(key).lower(): _single(value) for key, value in (properties or {}).items()} if isinstance(
        properties, Mapping) else {}
    code = next((_code(given[key]) for key in CODES if key in given and _code(given[key])), "")
    if not code:
        raise Refusal("{where}: no INSEE code: expected a property such as code, INSEE_COM or CODE_IRIS with 5 or 9 "
                      "characters",
                      "{where} : pas de code INSEE : attendu une propriété comme code, INSEE_COM ou CODE_IRIS, de 5 ou "
                      "9 caractères", where=where)
    title = next((str(given[key]) for key in NAMES if given.get(key)), code)
    return Outline(code, title, tuple(_polygons(feature.get("geometry"), f"{where} ({code})")))


def _single(value: Any) -> Any:
    """The value, or the only item of a list (as some portals write codes)."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _code(value: Any) -> str:
    """An INSEE code of a commune or an IRIS, leading zero put back; empty if it is none."""
    text = str(value).strip().upper() if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    if text.isdigit() and len(text) in (COMMUNE - 1, IRIS - 1):
        text = f"0{text}"
    plain = text[:2] in ("2A", "2B") and text[2:].isdigit() or text.isdigit() and text.isascii()
    return text if plain and len(text) in (COMMUNE, IRIS) else ""


def _polygons(geometry: Any, where: str) -> Iterator[tuple[Ring, ...]]:
    kind = geometry.get("type") if isinstance(geometry, Mapping) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise Refusal("{where}: geometry {kind}: expected Polygon or MultiPolygon",
                      "{where} : géométrie {kind} : attendu Polygon ou MultiPolygon", where=where, kind=kind)
    parts = geometry.get("coordinates")
    parts = [parts] if kind == "Polygon" else parts
    if isinstance(parts, list) and parts and all(isinstance(rings, list) and rings for rings in parts):
        yield from (tuple(_ring(ring, where) for ring in rings) for rings in parts)
        return
    raise Refusal("{where}: no coordinates: expected rings of points", "{where} : pas de coordonnées : attendu des "
                  "anneaux de points", where=where)


def _ring(points: Any, where: str) -> Ring:
    """The points of a ring, checked: degrees, in France, with an area."""
    try:
        ring = np.array([point[:2] for point in points], float)
    except (TypeError, ValueError, OverflowError):
        ring = np.empty((0, 2))
    if ring.ndim == 2 and len(ring) > 1 and (ring[0] == ring[-1]).all():
        ring = ring[:-1]
    if ring.ndim != 2 or ring.shape[-1] != 2 or len(ring) < 3 or not np.isfinite(ring).all():
        raise Refusal("{where}: a ring is not three points or more of two numbers",
                      "{where} : un anneau n'est pas fait d'au moins trois points de deux nombres", where=where)
    lon, lat = ring.mean(axis=0)
    if not in_france(lon, lat):
        _misplaced(float(lon), float(lat), where)
    if not abs((ring[:, 0] * np.roll(ring[:, 1], -1) - np.roll(ring[:, 0], -1) * ring[:, 1]).sum()) > 0:
        raise Refusal("{where}: a ring encloses no area", "{where} : un anneau n'enferme aucune surface", where=where)
    return ring


def _misplaced(lon: float, lat: float, where: str) -> None:
    """Refuse a point outside France, and say why it probably is."""
    if in_france(lat, lon):
        raise Refusal("{where}: longitude and latitude look swapped ({lon:.3f}, {lat:.3f}): expected longitude first",
                      "{where} : longitude et latitude semblent échangées ({lon:.3f}, {lat:.3f}) : attendu la "
                      "longitude d'abord", where=where, lon=lon, lat=lat)
    if abs(lon) > 180 or abs(lat) > 90:
        raise Refusal("{where}: coordinates are not degrees ({lon:.0f}, {lat:.0f}): expected WGS 84 (EPSG:4326), not "
                      "Lambert 93; export it so",
                      "{where} : les coordonnées ne sont pas des degrés ({lon:.0f}, {lat:.0f}) : attendu WGS 84 "
                      "(EPSG:4326), non Lambert 93 ; exportez ainsi", where=where, lon=lon, lat=lat)
    raise Refusal("{where}: lies outside France ({lon:.3f}, {lat:.3f}); check the file",
                  "{where} : se trouve hors de France ({lon:.3f}, {lat:.3f}) ; vérifiez le fichier",
                  where=where, lon=lon, lat=lat)
