"""Rows of a register of sites as people have it: a CSV of any kind, a workbook, or GeoJSON points."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from ...i18n.input_error import InputError
from ...i18n.system_reason import get_system_reason
from .folder_file import READ_ERRORS, FolderFile
from .outline_files import GEOJSON_KINDS, make_reprojection, read_geojson_projection
from .table_rows import (
    MAX_HEADER_LINES,
    SEPARATORS,
    WORKBOOK_KINDS,
    bounded_lines,
    detect_encoding,
    read_sheet_rows,
    split_csv_rows,
    split_line,
)

MAX_SITES = 20_000
"""Most lines of a register."""


@dataclass(frozen=True)
class RegisterRow:
    """A line of a register: its number in the file, and its cells by the register's own column names."""

    number: int
    cells: dict[str, str]


def simplify_column_name(name: str) -> str:
    """A column's name in small letters without accents, its words joined by _."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def read_register_rows(file: str, is_header: Any) -> tuple[list[str], list[RegisterRow]]:
    """(the register's columns, its lines). InputError for a file that cannot be read or is no table.

    is_header: columns to True if they are those of a register of sites; titles may stand above them.
    """
    source = FolderFile(file, Path(file))
    try:
        if source.kind in GEOJSON_KINDS:
            return _read_features(source)
        if source.kind in WORKBOOK_KINDS:
            return _cut_at_header(read_sheet_rows(source), is_header, file)
        encoding = detect_encoding(source)
        with source.open() as raw, io.TextIOWrapper(raw, encoding, errors="replace", newline="") as text:
            return _read_text_rows(bounded_lines(text), is_header, file)
    except OSError as problem:
        raise InputError("territory.sites = {file}: cannot be read ({why}); give a register of sites, CSV or GeoJSON",
                         file=file, why=get_system_reason(problem)) from None
    except InputError as problem:
        raise problem if file in str(problem) else InputError("{file}: {why}", file=file, why=problem) from None
    except READ_ERRORS as problem:
        raise InputError("{file}: cannot be read ({why}); export it again", file=file, why=problem) from None


def _read_text_rows(lines: Iterator[str], is_header: Any, file: str) -> tuple[list[str], list[RegisterRow]]:
    """The rows of a text, by the separator that makes its header known, else the most frequent one."""
    top = list(islice(lines, MAX_HEADER_LINES))
    separators = [separator for line in top for separator in sorted(SEPARATORS, key=line.count, reverse=True)
                  if is_header(split_line(line, separator))][:1]
    first = next((line for line in top if line.strip()), "")
    separator = separators[0] if separators else max(SEPARATORS, key=first.count)
    if not first.count(separator) and not separators:
        raise InputError("no separator in its first line: expected columns between semicolons; export it so")

    def rows() -> Iterator[list[str]]:
        yield from split_csv_rows([*top, *lines], separator)

    return _cut_at_header(rows(), is_header, file)


def _cut_at_header(rows: Iterator[list[str]], is_header: Any, file: str) -> tuple[list[str], list[RegisterRow]]:
    """The columns of the first row that is a header (else of the first that is not empty), and the rows below it."""
    every = [(number, cells) for number, cells in enumerate(islice(rows, MAX_SITES + MAX_HEADER_LINES), 1)
             if any(cell.strip() for cell in cells)]
    if len(every) > MAX_SITES:
        raise InputError("{file}: more than {most} lines; keep those of the territory", file=file, most=MAX_SITES)
    place = next((k for k, (_, cells) in enumerate(every[:MAX_HEADER_LINES]) if is_header(cells)), 0)
    if not every:
        raise InputError("{file}: lists no site: expected one line a site; add them", file=file)
    columns = _name_apart([cell.strip().strip("\ufeff") for cell in every[place][1]])
    found = [RegisterRow(number, {name: cells[k].strip() if k < len(cells) else "" for k, name in enumerate(columns)})
             for number, cells in every[place + 1:]]
    return columns, found


def _name_apart(columns: list[str]) -> list[str]:
    """The columns, with a number behind a name that an earlier column has: "name (2)"."""
    return [name if name not in columns[:k] else f"{name} ({columns[:k].count(name) + 1})"
            for k, name in enumerate(columns)]


def _read_features(source: FolderFile) -> tuple[list[str], list[RegisterRow]]:
    """The points of a GeoJSON file: their properties, with columns lon and lat of their geometry."""
    try:
        data = json.loads(source.read())
    except (ValueError, RecursionError):
        raise InputError("is not JSON: expected GeoJSON points; download or export it again") from None
    features = data.get("features") if isinstance(data, Mapping) else None
    if not isinstance(features, list) or not features:
        raise InputError("{file}: lists no site: expected one line a site; add them", file=source.name)
    reproject = make_reprojection(read_geojson_projection(data))
    found = []
    for number, feature in enumerate(features[:MAX_SITES], 1):
        raw = feature.get("properties") if isinstance(feature, Mapping) else None
        properties = raw if isinstance(raw, Mapping) else {}
        cells = {str(name): _format_property(value) for name, value in properties.items()}
        point = _find_point(reproject(feature).get("geometry")) if isinstance(feature, Mapping) else None
        if point:
            cells |= {"lon": repr(point[0]), "lat": repr(point[1])}
        found.append(RegisterRow(number, cells))
    return list(dict.fromkeys(name for row in found for name in row.cells)), found


def _format_property(value: Any) -> str:
    """A property as the text of a cell."""
    return "" if value is None else json.dumps(value) if isinstance(value, (dict, list)) else str(value)


def _find_point(geometry: Any) -> tuple[float, float] | None:
    """Longitude and latitude of a point, or of the mean of a geometry's points; None for a feature without place."""
    points: list[tuple[float, float]] = []

    def collect(part: Any, depth: int = 0) -> None:
        if not isinstance(part, list) or not part or depth > 4:  # a MultiPolygon has four levels of lists
            return
        if all(isinstance(number, (int, float)) and not isinstance(number, bool) for number in part):
            points.append((float(part[0]), float(part[1]))) if len(part) > 1 else None
            return
        for inner in part:
            collect(inner, depth + 1)

    collect(geometry.get("coordinates") if isinstance(geometry, Mapping) else None)
    if not points:
        return None
    return sum(lon for lon, _ in points) / len(points), sum(lat for _, lat in points) / len(points)
