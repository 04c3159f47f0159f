"""Codes of communes that a folder of official files knows by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from ...i18n.input_error import InputError
from ...world.places.insee_code import COMMUNE_CODE_LENGTH, IRIS_CODE_LENGTH, normalise_insee_code
from ..places.place_names import simplify_name
from .folder_file import READ_ERRORS, FolderFile, list_folder_files
from .outline_checks import IRIS_NAME_COLUMNS, NAME_COLUMNS
from .outline_files import GEOJSON_KINDS, VECTOR_KINDS, read_outline_file
from .table_rows import COMMUNE_COLUMNS, IRIS_COLUMNS, TEXT_KINDS, WORKBOOK_KINDS, read_tables

MAX_SHOWN = 5


def find_codes_of_names(folder: Path, names: Sequence[str]) -> list[str]:
    """The INSEE code of each named commune. InputError for a name that no file has, or that several communes have."""
    known: dict[str, dict[str, str]] = {}
    for code, name in list_commune_names(folder):
        known.setdefault(simplify_name(name), {})[code] = name
    codes = []
    for name in names:
        found = known.get(simplify_name(name), {})
        if not found:
            near = get_close_matches(simplify_name(name), known, MAX_SHOWN, 0.6)
            shown = tuple(next(iter(known[one].values())) for one in near)
            raise InputError("territory: no commune of Seine-Saint-Denis and none in {folder} is called {name}; "
                             "nearest: {names}; or give INSEE codes, territory.communes=[…]", folder=folder, name=name,
                             names=shown or "–")
        if len(found) > 1:
            raise InputError("territory: several communes are called {name}: {codes}; give the code of one, "
                             "territory.communes=[…]", name=name, codes=tuple(sorted(found)[:MAX_SHOWN]))
        codes += list(found)
    return codes


def list_commune_names(folder: Path) -> Iterator[tuple[str, str]]:
    """(code, name) of every commune that a table or a file of outlines names; files that cannot be read are left."""
    for file in list_folder_files(folder)[0]:
        try:
            if file.kind in (*TEXT_KINDS, *WORKBOOK_KINDS):
                yield from _read_names(file)
            elif file.kind in (*GEOJSON_KINDS, *VECTOR_KINDS):
                for outline in read_outline_file(file, frozenset()).outlines.values():
                    name = outline.commune_name or (outline.name if len(outline.code) == COMMUNE_CODE_LENGTH else "")
                    if name:
                        yield outline.commune, name
        except (InputError, *READ_ERRORS):
            continue


def _read_names(file: FolderFile) -> Iterator[tuple[str, str]]:
    """The names of communes in the tables of a file."""
    for table in read_tables(file):
        keys = [name for name in (*IRIS_COLUMNS, *COMMUNE_COLUMNS) if name in table.columns][:1]
        by_iris = bool(keys) and keys[0] in IRIS_COLUMNS
        names = [name for name in (IRIS_NAME_COLUMNS if by_iris else NAME_COLUMNS) if name in table.columns]
        if not keys or not names:
            continue
        place, shown = table.columns[keys[0]], table.columns[names[0]]
        for cells in table.rows:
            cell = cells[place] if place < len(cells) else ""
            code = normalise_insee_code(cell, IRIS_CODE_LENGTH)[:COMMUNE_CODE_LENGTH] if by_iris else ""
            code = code or normalise_insee_code(cell, COMMUNE_CODE_LENGTH)
            if code and shown < len(cells) and cells[shown].strip():
                yield code, cells[shown].strip()
