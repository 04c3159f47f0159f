"""Reads the synthetic population that eqasim writes for Île-de-France, by its documented layout; imports nothing of it.

Source of the layout: eqasim-france, stage synthesis/output.py and docs/population; S. Hörl, M. Balac, Synthetic
population and travel demand for Paris and Île-de-France based on open and publicly available data, Transportation
Research C 130 (2021) 103291.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from ...analysis.optional_libraries import describe_missing_library
from ...i18n.input_error import InputError
from ...i18n.translation import Message
from ...world.population.traits import MIN_SOCIAL_AGE
from ..errors import flatten_text
from .text_table import TABLE_KINDS, TextTable, read_text_table

PERSONS, HOUSEHOLDS, HOMES, META = "persons", "households", "homes", "meta"
HOME_KINDS = (".gpkg", ".csv")
PROJECTION, DEGREES = "EPSG:2154", "EPSG:4326"
"""Lambert-93, the projection of eqasim's geometries, and longitude and latitude."""
MONTHS = 12
FIRST_ADULT, FURTHER_ADULT, CHILD, CHILD_UNTIL = 1.0, 0.5, 0.3, 14
"""Consumption units of a household's members, and the age of the first who counts as an adult."""
WORKING_CLASSES = tuple("123456")
"""Socio-professional classes (INSEE, eight posts) of people who work, or worked and look for work; 7: retired, 8: none.
"""
NEEDED = {PERSONS: ("person_id", "household_id", "age"), HOUSEHOLDS: ("household_id",), HOMES: ("household_id",)}


@dataclass(frozen=True)
class EqasimFiles:
    """persons, households, homes: the three tables; homes is None where eqasim wrote no geometries."""

    persons: Path
    households: Path
    homes: Path | None
    meta: Path | None


def find_eqasim_files(folder: Path) -> EqasimFiles | None:
    """The files of such a folder, whatever the prefix of their names; None if it holds no persons and households.

    InputError if two files might be the same table.
    """
    persons, households = _find_file(folder, PERSONS, TABLE_KINDS), _find_file(folder, HOUSEHOLDS, TABLE_KINDS)
    if persons is None or households is None:
        return None
    return EqasimFiles(persons, households, _find_file(folder, HOMES, HOME_KINDS), _find_file(folder, META, (".json",)))


def _find_file(folder: Path, stem: str, kinds: tuple[str, ...]) -> Path | None:
    for kind in kinds:
        files = sorted(one for one in folder.iterdir() if one.is_file() and one.name.endswith(f"{stem}{kind}"))
        if len(files) > 1:
            raise InputError("{path}: holds {names}; keep one", path=folder, names=tuple(one.name for one in files))
        if files:
            return files[0]
    return None


def read_eqasim_tables(files: EqasimFiles) -> tuple[TextTable, TextTable, list[Message]]:
    """(residents, households, what is said of them) in the columns of a population. InputError for another layout.

    Income becomes euros a year per consumption unit. Who does not work is unemployed with a class of working people,
    else inactive. Minors who live without an adult (in homes and institutions) are left out.
    """
    _check_sampling_rate(files.meta)
    persons, households = _read_table(files.persons, PERSONS), _read_table(files.households, HOUSEHOLDS)
    age = _to_numbers(persons, "age")
    ids, home = np.unique(persons.columns["household_id"], return_inverse=True)
    home = home.reshape(-1)
    grown = np.zeros(len(ids), bool)
    grown[home[age >= MIN_SOCIAL_AGE]] = True
    residents = replace(persons, columns={
        "resident_id": persons.columns["person_id"], "household_id": persons.columns["household_id"],
        "age": persons.columns["age"], "sex": _find_cells(persons, "sex"), "job": _find_jobs(persons, age)})
    kept = np.isin(households.columns["household_id"], ids[~grown], invert=True)
    columns = {"household_id": households.columns["household_id"],
               "commune": _drop_undefined(_find_cells(households, "commune_id")),
               "iris": _drop_undefined(_find_cells(households, "iris_id")),
               "income": _find_incomes(households, ids, home, age), **_find_homes(files, households)}
    notes = [Message("eqasim: {names}", names=tuple(one.name for one in vars(files).values() if one is not None))]
    if not grown.all():
        notes.append(Message("eqasim: {n} residents under 15 who live without an adult are left out",
                             n=int((~grown[home]).sum())))
    return _select_rows(residents, grown[home]), _select_rows(replace(households, columns=columns), kept), notes


def _select_rows(table: TextTable, rows: np.ndarray) -> TextTable:
    """The table with these rows; messages count the rows that are left."""
    if rows.all():
        return table
    return replace(table, word="row", first_line=1, columns={name: one[rows] for name, one in table.columns.items()})


def _check_sampling_rate(meta: Path | None) -> None:
    """InputError for a sample: eqasim writes its rate into meta.json, and 0.05 unless somebody sets another."""
    if meta is None:
        return
    try:
        rate = float(json.loads(meta.read_text(encoding="utf-8"))["sampling_rate"])
    except (OSError, ValueError, KeyError, TypeError):
        return
    if rate < 1:
        raise InputError("{file}: sampling_rate is {rate:g}: a sample breaks households' ties; run eqasim with "
                         "sampling_rate 1", file=meta.name, rate=rate)


