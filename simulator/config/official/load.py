"""Loads a folder of official files into OfficialData: read, checked, completed, with the source of every topic."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from functools import lru_cache, reduce
from pathlib import Path

from ...i18n.input_error import InputError
from ...parameters import Model
from ...world.places.insee_code import (
    ARRONDISSEMENTS,
    COMMUNE_CODE_LENGTH,
    normalise_insee_code,
    split_into_arrondissements,
)
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
from ...world.places.outline import Outline
from ...world.population.communes import Margins
from .census_area import CensusArea, can_form_households, merge_areas, merge_small_areas, round_to_margins
from .commune_search import find_codes_of_names
from .file_note import FileNote
from .folder_file import fingerprint_folder
from .folder_reading import FolderReading, read_folder
from .imputation import FigureImputer
from .official_table import MAX_COMMUNES
from .outline_checks import find_commune_names, find_other_geography
from .topic import INSEE_FILE_NAMES, TopicSource

MAX_IRIS_TOTAL_GAP = 0.02
"""Largest gap between a commune's residents and the sum over its IRIS, as a share of the residents; plus one."""


@dataclass(frozen=True)
class LoadedFolder:
    """The data of a territory, and the notes on the files they were read from."""

    data: OfficialData
    notes: tuple[FileNote, ...] = ()


def load_official_data(folder: str, communes: tuple[str, ...],
                       site_positions: tuple[tuple[float, float], ...]) -> LoadedFolder:
    """The data of these communes (all communes of the files if empty). InputError for missing or inconsistent files.

    site_positions: longitude and latitude of real sites, which are located in the outlines. A folder is read again
    when its files have changed.
    """
    return _load_once(folder, fingerprint_folder(Path(folder)), communes, site_positions)


@lru_cache(maxsize=4)
def _load_once(folder: str, fingerprint: str, communes: tuple[str, ...],
               site_positions: tuple[tuple[float, float], ...]) -> LoadedFolder:
    named = [word for word in communes if not normalise_insee_code(word, COMMUNE_CODE_LENGTH)]
    codes = [word for word in communes if word not in named]
    asked = _parse_commune_codes([*codes, *(find_codes_of_names(Path(folder), named) if named else ())])
    reading = read_folder(Path(folder), frozenset(part for code in asked for part in (code, *_list_parts(code))))
    try:
        return _build_data(reading, asked, folder, site_positions)
    except InputError as problem:
        if not reading.reasons():
            raise
        raise InputError("{problem}. {reasons}", problem=problem, reasons=reading.reasons()) from None


def _build_data(reading: FolderReading, asked: list[str], folder: str,
                site_positions: tuple[tuple[float, float], ...]) -> LoadedFolder:
    """The data of the communes asked for out of what a folder holds."""
    if not any(topic == "population" for topic, _ in reading.sources):
        raise InputError("territory.data = {folder}: no table of residents by age: expected {file}-YYYY.CSV (columns "
                         "IRIS, P.._POP, P.._POP0014 …), or the same by commune (base-cc-evol-struct-pop)",
                         folder=folder, file=INSEE_FILE_NAMES["population"])
    codes = _list_communes(asked, reading.sources, folder)
    imputer = FigureImputer(reading.sources, reading.outlines, find_commune_names(reading.tables))
    slots, settings = _assign_slots(codes), Model()
    found = [_build_commune_data(code, slots[parse_commune_code(code)], imputer, settings) for code in codes]
    found.sort(key=lambda commune: commune.margins.code)
    site_iris = {make_coordinate_key(lon, lat): iris for lon, lat in site_positions
                 if (iris := _find_iris(lon, lat, reading.outlines, found))}
    data = OfficialData(choose_map_origin([commune.margins for commune in found]), found, site_iris,
                        dict(sorted(imputer.provenance.items())))
    return LoadedFolder(data, (*reading.notes, *_describe_geographies(reading, codes)))


def _list_parts(code: str) -> tuple[str, ...]:
    """The arrondissements of Paris, Lyon or Marseille; empty for any other commune."""
    return ARRONDISSEMENTS.get(code, ())


def _describe_geographies(reading: FolderReading, codes: list[str]) -> list[FileNote]:
    """A note on each commune whose IRIS in the table of residents and in outlines are of different years."""
    source = reading.sources.get(("population", True))
    texts = [find_other_geography(source.table, reading.outlines, code) for code in codes] if source else []
    return [FileNote("", text) for text in texts if text]


def hash_official_data(data: OfficialData) -> str:
    """16 hex digits of the content of the files, whatever their path."""
    return hashlib.sha256(json.dumps(asdict(data), sort_keys=True).encode()).hexdigest()[:16]


def _parse_commune_codes(words: Sequence[str]) -> list[str]:
    """Codes as files have them, each once, in order."""
    return sorted({normalise_insee_code(word, COMMUNE_CODE_LENGTH) for word in words})


def _list_communes(asked: list[str], sources: Mapping[tuple[str, bool], TopicSource], folder: str) -> list[str]:
    """Codes of the communes to play: those asked for, else all in the tables of residents.

    Paris, Lyon and Marseille are played by arrondissement where the tables have them. InputError for too many, or none.
    """
    known = {code[:5] for (topic, _), one in sources.items() if topic == "population" for code in one.table.codes}
    wanted = asked or sorted(known)
    found = sorted({part for code in wanted for part in split_into_arrondissements(code, known)})
    if not found or not asked and len(found) > MAX_COMMUNES:
        raise InputError("territory.data = {folder}: holds {count} communes: name those to play, such as "
                         "'territory.communes=[93055]'", folder=folder, count=len(found))
    return found


def _assign_slots(codes: list[str]) -> dict[int, int]:
    """INSEE code to slot, which keys the random draws of a commune. InputError for too many communes."""
    try:
        return assign_commune_slots([parse_commune_code(code) for code in codes])
    except ValueError as problem:
        raise InputError("territory.communes: {why}; name fewer", why=problem) from None


def _build_commune_data(code: str, slot: int, imputer: FigureImputer, settings: Model) -> CommuneData:
    """One commune with its IRIS, or as a whole if no table is by IRIS, or if it is not divided into any."""
    parts = [part for part in imputer.build_iris_areas(code) if part.figures["population"] > 0]
    if len(parts) <= 1:
        whole = imputer.build_commune_area(code, parts[0].figures if parts else None)
        margins = round_to_margins(whole, settings)
        if not can_form_households(margins, settings):
            merge_small_areas([whole], settings)  # raises the InputError
        return CommuneData(slot, margins, _share(whole, "social"), _share(whole, "houses"))
    merged = merge_small_areas(parts, settings)
    if len(merged) < len(parts):
        imputer.record_source("joined", f"{code}: {len(parts) - len(merged)}")
    iris_data = [IrisData(area.code, round_to_margins(area, settings), _share(area, "social"), _share(area, "houses"))
                 for area in merged]
    has_outlines = imputer.note_outlines(code)
    figures = reduce(merge_areas, parts).figures | imputer.read_commune_income(code)
    whole = imputer.build_commune_area(code, figures)
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
