"""A register of sites: one line of a CSV per place, in place of the sites that the project ships or draws."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ...cards.reader import CardError, Where, build
from ...i18n.refusal import Refusal
from ...world.places.outline import in_france
from ...world.sites.site_card import SiteCard
from .sheet import decoded, table

NEEDED = ("name", "type", "lon", "lat")
OPTIONAL = {"capacity": "places", "hours": "hours", "staff": "staff", "grants": "grants"}
"""Our column to the entry of a site card; an empty cell keeps the type's."""
FRENCH = {"nom": "name", "longitude": "lon", "latitude": "lat", "lng": "lon", "capacite": "capacity",
          "places": "capacity", "heures": "hours", "horaires": "hours", "postes": "staff", "etp": "staff",
          "subventions": "grants"}
TYPES = {"jardin": "garden", "jardin partage": "garden", "tiers-lieu": "third_place", "tiers lieu": "third_place",
         "lieu culturel": "cultural_venue", "centre social": "social_centre"}


def register(file: str, types: Sequence[SiteCard]) -> list[SiteCard]:
    """The sites of a register, in its order. types: the generic cards. Refusal naming the line that cannot be."""
    try:
        text = decoded(Path(file).read_bytes(), file)
    except OSError as problem:
        raise Refusal("territory.sites = {file}: cannot be read ({why}); give a CSV of sites",
                      "territory.sites = {file} : lecture impossible ({why}) ; donnez un CSV de sites",
                      file=file, why=problem.strerror or "?") from None
    lines = [cells for cells in table(text, file) if any(cell.strip() for cell in cells)]
    columns = {_column(cell): place for place, cell in enumerate(lines[0] if lines else [])}
    for name in NEEDED:
        if name not in columns:
            raise Refusal("{file}: column {name} is missing: expected name;type;lon;lat, and if known {more}",
                          "{file} : la colonne {name} manque : attendu name;type;lon;lat, et si connus {more}",
                          file=file, name=name, more=";".join(OPTIONAL))
    if len(lines) < 2:
        raise Refusal("{file}: lists no site: expected one line a site; add them",
                      "{file} : ne contient aucun site : attendu une ligne par site ; ajoutez-les", file=file)
    known = {card.id: card for card in types if card.generic}
    cards: dict[str, SiteCard] = {}
    for number, cells in enumerate(lines[1:], 2):
        card = _card({name: cells[place].strip() if place < len(cells) else "" for name, place in columns.items()},
                     known, f"{file}:{number}")
        if card.id in cards:
            raise Refusal("{where}: the name {name} is there twice; rename one of the two",
                          "{where} : le nom {name} y est deux fois ; renommez l'un des deux",
                          where=f"{file}:{number}", name=card.label_fr)
        cards[card.id] = card
    return list(cards.values())


def _plain(text: str) -> str:
    """Small letters without accents."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().strip().lower()


def _column(cell: str) -> str:
    name = _plain(cell)
    return FRENCH.get(name, name)


def _card(row: Mapping[str, str], types: Mapping[str, SiteCard], where: str) -> SiteCard:
    """The card of a line: its type's, at its place, with the figures it gives."""
    kind = TYPES.get(_plain(row["type"]), row["type"])
    if kind not in types:
        raise Refusal("{where}: type {word}: expected one of {known}", "{where} : type {word} : attendu {known}",
                      where=where, word=row["type"], known=", ".join(sorted(types)))
    short = re.sub(r"[^a-z0-9]+", "_", _plain(row["name"])).strip("_")
    if not short:
        raise Refusal("{where}: no name; give the site one", "{where} : pas de nom ; donnez-en un au site", where=where)
    lon, lat = _number(row, "lon", where), _number(row, "lat", where)
    _in_place(lon, lat, where)
    given = {entry: _number(row, name, where) for name, entry in OPTIONAL.items() if row.get(name)}
    sources = {name: text for name, text in types[kind].sources.items() if name not in given and name != "frequency"}
    sources |= {name: "measured: the register of sites" for name in given}
    try:
        checked = build(SiteCard, {"id": short, "lon": lon, "lat": lat, **given}, Where(where))
    except CardError as problem:
        raise Refusal("{why}", "{why}", why=problem) from None
    changed = {name: getattr(checked, name) for name in ("id", "lon", "lat", *given)}
    return replace(types[kind], generic=False, label_fr=row["name"], label_en=row["name"], sources=sources, **changed)


def _number(row: Mapping[str, str], name: str, where: str) -> float:
    try:
        value = float("".join(row[name].split()).replace(",", "."))
    except ValueError:
        value = float("nan")
    if not abs(value) < float("inf"):
        raise Refusal("{where}: {name} is {word}: expected a number",
                      "{where} : {name} vaut {word} : attendu un nombre",
                      where=where, name=name, word=row[name] or "''")
    return value


def _in_place(lon: float, lat: float, where: str) -> None:
    """Refusal for a place outside France, or with its two degrees swapped."""
    if in_france(lon, lat):
        return
    if in_france(lat, lon):
        raise Refusal("{where}: lon and lat look swapped ({lon:g}, {lat:g}); swap them",
                      "{where} : lon et lat semblent échangées ({lon:g}, {lat:g}) ; échangez-les",
                      where=where, lon=lon, lat=lat)
    raise Refusal("{where}: lon {lon:g}, lat {lat:g} lies outside France: expected degrees (WGS 84)",
                  "{where} : lon {lon:g}, lat {lat:g} se trouve hors de France : attendu des degrés (WGS 84)",
                  where=where, lon=lon, lat=lat)
