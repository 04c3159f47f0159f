"""Outlines of communes and IRIS: GeoJSON read into polygons, with area, centroid and point-in-polygon test."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from ...i18n.input_error import InputError
from ...i18n.system_reason import get_system_reason
from ...i18n.translation import Message
from ..population.communes import KM_PER_DEGREE
from .insee_code import COMMUNE_CODE_LENGTH, IRIS_CODE_LENGTH, normalise_insee_code

CODE_PROPERTIES = ("code_iris", "dcomiris", "iris_code", "codeiris", "codgeo", "insee_com", "code_insee",
                   "code_commune", "com_code", "depcom", "insee", "com", "code", "id", "gid", "iris")
"""Names of the properties that may hold the code, in lower case, those that say of what first."""
VAGUE_PROPERTIES = ("code", "id", "gid", "insee")
"""Properties that hold codes of anything: cantons and other areas have codes of five digits too."""
IRIS_NUMBER_PROPERTIES = ("iris", "num_iris")
"""Properties that may hold the last four characters of an IRIS's code, beside the code of its commune."""
NAME_PROPERTIES = ("nom_iris", "libiris", "iris_name", "lib_iris", "nom_com", "nom_commune", "libcom", "com_name",
                   "libgeo", "nom", "name", "libelle")
COMMUNE_NAME_PROPERTIES = ("nom_com", "nom_commune", "libcom", "com_name", "nom_officiel_commune")
FRANCE_BOXES = ((-5.8, 41.0, 9.8, 51.5), (-63.5, 14.0, -60.5, 18.5), (-55.0, 1.5, -51.0, 6.5),
                (55.0, -21.6, 56.0, -20.7), (44.8, -13.2, 45.5, -12.4), (-56.6, 46.6, -56.0, 47.3))
"""West, south, east, north in degrees: mainland and Corsica, Antilles, Guyane, Réunion, Mayotte, Saint-Pierre."""
PROJECTION_BOXES = {
    "Lambert 93 (EPSG:2154)": (0, 6_000_000, 1_300_000, 7_200_000),
    "Web Mercator (EPSG:3857)": (-600_000, 5_000_000, 1_100_000, 6_700_000),
    "Lambert II (EPSG:27572)": (0, 1_600_000, 1_300_000, 2_700_000),
    "UTM (EPSG:5490, 2972, 2975, 4471, 32620 …)": (100_000, 300_000, 900_000, 8_700_000),
}
"""Projections of maps of France to the west, south, east, north of its coordinates, in m."""

Ring = np.ndarray
"""float64[k, 2]: longitude and latitude in degrees, first point not repeated."""


@dataclass(frozen=True, eq=False)
class Outline:
    """One commune or IRIS. polygons: each a tuple of rings, the outer one first, then its holes.

    commune_name: of the commune that an IRIS lies in, where the file has it. is_vague: its code stood in a property
    that may hold codes of anything.
    """

    code: str
    name: str
    polygons: tuple[tuple[Ring, ...], ...]
    commune_name: str = ""
    is_vague: bool = False

    @property
    def commune(self) -> str:
        """Code of the commune that it is, or lies in."""
        return self.code[:COMMUNE_CODE_LENGTH]

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

    def contains(self, lon: float, lat: float) -> bool:
        """True if the point (degrees) lies inside: a ray to the east crosses an odd number of edges."""
        return sum(_count_crossings(ring, lon, lat) for rings in self.polygons for ring in rings) % 2 == 1

    def _moments(self) -> tuple[float, float, float]:
        """Area in km2, and longitude and latitude of the centroid."""
        west, south, _, north = self.bounds
        narrow = np.cos(np.radians((south + north) / 2))
        sums = np.zeros(3)
        for rings in self.polygons:
            for index, ring in enumerate(rings):
                x, y = (ring[:, 0] - west) * narrow, ring[:, 1] - south
                cross = x * np.roll(y, -1) - np.roll(x, -1) * y
                ring_sums = np.array([cross.sum(), (cross * (x + np.roll(x, -1))).sum(),
                                      (cross * (y + np.roll(y, -1))).sum()])
                sums += ring_sums * np.sign(ring_sums[0]) * (1 if index == 0 else -1)
        twice = float(sums[0])
        return (twice / 2 * KM_PER_DEGREE**2, west + float(sums[1]) / (3 * twice) / float(narrow),
                south + float(sums[2]) / (3 * twice))


