"""Where a line of a register of sites lies: columns of degrees, a point in one column, or metres in Lambert 93."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from ...i18n.input_error import InputError
from ...world.places.outline import is_in_france
from .number_format import parse_number
from .outline_files import PROJECTION_LIBRARY, import_geo_library

LAMBERT_93 = "EPSG:2154"


def read_register_position(cells: Mapping[str, str], where: str) -> tuple[float, float] | None:
    """Longitude and latitude of a line; None where it has none. InputError for a place outside France.

    cells: our name of a column (lon, lat, point, x, y) to the text of its cell.
    """
    if cells.get("lon") or cells.get("lat"):
        lon, lat = _read_coordinate(cells, "lon", where), _read_coordinate(cells, "lat", where)
    elif cells.get("point"):
        lon, lat = _split_point(cells["point"], where)
    elif cells.get("x") and cells.get("y"):
        lon, lat = _read_coordinate(cells, "x", where), _read_coordinate(cells, "y", where)
        if not is_in_france(lon, lat) and not is_in_france(lat, lon):
            pyproj = import_geo_library(PROJECTION_LIBRARY)
            transformer = pyproj.Transformer.from_crs(LAMBERT_93, "EPSG:4326", always_xy=True)
            lon, lat = transformer.transform(lon, lat)
    else:
        return None
    _check_in_france(lon, lat, where)
    return lon, lat


def make_number_error(cells: Mapping[str, str], name: str, where: str) -> InputError:
    """The error for a cell that holds no number."""
    return InputError("{where}: {name} is {word}: expected a number", where=where, name=name,
                      word=cells.get(name) or "''")


def _read_coordinate(cells: Mapping[str, str], name: str, where: str) -> float:
    """A coordinate, whose comma or point parts the decimals."""
    try:
        value = parse_number(cells.get(name, ""), "," if "," in cells.get(name, "") else ".")
    except ValueError:
        value = None
    if value is None:
        raise make_number_error(cells, name, where)
    return value


def _split_point(cell: str, where: str) -> tuple[float, float]:
    """Longitude and latitude of a geo_point_2d, "48.9, 2.4" (latitude first) or JSON with lon and lat."""
    text = cell.strip()
    try:
        if text.startswith("{"):
            point = json.loads(text.replace("'", '"'))
            if "coordinates" in point:
                return float(point["coordinates"][0]), float(point["coordinates"][1])
            return float(point.get("lon", point.get("lng"))), float(point["lat"])
        wkt = re.fullmatch(r"(?i)(?:SRID=\d+;)?POINT\s*\(\s*(\S+)\s+(\S+)\s*\)", text)
        if wkt:
            return float(wkt[1]), float(wkt[2])
        first, second = re.fullmatch(r"[\[(]?\s*(-?\d+[.,]\d+|-?\d+)\s*[,;\s]\s*(-?\d+[.,]\d+|-?\d+)\s*[\])]?",
                                     text).groups()  # type: ignore[union-attr]
        lat, lon = float(first.replace(",", ".")), float(second.replace(",", "."))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        raise InputError("{where}: {word} is no point: expected latitude, longitude such as 48.91, 2.48", where=where,
                         word=cell) from None
    return (lat, lon) if not is_in_france(lon, lat) and is_in_france(lat, lon) else (lon, lat)


def _check_in_france(lon: float, lat: float, where: str) -> None:
    """InputError for a position outside France, or with longitude and latitude swapped."""
    if is_in_france(lon, lat):
        return
    if is_in_france(lat, lon):
        raise InputError("{where}: lon and lat look swapped ({lon:g}, {lat:g}); swap them", where=where, lon=lon,
                         lat=lat)
    raise InputError("{where}: lon {lon:g}, lat {lat:g} lies outside France: expected degrees (WGS 84)", where=where,
                     lon=lon, lat=lat)
