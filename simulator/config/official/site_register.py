"""Reads a register of sites, a CSV with one line a site, which replaces the shipped and the generic sites."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ...cards.reader import CardError, CardLocation, build_card
from ...i18n.input_error import InputError
from ...world.places.outline import is_in_france
from ...world.sites.site_card import SiteCard
from .official_table import decode_text, split_csv_rows

REQUIRED_COLUMNS = ("name", "type", "lon", "lat")
OPTIONAL_COLUMNS = {"capacity": "places", "hours": "hours", "staff": "staff", "grants": "grants"}
"""Column to the entry of a site card; an empty cell keeps the value of the site's type."""
FRENCH_COLUMNS = {"nom": "name", "longitude": "lon", "latitude": "lat", "lng": "lon", "capacite": "capacity",
                  "places": "capacity", "heures": "hours", "horaires": "hours", "postes": "staff", "etp": "staff",
                  "subventions": "grants"}
FRENCH_SITE_TYPES = {"jardin": "garden", "jardin partage": "garden", "tiers-lieu": "third_place",
                     "tiers lieu": "third_place", "lieu culturel": "cultural_venue", "centre social": "social_centre"}


def read_site_register(file: str, types: Sequence[SiteCard]) -> list[SiteCard]:
    """The sites of a register, in its order. InputError naming the faulty line.

    types: site cards, of which the generic ones are the types a line may name.
    """
    try:
        text = decode_text(Path(file).read_bytes(), file)
    except OSError as problem:
        raise InputError("territory.sites = {file}: cannot be read ({why}); give a CSV of sites", file=file,
                         why=problem.strerror or "?") from None
    lines = [cells for cells in split_csv_rows(text, file) if any(cell.strip() for cell in cells)]
    columns = {_translate_column(cell): place for place, cell in enumerate(lines[0] if lines else [])}
    for name in REQUIRED_COLUMNS:
        if name not in columns:
            raise InputError("{file}: column {name} is missing: expected name;type;lon;lat, and if known {more}",
                             file=file, name=name, more=";".join(OPTIONAL_COLUMNS))
    if len(lines) < 2:
        raise InputError("{file}: lists no site: expected one line a site; add them", file=file)
    generic_cards = {card.id: card for card in types if card.generic}
    cards: dict[str, SiteCard] = {}
    for number, cells in enumerate(lines[1:], 2):
        row = {name: cells[place].strip() if place < len(cells) else "" for name, place in columns.items()}
        card = _build_register_card(row, generic_cards, f"{file}:{number}")
        if card.id in cards:
            raise InputError("{where}: the name {name} is there twice; rename one of the two", where=f"{file}:{number}",
                             name=card.label_fr)
        cards[card.id] = card
    return list(cards.values())


def _strip_accents(text: str) -> str:
    """The text in small letters without accents."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().strip().lower()


def _translate_column(cell: str) -> str:
    name = _strip_accents(cell)
    return FRENCH_COLUMNS.get(name, name)


def _build_register_card(row: Mapping[str, str], types: Mapping[str, SiteCard], where: str) -> SiteCard:
    """The card of a line: that of its type, with the position and the figures of the line."""
    kind = FRENCH_SITE_TYPES.get(_strip_accents(row["type"]), row["type"])
    if kind not in types:
        raise InputError("{where}: type {word}: expected one of {known}", where=where, word=row["type"],
                         known=sorted(types))
    site_id = re.sub(r"[^a-z0-9]+", "_", _strip_accents(row["name"])).strip("_")
    if not site_id:
        raise InputError("{where}: no name; give the site one", where=where)
    lon, lat = _read_number(row, "lon", where), _read_number(row, "lat", where)
    _check_in_france(lon, lat, where)
    figures = {entry: _read_number(row, name, where) for name, entry in OPTIONAL_COLUMNS.items() if row.get(name)}
    sources = {name: text for name, text in types[kind].sources.items() if name not in figures and name != "frequency"}
    sources |= {name: "measured: the register of sites" for name in figures}
    try:
        checked = build_card(SiteCard, {"id": site_id, "lon": lon, "lat": lat, **figures}, CardLocation(where))
    except CardError as problem:
        raise InputError(problem.args[0]) from None
    changed = {name: getattr(checked, name) for name in ("id", "lon", "lat", *figures)}
    return replace(types[kind], generic=False, label_fr=row["name"], label_en=row["name"], sources=sources, **changed)


def _read_number(row: Mapping[str, str], name: str, where: str) -> float:
    """The number in a cell, with a decimal point or comma. InputError for anything else."""
    try:
        value = float("".join(row[name].split()).replace(",", "."))
    except ValueError:
        value = float("nan")
    if not abs(value) < float("inf"):
        raise InputError("{where}: {name} is {word}: expected a number", where=where, name=name, word=row[name] or "''")
    return value


def _check_in_france(lon: float, lat: float, where: str) -> None:
    """InputError for a position outside France, or with longitude and latitude swapped."""
    if is_in_france(lon, lat):
        return
    if is_in_france(lat, lon):
        raise InputError("{where}: lon and lat look swapped ({lon:g}, {lat:g}); swap them", where=where, lon=lon,
                         lat=lat)
    raise InputError("{where}: lon {lon:g}, lat {lat:g} lies outside France: expected degrees (WGS 84)", where=where,
                     lon=lon, lat=lat)