def _count_crossings(ring: Ring, lon: float, lat: float) -> int:
    """Number of edges of the ring that a ray from the point to the east crosses."""
    x, y = ring[:, 0], ring[:, 1]
    x2, y2 = np.roll(x, -1), np.roll(y, -1)
    spans_latitude = (y > lat) != (y2 > lat)
    crossing = x + (lat - y) / np.where(spans_latitude, y2 - y, 1.0) * (x2 - x)
    return int((spans_latitude & (crossing > lon)).sum())


def is_in_france(lon: float, lat: float) -> bool:
    """True within a box around the mainland or one of the overseas départements."""
    return any(west <= lon <= east and south <= lat <= north for west, south, east, north in FRANCE_BOXES)


def read_outlines(file: str | Path) -> dict[str, Outline]:
    """Code to outline of every commune or IRIS of a GeoJSON file, in order of code. InputError if it is not usable."""
    name = str(file)
    try:
        data = json.loads(Path(file).read_bytes())
    except OSError as problem:
        raise InputError("{file}: cannot be read ({why}); mend the path or the rights", file=name,
                         why=get_system_reason(problem)) from None
    except (ValueError, RecursionError):
        raise InputError("{file}: is not JSON: expected GeoJSON outlines; download or export it again",
                         file=name) from None
    return parse_geojson_outlines(data, name)


def parse_geojson_outlines(data: Any, name: str) -> dict[str, Outline]:
    """Code to outline of a parsed FeatureCollection, in order of code. `name`: of the file, for error messages."""
    found: dict[str, Outline] = {}
    for index, feature in enumerate(list_geojson_features(data, name)):
        add_outline(found, parse_outline_feature(feature, f"{name}: features[{index}]"))
    return dict(sorted(found.items()))


def list_geojson_features(data: Any, name: str) -> list[Any]:
    """The features of a parsed FeatureCollection. InputError if there are none."""
    features = data.get("features") if isinstance(data, Mapping) else None
    if not isinstance(features, list) or not features:
        raise InputError("{file}: no features: expected a GeoJSON FeatureCollection of communes or IRIS", file=name)
    return features


def add_outline(found: dict[str, Outline], outline: Outline) -> None:
    """Add an outline by its code; two parts of one place become one outline."""
    earlier = found[outline.code].polygons if outline.code in found else ()
    found[outline.code] = replace(outline, polygons=earlier + outline.polygons)


def parse_outline_feature(feature: Any, where: str) -> Outline:
    """The outline of one feature. `where`: file and feature, for error messages."""
    properties = read_feature_properties(feature)
    code, is_vague = find_outline_code(properties)
    if not code:
        raise InputError("{where}: no INSEE code: expected a property such as code, INSEE_COM or CODE_IRIS with 5 or "
                         "9 characters", where=where)
    name, commune_name = (next((str(properties[key]) for key in keys if properties.get(key)), "")
                          for keys in (NAME_PROPERTIES, COMMUNE_NAME_PROPERTIES))
    polygons = tuple(_parse_polygons(feature.get("geometry"), f"{where} ({code})"))
    return Outline(code, name or code, polygons, commune_name, is_vague)


def read_feature_properties(feature: Any) -> dict[str, Any]:
    """The properties of a feature by name in lower case, its own id among them."""
    raw = feature.get("properties") if isinstance(feature, Mapping) else None
    items = list(raw.items()) if isinstance(raw, Mapping) else []
    own = [("id", feature["id"])] if isinstance(feature, Mapping) and "id" in feature else []
    return {str(key).lower(): _unwrap_single(value) for key, value in [*own, *items]}


