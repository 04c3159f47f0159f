"""The territory of a job: its card, its site cards, and the official files and the register of sites it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ..cards.reader import CardLocation, build_card
from ..i18n.input_error import InputError
from ..world.places.territory import Territory
from ..world.population.communes import lonlat_to_km
from ..world.sites.site_card import SiteCard
from .card_files import find_shipped_configs, list_card_names
from .errors import UsageError, suggest_names, to_usage_error

MAX_COMMUNES_IN_TITLE = 3
"""Most communes that the title of a territory from files names."""
MAX_DISTANCE_IN_RADII = 1.5
"""Farthest that a site of a register may lie from a commune's centre, in radii of a circle of the commune's area."""


def resolve_territory(mapping: Mapping[str, Any], sites: Sequence[SiteCard]) -> tuple[Territory, list[SiteCard]]:
    """(the territory, the site cards of its run). UsageError for an invalid entry or file.

    The folder of `data` is read into `official_data`, so that a run depends on the content of files, not on their path;
    a shipped territory then takes the names of the communes read. If `sites` names a CSV file, it is a register: its
    sites replace all others, and no generic sites are drawn.
    """
    file, cards = str(mapping.get("sites") or ""), list(sites)
    has_register = isinstance(mapping.get("sites"), str) and file.lower().endswith(".csv")
    entries = {**mapping, "communes": _restore_commune_codes(mapping.get("communes", []))}
    if has_register:
        entries["sites"] = []
    try:
        card = build_card(Territory, entries, CardLocation("territory"))
        if has_register:
            from .official.site_register import read_site_register

            register_cards = read_site_register(file, cards)
            cards = [one for one in cards if one.generic] + register_cards
            card = replace(card, sites=sorted(one.id for one in register_cards), generic_sites_per_neighbourhood=0.0)
        card = _add_official_data(card, cards) if card.data else card
        card.margins()
        if has_register:
            cards = [one for one in cards if one.generic] + [_locate_site(card, one) for one in register_cards]
    except ValueError as problem:
        raise to_usage_error(problem) from None
    known = [site.id for site in cards]
    for site in card.sites:
        if site not in known:
            raise UsageError("unknown {topic} {word!r}: expected {choices}", topic="site", word=site,
                             choices=suggest_names(site, known))
    return card, cards


def _restore_commune_codes(codes: Any) -> Any:
    """INSEE codes as text of five digits, also those written without quotes, which YAML reads as numbers."""
    if not isinstance(codes, list):
        return codes
    return [f"{one:05d}" if isinstance(one, int) and not isinstance(one, bool) and one > 0 else one for one in codes]


def _add_official_data(card: Territory, cards: Sequence[SiteCard]) -> Territory:
    """The territory with the content of its files; `data` becomes the hash of that content."""
    from .official.load import hash_official_data, load_official_data

    if card.residents:
        raise InputError("territory.residents = {number}: a territory out of files is played as it is; leave one of "
                         "territory.residents and territory.data out", number=card.residents)
    positions = sorted((one.lon, one.lat) for one in cards if not one.generic)
    data = load_official_data(card.data, tuple(card.communes), tuple(positions))
    card = replace(card, official_data=data, data=hash_official_data(data))
    if card.around_km or card.id not in list_card_names("territory", [find_shipped_configs()]):
        return card
    names = [commune.margins.name for commune in data.communes]
    title = ", ".join(names) if len(names) <= MAX_COMMUNES_IN_TITLE else f"{len(names)} communes"
    return replace(card, id="from_files", label_fr=title, label_en=title)


def _locate_site(card: Territory, site: SiteCard) -> SiteCard:
    """The site with its nearest commune. InputError for a site too far from every commune of the territory."""
    distance = {}
    for margins in card.margins().values():
        km = np.hypot(*lonlat_to_km(site.lon, site.lat, (margins.lon, margins.lat)))
        distance[margins.code] = km / np.sqrt(margins.area_km2 / np.pi)
    commune = min(distance, key=lambda code: distance[code])
    if distance[commune] <= MAX_DISTANCE_IN_RADII:
        return replace(site, commune=commune)
    raise InputError("site {name} (lon {lon:g}, lat {lat:g}) lies outside the territory: expected a place in one of "
                     "its communes; take it out, or add its commune", name=site.label_fr, lon=site.lon, lat=site.lat)
