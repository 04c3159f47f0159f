"""Select the neighbourhoods of a territory, and locate real sites in them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ...i18n.translation import Message
from ...kernel.keyed_random import RandomKey, make_random_key
from ...parameters import Model
from ..sites.site_card import SiteCard
from .layout import CommuneLayout, lay_out_all_communes, lay_out_small_commune
from .official_data import make_coordinate_key
from .territory import Territory

REACH_RADII = 1.2
"""A point belongs to the nearest neighbourhood if it lies within this many of its radii."""

KNOWN_COMMUNE_RADII = 4.0
"""The same for a site whose commune is known: more, because discs only approximate the commune's outline."""

NeighbourhoodRef = tuple[int, int]
"""Code of the commune and index of the neighbourhood within it."""


def lay_out_territory(territory: Territory, settings: Model, key: RandomKey) -> dict[int, CommuneLayout]:
    """Commune code to layout: all communes that are known, or the small one alone in its territory."""
    if territory.residents:
        return lay_out_small_commune(next(iter(territory.margins().values())), settings, key)
    return lay_out_all_communes(settings, key, territory.official_data)


def locate_site(card: SiteCard, layouts: Mapping[int, CommuneLayout], territory: Territory) -> NeighbourhoodRef | None:
    """The neighbourhood a real site lies in, None if it lies in none of these communes."""
    by_outline = _locate_by_outline(card, layouts, territory)
    if by_outline is not None:
        return by_outline
    x, y = card.position(territory.origin)
    radii = KNOWN_COMMUNE_RADII if card.commune else REACH_RADII
    nearest, least = None, np.inf
    for code, layout in layouts.items():
        if card.commune and code != card.commune:
            continue
        distance = np.hypot(layout.x - x, layout.y - y)
        index = int(np.argmin(distance))
        if distance[index] < least and distance[index] <= radii * layout.radius[index]:
            nearest, least = (code, index), float(distance[index])
    return nearest


def _locate_by_outline(card: SiteCard, layouts: Mapping[int, CommuneLayout],
                       territory: Territory) -> NeighbourhoodRef | None:
    """The neighbourhood whose outline contains the site, None without outlines."""
    official_data = territory.official_data
    iris_code = official_data.iris_of_site.get(make_coordinate_key(card.lon, card.lat), "") if official_data else ""
    for code, layout in layouts.items() if iris_code else ():
        for index, iris in enumerate(layout.iris_data):
            if iris.code == iris_code:
                return code, index
    return None


def select_neighbourhoods(territory: Territory, layouts: Mapping[int, CommuneLayout],
                          cards: Mapping[str, SiteCard]) -> dict[int, np.ndarray]:
    """Commune code to bool[neighbourhoods]: true for those of the territory. Communes without any are left out.

    ValueError for a site of the territory without a card, or a territory without any neighbourhood.
    """
    masks = {}
    centres = [_find_site_card(name, cards) for name in territory.sites] if territory.around_km else []
    if territory.around_km and not centres and not territory.points:
        raise ValueError(Message("territory.around_km is set: expected at least one site in territory.sites"))
    centres += [SiteCard("point", lon=lon, lat=lat) for lon, lat in territory.points if territory.around_km]
    positions = [card.position(territory.origin) for card in centres]
    own = {code: layouts[code] for code in territory.margins()}
    hosts = [locate_site(card, layouts if card.id != "point" else own, territory) for card in centres]
    for code in territory.margins():
        layout = layouts[code]
        selected = np.ones(len(layout.uid), bool)
        if territory.around_km:
            near = [np.hypot(layout.x - x, layout.y - y) <= territory.around_km for x, y in positions]
            selected = np.any(near, axis=0)
            for host in hosts:
                if host is not None and host[0] == code:
                    selected[host[1]] = True
        if selected.any():
            masks[code] = selected
    if not masks:
        raise ValueError(Message("territory {name}: no neighbourhood within {km} km of its sites", name=territory.id,
                                 km=territory.around_km))
    return masks


def count_territory_residents(territory: Territory, settings: Model, cards: Mapping[str, SiteCard]) -> int:
    """About how many residents a territory will have, within some 2 %, without building them.

    settings: numbers of the run; cards: its sites by id. ValueError as select_neighbourhoods. Positions of
    neighbourhoods, and so the count, are the same for every seed.
    """
    if not territory.around_km:
        return int(sum(margins.population for margins in territory.margins().values()))
    layouts = lay_out_territory(territory, settings, make_random_key(0))
    masks = select_neighbourhoods(territory, layouts, cards)
    return int(sum(layouts[code].people[mask].sum() for code, mask in masks.items()))


def _find_site_card(name: str, cards: Mapping[str, SiteCard]) -> SiteCard:
    """The card of a site that the territory names. ValueError if there is none, or if it is generic."""
    if name not in cards or cards[name].generic:
        raise ValueError(Message("territory.sites: {name!r} has no card with a place on the map: add it to the run's "
                                 "sites (found: {known})", name=name,
                                 known=sorted(cards) or Message("none", context="list")))
    return cards[name]