def find_outline_code(properties: Mapping[str, Any]) -> tuple[str, bool]:
    """(the code of a place with these properties, True if it stood in one of VAGUE_PROPERTIES); ("", False) without.

    An IRIS is known by its whole code, or by its number beside the code of its commune. A code of nine characters that
    does not begin with the commune's is of something else.
    """
    known = [key for key in CODE_PROPERTIES if key in properties]
    communes = [(code, key) for key in known
                if (code := normalise_insee_code(properties[key], COMMUNE_CODE_LENGTH)) and key != "iris"]
    for key in known:
        iris = normalise_insee_code(properties[key], IRIS_CODE_LENGTH)
        named = [code for code, other in communes if other not in VAGUE_PROPERTIES]
        if iris and (not named or iris[:COMMUNE_CODE_LENGTH] in named):
            return iris, key in VAGUE_PROPERTIES and not named
    for key in IRIS_NUMBER_PROPERTIES:
        number = str(properties.get(key, "")).strip()
        if communes and number.isdigit() and len(number) <= IRIS_CODE_LENGTH - COMMUNE_CODE_LENGTH:
            return communes[0][0] + number.zfill(IRIS_CODE_LENGTH - COMMUNE_CODE_LENGTH), False
    return (communes[0][0], communes[0][1] in VAGUE_PROPERTIES) if communes else ("", False)


def _unwrap_single(value: Any) -> Any:
    """The value, or the only item of a list: some portals write codes as lists."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _parse_polygons(geometry: Any, where: str) -> Iterator[tuple[Ring, ...]]:
    """The polygons of a Polygon or MultiPolygon geometry."""
    kind = geometry.get("type") if isinstance(geometry, Mapping) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise InputError("{where}: geometry {kind}: expected Polygon or MultiPolygon", where=where, kind=kind)
    parts = geometry.get("coordinates")
    parts = [parts] if kind == "Polygon" else parts
    if isinstance(parts, list) and parts and all(isinstance(rings, list) and rings for rings in parts):
        yield from (tuple(_parse_ring(ring, where) for ring in rings) for rings in parts)
        return
    raise InputError("{where}: no coordinates: expected rings of points", where=where)


def _parse_ring(points: Any, where: str) -> Ring:
    """The points of a ring. InputError unless they are degrees, lie in France and enclose an area."""
    try:
        ring = np.array([point[:2] for point in points], float)
    except (TypeError, ValueError, OverflowError):
        ring = np.empty((0, 2))
    if ring.ndim == 2 and len(ring) > 1 and (ring[0] == ring[-1]).all():
        ring = ring[:-1]
    if ring.ndim != 2 or ring.shape[-1] != 2 or len(ring) < 3 or not np.isfinite(ring).all():
        raise InputError("{where}: a ring is not three points or more of two numbers", where=where)
    lon, lat = ring.mean(axis=0)
    if not is_in_france(lon, lat):
        _raise_misplaced(float(lon), float(lat), where)
    x, y = ring[:, 0], ring[:, 1]
    if not abs((x * np.roll(y, -1) - np.roll(x, -1) * y).sum()) > 0:
        raise InputError("{where}: a ring encloses no area", where=where)
    return ring


def _raise_misplaced(lon: float, lat: float, where: str) -> None:
    """InputError for a point outside France, with the probable reason."""
    if is_in_france(lat, lon):
        raise InputError("{where}: longitude and latitude look swapped ({lon:.3f}, {lat:.3f}): expected longitude "
                         "first", where=where, lon=lon, lat=lat)
    if abs(lon) > 180 or abs(lat) > 90:
        raise InputError("{where}: coordinates are not degrees ({lon:.0f}, {lat:.0f}), as in {projection}: expected "
                         "WGS 84 (EPSG:4326); export it so, or as GeoPackage, which says its projection", where=where,
                         lon=lon, lat=lat, projection=_guess_projection(lon, lat))
    raise InputError("{where}: lies outside France ({lon:.3f}, {lat:.3f}); check the file", where=where, lon=lon,
                     lat=lat)


def _guess_projection(x: float, y: float) -> tuple[str, ...] | Message:
    """The projections in which such coordinates lie in France."""
    found = tuple(name for name, (west, south, east, north) in PROJECTION_BOXES.items()
                  if west <= x <= east and south <= y <= north)
    return found or Message("an unknown projection")
