"""A folder of official files settled into a Land: read, checked, completed, and told what was read from where."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from functools import lru_cache
from pathlib import Path

from ...i18n.refusal import Refusal
from ...parameters import Model
from ...world.places.official_data import UNKNOWN, Land, Quarter, Town, number, origin_of, place_name, slots
from ...world.places.outline import Outline, outlines
from ...world.population.communes import Margins
from .completeness import Filler
from .counts import Place, joined, stands, together, whole
from .sheet import code_of, sheets
from .topic import FILES, Source, sources

MOST = 60
"""Communes that a folder may stand for when none is named."""
APART = 0.02
"""The most by which IRIS may differ from their commune, in share of its residents."""


@lru_cache(maxsize=4)
def load(folder: str, named: tuple[str, ...], spots: tuple[tuple[float, float], ...]) -> Land:
    """The communes named (all in the files when none is) as the folder's files have them. Refusal if they cannot be.

    spots: longitude and latitude of real sites, to be found in the outlines.
    """
    codes = _named(named)
    tables = sources(sheets(Path(folder), frozenset(codes)))
    if not any(topic == "population" for topic, _ in tables):
        raise Refusal("territory.data = {folder}: no table of residents by age: expected {file}-YYYY.CSV (columns "
                      "IRIS, P.._POP, P.._POP0014 …), or the same by commune (base-cc-evol-struct-pop)",
                      "territory.data = {folder} : pas de tableau d'habitants par âge : attendu {file}-AAAA.CSV "
                      "(colonnes IRIS, P.._POP, P.._POP0014 …), ou le même par commune (base-cc-evol-struct-pop)",
                      folder=folder, file=FILES["population"])
    shapes = _shapes(Path(folder))
    codes = codes or _all(tables, folder)
    filler = Filler(tables, shapes)
    settings = Model()
    slot = _slots(codes)
    towns = [_town(code, slot[number(code)], filler, settings) for code in codes]
    towns.sort(key=lambda town: town.margins.code)
    homes = {place_name(lon, lat): iris for lon, lat in spots if (iris := _iris_at(lon, lat, shapes, towns))}
    return Land(origin_of([town.margins for town in towns]), towns, homes, dict(sorted(filler.came_from.items())))


def content_of(land: Land) -> str:
    """16 hex digits of what the files say: the same wherever they lie."""
    return hashlib.sha256(json.dumps(asdict(land), sort_keys=True).encode()).hexdigest()[:16]


def _named(named: Sequence[str]) -> list[str]:
    codes = []
    for word in named:
        code = code_of(word, 5)
        if not code:
            raise Refusal("territory.communes: {word}: expected INSEE codes of 5 characters, such as 93055",
                          "territory.communes : {word} : attendu des codes INSEE de 5 caractères, comme 93055",
                          word=word)
        codes.append(code)
    return sorted(set(codes))


def _all(tables: dict[tuple[str, bool], Source], folder: str) -> list[str]:
    """Every commune of the tables of residents."""
    found = sorted({code[:5] for (topic, _), one in tables.items() if topic == "population" for code in one.sheet.rows})
    if not found or len(found) > MOST:
        raise Refusal("territory.data = {folder}: holds {count} communes: name those to play, such as "
                      "'territory.communes=[93055]'",
                      "territory.data = {folder} : contient {count} communes : nommez celles à jouer, par exemple "
                      "'territory.communes=[93055]'", folder=folder, count=len(found))
    return found


def _slots(codes: list[str]) -> dict[int, int]:
    try:
        return slots([number(code) for code in codes])
    except ValueError as problem:
        raise Refusal("territory.communes: {why}; name fewer", "territory.communes : {why} ; nommez-en moins",
                      why=problem) from None


def _shapes(folder: Path) -> dict[str, Outline]:
    """Outlines of every GeoJSON of the folder, by code."""
    found: dict[str, Outline] = {}
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() in (".geojson", ".json"):
            found |= outlines(file)
    return found


def _town(code: str, slot: int, filler: Filler, settings: Model) -> Town:
    """One commune and its quarters."""
    parts = [part for part in filler.parts(code) if part.figures["population"] > 0]
    if not parts:
        alone = filler.commune(code)
        margins = whole(alone, settings)
        if not stands(margins, settings):
            joined([alone], settings)
        return Town(slot, margins, _share(alone, "social"), _share(alone, "houses"))
    fewer = joined(parts, settings)
    if len(fewer) < len(parts):
        filler.tell("joined", f"{code}: {len(parts) - len(fewer)}")
    quarters = [Quarter(one.code, whole(one, settings), _share(one, "social"), _share(one, "houses")) for one in fewer]
    placed = filler.placed(code)
    total = parts[0]
    for one in parts[1:]:
        total = together(total, one)
    total = replace(filler.commune(code, total.figures), figures=total.figures)
    _close(filler, code, total)
    return Town(slot, _sum(whole(total, settings), quarters), _share(total, "social"), _share(total, "houses"), placed,
                quarters)


def _sum(margins: Margins, quarters: list[Quarter]) -> Margins:
    """The commune's counts as the sums of its quarters'."""
    names = [item.name for item in fields(Margins) if item.type == "int" and item.name != "code"]
    return replace(margins, **{name: sum(getattr(one.margins, name) for one in quarters) for name in names})


def _share(place: Place, name: str) -> float:
    share = place.share(name)
    return UNKNOWN if share is None else round(share, 6)


def _close(filler: Filler, code: str, total: Place) -> None:
    """Refusal when a commune's IRIS do not add up to what the table of communes says."""
    people = filler.residents(code)
    found = total.figures["population"]
    if people is not None and abs(found - people) > APART * people + 1:
        raise Refusal("{code}: its IRIS hold {found:.0f} residents, the table of communes says {people:.0f}: expected "
                      "the same within {most:.0f} %; download both for one year",
                      "{code} : ses IRIS comptent {found:.0f} habitants, le tableau des communes en dit {people:.0f} "
                      ": attendu le même nombre à {most:.0f} % près ; téléchargez les deux pour une même année",
                      code=code, found=found, people=people, most=100 * APART)


def _iris_at(lon: float, lat: float, shapes: dict[str, Outline], towns: list[Town]) -> str:
    """The quarter whose outline holds the point; one joined to another counts where its neighbour does not."""
    own = {quarter.iris for town in towns if town.placed for quarter in town.quarters}
    return next((code for code in sorted(own) if code in shapes and shapes[code].holds(lon, lat)), "")
