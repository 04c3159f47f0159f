"""The territory of a job: its card, the site cards it names, the official files and the register it points to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ..cards.reader import CardError, Where, build
from ..i18n.refusal import Refusal
from ..world.places.territory import Territory
from ..world.population.communes import kilometres
from ..world.sites.site_card import SiteCard
from .errors import Refused, UsageError, choices, refused
from .source import home, names

NAMED = 3
"""Communes out of files that a title names at most."""
FAR = 1.5
"""A listed site may lie this many radii of a commune, as if it were round, from the commune's centre."""


def territory(mapping: Mapping[str, Any], sites: Sequence[SiteCard]) -> tuple[Territory, list[SiteCard]]:
    """The card, checked and settled, and the site cards that hold in it. UsageError for what cannot be.

    `data` is read into `land`, so that a run depends on what files say, not on where they lie; a shipped card then
    takes the name of the communes read. `sites`, when it is the name of a CSV file, is a register: its sites replace
    those on the map, and generic ones are drawn no more.
    """
    file, cards = str(mapping.get("sites") or ""), list(sites)
    listed = isinstance(mapping.get("sites"), str) and file.lower().endswith(".csv")
    plain = {**mapping, "communes": _codes(mapping.get("communes", [])), **({"sites": []} if listed else {})}
    try:
        card = build(Territory, plain, Where("territory"))
        if listed:
            from .official.register import register

            own = register(file, cards)
            cards = [one for one in cards if one.generic] + own
            card = replace(card, sites=sorted(one.id for one in own), generic_sites_per_neighbourhood=0.0)
        card = _with_land(card, cards) if card.data else card
        card.margins()
        if listed:
            cards = [one for one in cards if one.generic] + [_inside(card, one) for one in own]
    except Refusal as problem:
        raise Refused(problem) from None
    except (CardError, ValueError) as problem:
        raise refused(problem) from None
    known = [site.id for site in cards]
    for site in card.sites:
        if site not in known:
            raise UsageError("topic_name", topic="site", word=site, choices=choices(site, known))
    return card, cards


def _codes(given: Any) -> Any:
    """INSEE codes typed without quotes are read as numbers: texts again, a leading zero put back."""
    if not isinstance(given, list):
        return given
    return [f"{one:05d}" if isinstance(one, int) and not isinstance(one, bool) and one > 0 else one for one in given]


def _with_land(card: Territory, cards: Sequence[SiteCard]) -> Territory:
    """The territory with what its files say; `data` becomes the hash of it."""
    from .official.load import content_of, load

    if card.residents:
        raise Refusal("territory.residents = {number}: a territory out of files is played as it is; leave one of "
                      "territory.residents and territory.data out",
                      "territory.residents = {number} : un territoire issu de fichiers se joue tel quel ; ôtez "
                      "territory.residents ou territory.data", number=card.residents)
    spots = sorted((one.lon, one.lat) for one in cards if not one.generic)
    land = load(card.data, tuple(card.communes), tuple(spots))
    card = replace(card, land=land, data=content_of(land))
    if card.around_km or card.id not in names("territory", [home()]):
        return card
    towns = [town.margins.name for town in land.towns]
    title = ", ".join(towns) if len(towns) <= NAMED else f"{len(towns)} communes"
    return replace(card, id="from_files", label_fr=title, label_en=title)


def _inside(card: Territory, site: SiteCard) -> SiteCard:
    """The listed site with its commune, the nearest. Refusal for one too far from every commune of the territory."""
    near = {town.code: np.hypot(*kilometres(site.lon, site.lat, (town.lon, town.lat))) / np.sqrt(town.area_km2 / np.pi)
            for town in card.margins().values()}
    commune = min(near, key=lambda code: near[code])
    if near[commune] <= FAR:
        return replace(site, commune=commune)
    raise Refusal("site {name} (lon {lon:g}, lat {lat:g}) lies outside the territory: expected a place in one of its "
                  "communes; take it out, or add its commune",
                  "le site {name} (lon {lon:g}, lat {lat:g}) se trouve hors du territoire : attendu un lieu de l'une "
                  "de ses communes ; ôtez-le, ou ajoutez sa commune", name=site.label_fr, lon=site.lon, lat=site.lat)
