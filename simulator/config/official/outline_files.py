"""Outlines of communes and IRIS in GeoJSON, GeoPackage or Shapefile, brought to degrees from any projection."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from ...i18n.input_error import InputError
from ...i18n.system_reason import get_system_reason
from ...i18n.translation import Message
from ...world.places.insee_code import COMMUNE_CODE_LENGTH
from ...world.places.outline import (
    Outline,
    add_outline,
    find_outline_code,
    list_geojson_features,
    parse_outline_feature,
    read_feature_properties,
)
from .folder_file import READ_ERRORS, FolderFile

GEOJSON_KINDS, VECTOR_KINDS = (".geojson", ".json"), (".gpkg", ".shp", ".fgb")
SIDE_KINDS = (".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx", ".qpj", ".qmd", ".qix")
"""Files that belong to a Shapefile of the same name."""
PROJECTION_LIBRARY = "pyproj"
GEO_EXTRA = "geo"
DEGREES_PATTERN = re.compile(r"(?:CRS:?84|EPSG:+4326|OGC:1\.3:CRS84|EPSG:+4171|EPSG:+4258)$")
"""Names of projections that are degrees, equal here."""

Properties = dict[str, Any]
Reprojection = Callable[[Any], Any]
"""What brings a feature of a file to degrees."""


@dataclass
class OutlineReading:
    """What one file holds. outlines: of the communes asked for, by code. vague_codes: all codes of the file that may be
    of anything. faults: of single features."""

    outlines: dict[str, Outline] = field(default_factory=dict)
    vague_codes: set[str] = field(default_factory=set)
    faults: list[InputError] = field(default_factory=list)


def read_outline_file(file: FolderFile, communes: frozenset[str]) -> OutlineReading:
    """The outlines of a file. InputError if it has none, or if all of them are faulty.

    communes: whose outlines are read; all if empty. A faulty feature takes nothing from the others.
    """
    features, rows, reproject = (_open_geojson(file) if file.kind in GEOJSON_KINDS
                                 else _open_vector_file(file, communes))
    reading = OutlineReading()
    codes = [find_outline_code(row) for row in rows]
    if not any(code for code, _ in codes):
        raise InputError("none of its features has the code of a commune or an IRIS: expected a property such as "
                         "{names}", names=("INSEE_COM", "CODE_IRIS", "code"))
    reading.vague_codes = {code for code, is_vague in codes if is_vague}
    for index, feature in enumerate(features):
        code, _ = find_outline_code(read_feature_properties(feature))
        if not code or communes and code[:COMMUNE_CODE_LENGTH] not in communes:
            continue
        try:
            add_outline(reading.outlines, parse_outline_feature(reproject(feature), f"features[{index}]"))
        except InputError as problem:
            reading.faults.append(problem)
    if reading.faults and not reading.outlines:
        raise reading.faults[0]
    return reading


def read_all_outlines(path: Path) -> dict[str, Outline]:
    """Code to outline of every commune or IRIS of one file, in order of code. InputError for the first fault."""
    try:
        reading = read_outline_file(FolderFile(path.name, path), frozenset())
    except InputError as problem:
        raise InputError("{file}: {why}", file=path, why=problem) from None
    except OSError as problem:
        raise InputError("{file}: cannot be read ({why}); mend the path or the rights", file=path,
                         why=get_system_reason(problem)) from None
    for fault in reading.faults:
        raise InputError("{file}: {why}", file=path, why=fault)
    return dict(sorted(reading.outlines.items()))


def import_geo_library(name: str) -> ModuleType:
    """A library of the extra for maps. InputError if it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        raise InputError("needs {library}: pip install 'resilience-simulator[{extra}]', or export it as GeoJSON in "
                         "degrees (WGS 84)", library=name, extra=GEO_EXTRA) from None


def _open_geojson(file: FolderFile) -> tuple[list[Any], list[Properties], Reprojection]:
    """(the features of a GeoJSON file, the properties of all of them, what brings one to degrees)."""
    try:
        data = json.loads(file.read())
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError, ValueError):
        raise InputError("is not JSON: expected GeoJSON outlines; download or export it again") from None
    if not isinstance(data, Mapping) or "features" not in data:
        raise InputError("holds no outlines, but other data")
    features = list_geojson_features(data, file.name)
    rows = [read_feature_properties(feature) for feature in features]
    return features, rows, make_reprojection(read_geojson_projection(data))


