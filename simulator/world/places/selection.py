"""Which neighbourhoods a territory keeps, and which of them hosts which real site."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..sites.site_card import SiteCard
from .layout import Layout
from .official_data import place_name
from .territory import Territory

REACH = 1.2
"""A point belongs to the nearest neighbourhood if it lies within so many of its radii."""

STRETCH = 4.0
"""A site whose commune is known may lie further out: discs only approach the commune's outline."""

Where = tuple[int, int]
"""Code of the commune and place of the neighbourhood within it."""


def home_of(card: SiteCard, layouts: Mapping[int, Layout], territory: Territory) -> Where | None:
    """The neighbourhood a real site lies in, None if it is off the map of these communes."""
    known = _held(card, layouts, territory)
    if known is not None:
        return known
    x, y = card.position(territory.origin)
    best, least = None, np.inf
    for code, one in layouts.items():
        if card.commune and code != card.commune:
            continue
        distance = np.hypot(one.x - x, one.y - y)
        place = int(np.argmin(distance))
        if distance[place] < least and distance[place] <= (STRETCH if card.commune else REACH) * one.radius[place]:
            best, least = (code, place), float(distance[place])
    return best


def _held(card: SiteCard, layouts: Mapping[int, Layout], territory: Territory) -> Where | None:
    """The neighbourhood whose true outline holds the site, None where there are no outlines."""
    land = territory.land
    iris = land.homes.get(place_name(card.lon, card.lat), "") if land else ""
    for code, one in layouts.items() if iris else ():
        for place, quarter in enumerate(one.quarters):
            if quarter.iris == iris:
                return code, place
    return None


def keep(territory: Territory, layouts: Mapping[int, Layout], cards: Mapping[str, SiteCard]) -> dict[int, np.ndarray]:
    """Commune code to bool[neighbourhoods]: true where the territory has them. Communes without any are left out.

    ValueError for a site of the territory without a card, or a territory without any neighbourhood.
    """
    kept = {}
    centres = [_card(name, cards) for name in territory.sites] if territory.around_km else []
    if territory.around_km and not centres:
        raise ValueError("territory.around_km is set: expected at least one site in territory.sites")
    spots = [card.position(territory.origin) for card in centres]
    homes = [home_of(card, layouts, territory) for card in centres]
    for code in territory.margins():
        one = layouts[code]
        chosen = np.ones(len(one.uid), bool)
        if territory.around_km:
            near = [np.hypot(one.x - x, one.y - y) <= territory.around_km for x, y in spots]
            chosen = np.any(near, axis=0)
            for home in homes:
                if home is not None and home[0] == code:
                    chosen[home[1]] = True
        if chosen.any():
            kept[code] = chosen
    if not kept:
        raise ValueError(f"territory {territory.id}: no neighbourhood within {territory.around_km} km of its sites")
    return kept


def _card(name: str, cards: Mapping[str, SiteCard]) -> SiteCard:
    """The card of a site the territory names."""
    if name not in cards or cards[name].generic:
        raise ValueError(f"territory.sites: {name!r} has no card with a place on the map: add it to the run's sites "
                         f"(found: {', '.join(sorted(cards)) or 'none'})")
    return cards[name]