def _read_table(file: Path, stem: str) -> TextTable:
    table = read_text_table(file)
    for name in NEEDED[stem]:
        if name not in table.columns:
            raise InputError("{file}: has no column {word!r}; add it", file=table.file, word=name)
    return table


def _find_cells(table: TextTable, name: str) -> np.ndarray:
    found = table.columns.get(name)
    return np.zeros(table.rows, "U1") if found is None else found


def _to_numbers(table: TextTable, name: str) -> np.ndarray:
    """float64[rows], NaN for an empty cell. InputError for one that is no number."""
    cells = _find_cells(table, name)
    try:
        return np.where(cells == "", "nan", cells).astype(np.float64)
    except ValueError as problem:
        raise InputError("{file}, column {column}: expected numbers ({why})", file=table.file, column=name,
                         why=flatten_text(problem)) from None


def _drop_undefined(codes: np.ndarray) -> np.ndarray:
    return np.where(codes == "undefined", "", codes)


def _find_jobs(persons: TextTable, age: np.ndarray) -> np.ndarray:
    """employed, unemployed or inactive of each person; "" without a column employed."""
    employed = np.strings.lower(_find_cells(persons, "employed"))
    known = employed != ""
    works = np.isin(employed, ("true", "1", "yes", "1.0"))
    seeks = np.isin(np.strings.replace(_find_cells(persons, "socioprofessional_class"), ".0", ""), WORKING_CLASSES)
    job = np.where(works, "employed", np.where(seeks & (age >= MIN_SOCIAL_AGE), "unemployed", "inactive"))
    return np.where(known, job, "")


def _find_incomes(households: TextTable, ids: np.ndarray, home: np.ndarray, age: np.ndarray) -> np.ndarray:
    """Income a year per consumption unit, as text. eqasim's is the household's a month."""
    adults = np.bincount(home[age >= CHILD_UNTIL], minlength=len(ids))
    children = np.bincount(home[age < CHILD_UNTIL], minlength=len(ids))
    units = FIRST_ADULT + FURTHER_ADULT * np.maximum(adults - 1, 0) + CHILD * children
    at = np.minimum(np.searchsorted(ids, households.columns["household_id"]), len(ids) - 1)
    income = MONTHS * _to_numbers(households, "income") / units[at]
    return np.where(np.isnan(income), "", income.astype("U32"))


def _find_homes(files: EqasimFiles, households: TextTable) -> Mapping[str, np.ndarray]:
    """lon and lat of each household, as text; nothing without a file of homes."""
    if files.homes is None:
        return {}
    ids, lon, lat = _read_geopackage(files.homes) if files.homes.suffix == ".gpkg" else _read_homes_csv(files.homes)
    order = np.argsort(ids, kind="stable")
    at = order[np.minimum(np.searchsorted(ids, households.columns["household_id"], sorter=order), len(ids) - 1)]
    has = ids[at] == households.columns["household_id"]
    return {"lon": np.where(has, lon[at].astype("U32"), ""), "lat": np.where(has, lat[at].astype("U32"), "")}


def _read_geopackage(file: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(household ids, longitudes, latitudes) of the points. InputError for another file, or without the extra geo."""
    pyogrio, shapely = _import_geo("pyogrio"), _import_geo("shapely")
    try:
        meta, _, geometry, fields = pyogrio.raw.read(str(file))
        points = shapely.from_wkb(geometry)
        ids = np.asarray(fields[list(meta["fields"]).index("household_id")]).astype(str)
    except (ValueError, RuntimeError, OSError) as problem:
        raise InputError("{file}: expected points with household_id, as eqasim writes homes ({why})", file=file.name,
                         why=flatten_text(problem)[:100]) from None
    lon, lat = _to_degrees(shapely.get_x(points), shapely.get_y(points), meta["crs"] or PROJECTION)
    return ids, lon, lat


def _read_homes_csv(file: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The same of household_id with lon, lat in degrees, or x, y in metres of Lambert-93."""
    table = _read_table(file, HOMES)
    ids = table.columns["household_id"]
    if {"lon", "lat"} <= set(table.columns):
        return ids, _to_numbers(table, "lon"), _to_numbers(table, "lat")
    if {"x", "y"} <= set(table.columns):
        return ids, *_to_degrees(_to_numbers(table, "x"), _to_numbers(table, "y"), PROJECTION)
    raise InputError("{file}: expected columns lon and lat (degrees), or x and y (metres, Lambert-93)", file=file.name)


def _to_degrees(x: np.ndarray, y: np.ndarray, projection: str) -> tuple[np.ndarray, np.ndarray]:
    transformer = _import_geo("pyproj").Transformer.from_crs(projection, DEGREES, always_xy=True)
    lon, lat = transformer.transform(x, y)
    return np.round(lon, 6), np.round(lat, 6)


def _import_geo(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise InputError(describe_missing_library(name)) from None
