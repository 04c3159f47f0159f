"""Which outlines are those of the places they claim to be: codes, names and places held against tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

import numpy as np

from ...i18n.translation import Message
from ...world.places.insee_code import COMMUNE_CODE_LENGTH, IRIS_CODE_LENGTH, is_undivided
from ...world.places.official_data import parse_commune_code
from ...world.places.outline import Outline
from ...world.population.communes import load_commune_counts, lonlat_to_km
from .official_table import OfficialTable

NAME_COLUMNS = ("LIBCOM", "LIBGEO", "NOM_COM", "LIBELLE")
"""Columns of tables that may hold the name of a commune."""
IRIS_NAME_COLUMNS = ("LIBCOM", "NOM_COM")
"""Those of tables by IRIS: the others hold names of IRIS there."""
OTHER_AREAS = re.compile(r"canton|epci|interco|circonscription|departement|region|bassin|secteur|quartier|qpv|bureau")
"""Words in a file's name or an area's that tell of other areas than communes and IRIS."""
MAX_CENTRE_DISTANCE, MAX_IRIS_DISTANCE = 1.5, 3.0
"""Largest distance of the centre of a commune's or an IRIS's outline from that of the published commune, in radii of a
circle of its area."""
MIN_KNOWN_COMMUNES, MAX_UNKNOWN_SHARE = 20, 0.1
"""A file of outlines with vague codes is left if tables know this many communes of a département, and this share of
the codes of the file in it is none of them."""


def simplify_place_name(name: str) -> str:
    """A place's name without accents, case and hyphens, `st` written out."""
    plain = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "OE")).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", " ", plain.lower()).split()
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in words)


def find_commune_names(tables: Iterable[OfficialTable]) -> dict[str, str]:
    """Commune code to its name, as tables have it; the shipped names of Seine-Saint-Denis first."""
    names = {f"{code:05d}": one.name for code, one in load_commune_counts().items()}
    for table in tables:
        for column in [one for one in NAME_COLUMNS if one in table.columns][:1]:
            for code in table.rows:
                if not table.by_iris or column in IRIS_NAME_COLUMNS:
                    name = table.read_text(code, column)
                    names.setdefault(code[:COMMUNE_CODE_LENGTH], name) if name else None
    return names


def find_false_outline(outline: Outline, file_name: str, names: Mapping[str, str]) -> Message | None:
    """Why an outline is not that of the commune or IRIS whose code it has; None if nothing speaks against it."""
    known = names.get(outline.commune, "")
    if len(outline.code) == COMMUNE_CODE_LENGTH and outline.is_vague:
        words = simplify_place_name(outline.name)
        if OTHER_AREAS.search(words) or OTHER_AREAS.search(simplify_place_name(file_name)):
            return Message("{code} ({name}) is no commune", code=outline.code, name=outline.name)
        if known and outline.name != outline.code and not _is_same_name(words, simplify_place_name(known)):
            return Message("{code} is {known}, not {name}: codes of other areas than communes?", code=outline.code,
                           known=known, name=outline.name)
    published = load_commune_counts().get(parse_commune_code(outline.commune))
    if published is not None:
        distance = np.hypot(*lonlat_to_km(*outline.centre, (published.lon, published.lat)))
        most = MAX_CENTRE_DISTANCE if len(outline.code) == COMMUNE_CODE_LENGTH else MAX_IRIS_DISTANCE
        if distance > most * np.sqrt(published.area_km2 / np.pi):
            return Message("{code} lies {km:.1f} km from the centre of {name}", code=outline.code, km=float(distance),
                           name=published.name)
    return None


def _is_same_name(one: str, other: str) -> bool:
    """True for names that are equal, or of which one holds the other, as after a merger."""
    return one in other or other in one


def find_unknown_codes(codes: Iterable[str], tables: Iterable[OfficialTable]) -> list[str]:
    """Those of the vague codes of a file that no table knows, if they are too many for a file of communes."""
    vague = [code for code in codes if len(code) == COMMUNE_CODE_LENGTH]
    known = {code[:COMMUNE_CODE_LENGTH] for table in tables for code in table.codes}
    unknown: list[str] = []
    for department in {code[:2] for code in vague}:
        own = [code for code in vague if code[:2] == department]
        strange = [code for code in own if code not in known]
        if (sum(code[:2] == department for code in known) >= MIN_KNOWN_COMMUNES
                and len(strange) > MAX_UNKNOWN_SHARE * len(own)):
            unknown += strange
    return sorted(unknown)


def find_other_geography(table: OfficialTable, outlines: Mapping[str, Outline], commune: str) -> Message | None:
    """What is said where a commune's IRIS in tables and in outlines are of different years; None if they agree."""
    in_table = {code for code in table.rows if code[:COMMUNE_CODE_LENGTH] == commune and not is_undivided(code)}
    drawn = {code for code, one in outlines.items() if one.commune == commune and len(code) == IRIS_CODE_LENGTH}
    without, beyond = sorted(in_table - drawn), sorted(drawn - in_table)
    if not drawn or not without or not beyond:
        return None
    return Message("{commune}: IRIS of tables and of outlines are not of one year: {without} only in the tables, "
                   "{beyond} only in the outlines; download both for one year's geography", commune=commune,
                   without=tuple(_shorten(without)), beyond=tuple(_shorten(beyond)))


def _shorten(codes: list[str], most: int = 4) -> list[str]:
    """The first codes, with … for the rest."""
    return codes if len(codes) <= most else [*codes[:most], "…"]
