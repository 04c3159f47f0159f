"""Loads a folder of official files into OfficialData: read, checked, completed, with the source of every topic."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from functools import lru_cache, reduce
from pathlib import Path

from ...i18n.input_error import InputError
from ...parameters import Model
from ...world.places.official_data import (
    UNKNOWN_SHARE,
    CommuneData,
    IrisData,
    OfficialData,
    assign_commune_slots,
    choose_map_origin,
    make_coordinate_key,
    parse_commune_code,
)
from ...world.places.outline import Outline, read_outlines
from ...world.population.communes import Margins
from .census_area import CensusArea, can_form_households, merge_areas, merge_small_areas, round_to_margins
from .imputation import FigureImputer
from .official_table import normalise_insee_code, read_official_tables
from .topic import INSEE_FILE_NAMES, TopicSource, find_topic_sources

MAX_COMMUNES = 60
"""Most communes read from a folder if none is named."""
MAX_IRIS_TOTAL_GAP = 0.02
"""Largest gap between a commune's residents and the sum over its IRIS, as a share of the residents; plus one."""


@lru_cache(maxsize=4)
def load_official_data(folder: str, communes: tuple[str, ...],
                       site_positions: tuple[tuple[float, float], ...]) -> OfficialData:
    """The data of these communes (all communes of the files if empty). InputError for missing or inconsistent files.

    site_positions: longitude and latitude of real sites, which are located in the outlines.
    """
    codes = _parse_commune_codes(communes)
    tables = find_topic_sources(read_official_tables(Path(folder), frozenset(codes)))
    if not any(topic == "population" for topic, _ in tables):
        raise InputError("territory.data = {folder}: no table of residents by age: expected {file}-YYYY.CSV (columns "
                         "IRIS, P.._POP, P.._POP0014 …), or the same by commune (base-cc-evol-struct-pop)",
                         folder=folder, file=INSEE_FILE_NAMES["population"])
    outlines_by_code = _read_outlines(Path(folder))
    codes = codes or _list_all_communes(tables, folder)
    imputer = FigureImputer(tables, outlines_by_code)
    slots, settings = _assign_slots(codes), Model()
    found = [_build_commune_data(code, slots[parse_commune_code(code)], imputer, settings) for code in codes]
    found.sort(key=lambda commune: commune.margins.code)
    site_iris = {make_coordinate_key(lon, lat): iris for lon, lat in site_positions
                 if (iris := _find_iris(lon, lat, outlines_by_code, found))}
    return OfficialData(choose_map_origin([commune.margins for commune in found]), found, site_iris,
                        dict(sorted(imputer.provenance.items())))


def hash_official_data(data: OfficialData) -> str:
    """16 hex digits of the content of the files, whatever their path."""
    return hashlib.sha256(json.dumps(asdict(data), sort_keys=True).encode()).hexdigest()[:16]


def _parse_commune_codes(words: Sequence[str]) -> list[str]:
    codes = []
    for word in words:
        code = normalise_insee_code(word, 5)
        if not code:
            raise InputError("territory.communes: {word}: expected INSEE codes of 5 characters, such as 93055",
                             word=word)
        codes.append(code)
    return sorted(set(codes))


def _list_all_communes(tables: dict[tuple[str, bool], TopicSource], folder: str) -> list[str]:
    """Codes of all communes in the tables of residents. InputError if there are none or too many."""
    found = sorted({code[:5] for (topic, _), one in tables.items() if topic == "population" for code in one.table.rows})
    if not found or len(found) > MAX_COMMUNES:
        raise InputError("territory.data = {folder}: holds {count} communes: name those to play, such as "
                         "'territory.communes=[93055]'", folder=folder, count=len(found))
    return found


def _assign_slots(codes: list[str]) -> dict[int, int]:
    """INSEE code to slot, which keys the random draws of a commune. InputError for too many communes."""
    try:
        return assign_commune_slots([parse_commune_code(code) for code in codes])
    except ValueError as problem:
        raise InputError("territory.communes: {why}; name fewer", why=problem) from None


def _read_outlines(folder: Path) -> dict[str, Outline]:
    """Outlines in every GeoJSON file of the folder, by code."""
    found: dict[str, Outline] = {}
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() in (".geojson", ".json"):
            found |= read_outlines(file)
    return found


def _build_commune_data(code: str, slot: int, imputer: FigureImputer, settings: Model) -> CommuneData:
    """One commune with its IRIS, or as a whole if no table is by IRIS."""
    parts = [part for part in imputer.build_iris_areas(code) if part.figures["population"] > 0]
    if not parts:
        whole = imputer.build_commune_area(code)
        margins = round_to_margins(whole, settings)
        if not can_form_households(margins, settings):
            merge_small_areas([whole], settings)  # raises the InputError
        return CommuneData(slot, margins, _share(whole, "social"), _share(whole, "houses"))
    merged = merge_small_areas(parts, settings)
    if len(merged) < len(parts):
        imputer.record_source("joined", f"{code}: {len(parts) - len(merged)}")
    iris_data = [IrisData(area.code, round_to_margins(area, settings), _share(area, "social"), _share(area, "houses"))
                 for area in merged]
    has_outlines = imputer.has_all_outlines(code)
    figures = reduce(merge_areas, parts).figures
    whole = replace(imputer.build_commune_area(code, figures), figures=figures)
    _check_commune_total(imputer, code, whole)
    return CommuneData(slot, _sum_counts(round_to_margins(whole, settings), iris_data), _share(whole, "social"),
                       _share(whole, "houses"), has_outlines, iris_data)


def _sum_counts(margins: Margins, iris_data: list[IrisData]) -> Margins:
    """The commune's margins with every count replaced by the sum over its IRIS."""
    names = [item.name for item in fields(Margins) if item.type == "int" and item.name != "code"]
    return replace(margins, **{name: sum(getattr(one.margins, name) for one in iris_data) for name in names})


def _share(area: CensusArea, name: str) -> float:
    share = area.share(name)
    return UNKNOWN_SHARE if share is None else round(share, 6)


def _check_commune_total(imputer: FigureImputer, code: str, whole: CensusArea) -> None:
    """InputError if the residents of a commune's IRIS do not add up to those of the table of communes."""
    people = imputer.read_residents(code)
    found = whole.figures["population"]
    if people is not None and abs(found - people) > MAX_IRIS_TOTAL_GAP * people + 1:
        raise InputError("{code}: its IRIS hold {found:.0f} residents, the table of communes says {people:.0f}: "
                         "expected the same within {most:.0f} %; download both for one year", code=code, found=found,
                         people=people, most=100 * MAX_IRIS_TOTAL_GAP)


def _find_iris(lon: float, lat: float, outlines_by_code: dict[str, Outline], communes: list[CommuneData]) -> str:
    """Code of the IRIS whose outline contains the point; "" if none does. IRIS merged into another do not count."""
    codes = sorted({iris.code for commune in communes if commune.has_outlines for iris in commune.iris_data})
    return next((code for code in codes if code in outlines_by_code and outlines_by_code[code].contains(lon, lat)), "")