def read_geojson_projection(data: Mapping[str, Any]) -> str:
    """The projection that an older GeoJSON file names; "" for degrees."""
    crs = data.get("crs")
    properties = crs.get("properties") if isinstance(crs, Mapping) else None
    return str(properties.get("name", "")) if isinstance(properties, Mapping) else ""


def make_reprojection(crs: str) -> Reprojection:
    """What brings a feature from a named projection to degrees; it returns features in degrees as they are."""
    if not crs or DEGREES_PATTERN.search(crs):
        return lambda feature: feature
    pyproj = import_geo_library(PROJECTION_LIBRARY)
    try:
        transformer = pyproj.Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
    except pyproj.exceptions.ProjError:
        raise InputError("its projection {crs} is not known; export it in WGS 84 (EPSG:4326)", crs=crs) from None
    return lambda feature: _reproject_feature(feature, transformer)


def _reproject_feature(feature: Any, transformer: Any) -> Any:
    """A feature with its coordinates in degrees; unusable coordinates stay as they are, to be refused as such."""
    geometry = feature.get("geometry") if isinstance(feature, Mapping) else None
    if not isinstance(geometry, Mapping):
        return feature
    try:
        coordinates = _reproject_points(geometry.get("coordinates"), transformer)
    except (TypeError, ValueError, IndexError):
        return feature
    return {**feature, "geometry": {**geometry, "coordinates": coordinates}}


def _reproject_points(points: Any, transformer: Any) -> Any:
    """Nested lists of points, each brought to degrees."""
    if points and isinstance(points[0][0], (int, float)):
        xs, ys = transformer.transform([point[0] for point in points], [point[1] for point in points])
        return [list(pair) for pair in zip(xs, ys)]
    return [_reproject_points(part, transformer) for part in points]


def _open_vector_file(file: FolderFile,
                      communes: frozenset[str]) -> tuple[list[Any], list[Properties], Reprojection]:
    """(the features of a GeoPackage or Shapefile whose codes are asked for, the properties of all, what brings one to
    degrees). Codes are read first, so that a file of all France costs little."""
    pyogrio = import_geo_library("pyogrio")
    import_geo_library("shapely")
    address = f"/vsizip/{file.path}/{file.member}" if file.member else str(file.path)
    try:
        layers = [str(layer) for layer, kind in pyogrio.list_layers(address) if "Polygon" in str(kind)]
        if not layers:
            raise InputError("holds no polygons: expected outlines of communes or IRIS")
        crs = str(pyogrio.read_info(address, layer=layers[0]).get("crs") or "")
        if not crs:
            raise InputError("does not say its projection (a Shapefile needs its .prj file); export it again")
        features, rows = _read_layer(pyogrio, address, layers[0], communes)
    except InputError:
        raise
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.FieldError):
        raise InputError("cannot be read ({why}); download it again",
                         why=Message("it is no whole GeoPackage or Shapefile")) from None
    except READ_ERRORS as problem:
        raise InputError("cannot be read ({why}); download it again", why=get_system_reason(problem)) from None
    return features, rows, make_reprojection(crs)


def _read_layer(pyogrio: ModuleType, address: str, layer: str,
                communes: frozenset[str]) -> tuple[list[Any], list[Properties]]:
    """(the features of a layer of the communes asked for, as in GeoJSON, the properties of all its features)."""
    shapely = import_module("shapely")
    meta, fids, _, columns = pyogrio.raw.read(address, layer=layer, read_geometry=False, return_fids=True)
    names = [str(name).lower() for name in meta["fields"]]
    rows = [dict(zip(names, values)) for values in zip(*(column.tolist() for column in columns))]
    wanted = {int(fid): row for fid, row in zip(fids, rows)
              if (code := find_outline_code(row)[0]) and (not communes or code[:COMMUNE_CODE_LENGTH] in communes)}
    if not wanted:
        return [], rows
    _, found, shapes, _ = pyogrio.raw.read(address, layer=layer, columns=[], fids=sorted(wanted), return_fids=True,
                                           force_2d=True)
    geometries = [json.loads(shapely.to_geojson(shapely.from_wkb(shape))) if shape is not None else None
                  for shape in shapes]
    return [{"properties": wanted[int(fid)], "geometry": one} for fid, one in zip(found, geometries)], rows
