"""The territory of a job: its card, its site cards, and the official files and the register of sites it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ...cards.card_texts import complete_labels
from ...cards.reader import CardLocation, build_card, card_entry
from ...i18n.input_error import InputError
from ...i18n.translation import Message
from ...world.places.territory import Territory
from ...world.population.communes import lonlat_to_km
from ...world.sites.site_card import SiteCard
from ..cards.card_files import find_shipped_configs, list_card_names
from ..errors import UsageError, suggest_names, to_usage_error
from .place_names import find_commune_codes
from .point_territory import place_around_point

if TYPE_CHECKING:
    from ..official.site_register import RegisterOptions

MAX_COMMUNES_IN_TITLE = 3
"""Most communes that the title of a territory from files names."""
MAX_NAMED_SITES = 5
"""Most sites outside the territory that a note names."""
MAX_DISTANCE_IN_RADII = 1.5
"""Farthest that a site of a register may lie from a commune's centre, in radii of a circle of the commune's area."""


@dataclass
class TerritorySettings(Territory):
    """The settings of a territory: its card, and how its register of sites is to be read."""

    site_columns: dict[str, str] = card_entry(
        dict, doc="columns of the register of sites: our name to the register's, {name: nom_structure}")
    site_types: dict[str, str] = card_entry(
        dict, doc="types of the register of sites: the register's to a generic site card, {MJC: social_centre}")
    site_type: str = card_entry("", doc="generic site card of the register's lines that have no type that is known")

    point: str = card_entry("", doc="an address point: longitude, latitude, such as 2.4012, 48.8934")

    def card(self) -> Territory:
        """The territory alone. InputError for an address point that is none, or lies elsewhere."""
        card = Territory(**{item.name: getattr(self, item.name) for item in fields(Territory)})
        return place_around_point(card, self.point) if self.point else card

    def register_options(self) -> RegisterOptions:
        """How its register of sites is to be read."""
        from ..official.site_register import RegisterOptions

        return RegisterOptions(self.site_columns, self.site_types, self.site_type)


@dataclass(frozen=True)
class ResolvedTerritory:
    """A territory with the content of its files, the site cards of its run, and one note on every file read."""

    card: Territory
    sites: list[SiteCard]
    notes: tuple[Message, ...] = ()


def resolve_territory(mapping: Mapping[str, Any], sites: Sequence[SiteCard]) -> tuple[Territory, list[SiteCard]]:
    """(the territory, the site cards of its run), as `resolve_territory_files` reads them."""
    found = resolve_territory_files(mapping, sites)
    return found.card, found.sites


def resolve_territory_files(mapping: Mapping[str, Any], sites: Sequence[SiteCard]) -> ResolvedTerritory:
    """The territory, the site cards of its run, and notes on files. UsageError for an invalid entry or file.

    The folder of `data` is read into `official_data`, so that a run depends on the content of files, not on their path;
    a shipped territory then takes the names of the communes read. If `sites` names a file, it is a register: its sites
    replace all others, and no generic sites are drawn.
    """
    cards, register, notes = list(sites), None, list[Message]()
    file = _find_register(mapping.get("sites"), cards)
    entries = {**mapping, "communes": _restore_commune_codes(mapping.get("communes", []))}
    if isinstance(mapping.get("sites"), str):
        entries["sites"] = [mapping["sites"]] if mapping["sites"] and not file else []
    try:
        settings = build_card(TerritorySettings, entries, CardLocation("territory"))
        card = settings.card()
        if file:
            from ..official.site_register import read_site_register

            register = read_site_register(file, cards, settings.register_options())
            cards = [one for one in cards if one.generic] + register.cards
            card = replace(card, sites=sorted(one.id for one in register.cards), generic_sites_per_neighbourhood=0.0)
            notes += register.notes
        if card.data:
            card, file_notes = _add_official_data(card, cards)
            notes = file_notes + notes
        card.margins()
        if register:
            placed, more = _locate_sites(card, register.cards)
            notes += more
            cards = [one for one in cards if one.generic] + placed
            card = replace(card, sites=sorted(one.id for one in placed))
    except ValueError as problem:
        raise to_usage_error(problem) from None
    _check_site_names(card, cards)
    return ResolvedTerritory(complete_labels(card), cards, tuple(notes))


def _find_register(sites: Any, cards: Sequence[SiteCard]) -> str:
    """The file of a register of sites, if `sites` names one and no site card; else ""."""
    return sites if isinstance(sites, str) and sites not in [one.id for one in cards] else ""


def _check_site_names(card: Territory, cards: Sequence[SiteCard]) -> None:
    """UsageError for a site of the territory without a card."""
    known = [site.id for site in cards]
    for site in card.sites:
        if site not in known:
            raise UsageError("unknown {topic} {word!r}: expected {choices}", topic="site", word=site,
                             choices=suggest_names(site, known))


def _restore_commune_codes(codes: Any) -> Any:
    """INSEE codes as text of five digits, also those that YAML reads as numbers; names of communes as their codes."""
    if isinstance(codes, str) and codes:
        codes = [codes]
    if not isinstance(codes, list):
        return codes
    restored: list[Any] = []
    for one in codes:
        code = f"{one:05d}" if isinstance(one, int) and not isinstance(one, bool) and one > 0 else one
        restored += (find_commune_codes(code) or [code]) if isinstance(code, str) else [code]
    return restored


def _add_official_data(card: Territory, cards: Sequence[SiteCard]) -> tuple[Territory, list[Message]]:
    """(the territory with the content of its files, a note on each file); `data` becomes the hash of that content."""
    from ..official.load import hash_official_data, load_official_data

    if card.residents:
        raise InputError("territory.residents = {number}: a territory out of files is played as it is; leave one of "
                         "territory.residents and territory.data out", number=card.residents)
    positions = sorted([*((one.lon, one.lat) for one in cards if not one.generic),
                        *((float(lon), float(lat)) for lon, lat in card.points)])
    loaded = load_official_data(card.data, tuple(card.communes), tuple(positions))
    data, notes = loaded.data, [note.text for note in loaded.notes]
    card = replace(card, official_data=data, data=hash_official_data(data))
    if card.around_km or card.id not in list_card_names("territory", [find_shipped_configs()]):
        return card, notes
    names = [commune.margins.name for commune in data.communes]
    title = ", ".join(names) if len(names) <= MAX_COMMUNES_IN_TITLE else f"{len(names)} communes"
    return replace(card, id="from_files", label_fr=title, label_en=title), notes


def _locate_sites(card: Territory, sites: Sequence[SiteCard]) -> tuple[list[SiteCard], list[Message]]:
    """(the sites of a register that lie in the territory, each with its nearest commune, a note on the others).

    InputError if none of them does.
    """
    located = [(site, _find_nearest_commune(card, site)) for site in sites]
    inside = [replace(site, commune=commune) for site, commune in located if commune]
    outside = [site for site, commune in located if not commune]
    if not inside:
        site = outside[0]
        raise InputError("site {name} (lon {lon:g}, lat {lat:g}) lies outside the territory, as do all others of the "
                         "register: expected places in its communes; give another register, or other communes",
                         name=site.label_fr, lon=site.lon, lat=site.lat)
    names = tuple(site.label_fr for site in outside[:MAX_NAMED_SITES]) + (("…",) if outside[MAX_NAMED_SITES:] else ())
    return inside, [Message("{n} of {all} sites of the register lie outside the territory and are left: {names}",
                            n=len(outside), all=len(sites), names=names)] if outside else []


def _find_nearest_commune(card: Territory, site: SiteCard) -> int:
    """Code of the nearest commune; 0 for a site too far from every commune of the territory."""
    distance = {}
    for margins in card.margins().values():
        km = np.hypot(*lonlat_to_km(site.lon, site.lat, (margins.lon, margins.lat)))
        distance[margins.code] = km / np.sqrt(margins.area_km2 / np.pi)
    commune = min(distance, key=lambda code: distance[code])
    return commune if distance[commune] <= MAX_DISTANCE_IN_RADII else 0
