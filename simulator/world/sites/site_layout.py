"""Sites of a territory: the real ones on the map, a generic one in each other neighbourhood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ...kernel import stream
from ...kernel.random import Key
from ...parameters import Model
from ..places.layout import Layout
from ..places.place import Neighbourhoods
from ..places.selection import home_of
from ..places.territory import Territory
from ..population.random_columns import uniforms
from .site import HOSTS, Sites
from .site_card import SiteCard

MOST_GENERIC = 8
DRIFT = 0.5


@dataclass
class Plan:
    """A site to be: its identity, its card, its place in km and its neighbourhood's row."""

    uid: int
    card: SiteCard
    x: float
    y: float
    neighbourhood: int


def plan_sites(territory: Territory, places: Neighbourhoods, layouts: Mapping[int, Layout],
               cards: Mapping[str, SiteCard], key: Key) -> list[Plan]:
    """Every site of the territory at the start: real ones inside it, a generic one wherever there is none."""
    row_of = {int(uid): row for row, uid in enumerate(places.uid)}
    plans, hosts = [], set()
    for card in (cards[name] for name in sorted(cards) if not cards[name].generic):
        home = home_of(card, layouts, territory)
        row = row_of.get(int(layouts[home[0]].uid[home[1]])) if home else None
        if row is not None:
            plans.append(Plan(card.uid, card, *card.position(territory.origin), row))
            hosts.add(row)
    types = [cards[name] for name in sorted(cards) if cards[name].generic and cards[name].frequency > 0]
    types = types or [SiteCard(id="generic", generic=True)]
    free = np.array([row for row in range(len(places)) if row not in hosts], np.int64)
    return plans + _generic(places, free, types, territory.generic_sites_per_neighbourhood, key)


def _generic(places: Neighbourhoods, rows: np.ndarray, types: Sequence[SiteCard], per: float, key: Key) -> list[Plan]:
    """Generic sites near the centre of the neighbourhoods given; type and place are keyed by neighbourhood."""
    plans = []
    weights = np.cumsum([card.frequency for card in types])
    for turn in range(min(int(np.ceil(per)), MOST_GENERIC)):
        u = uniforms(key, places.uid[rows], stream.SITE_LAYOUT, turn)
        for row, luck in zip(rows, u):
            if luck[0] >= per - turn:
                continue
            card = types[int(np.searchsorted(weights, luck[1] * weights[-1]))]
            reach, angle = DRIFT * places.radius[row] * np.sqrt(luck[2]), 2 * np.pi * luck[3]
            uid = (int(places.uid[row]) >> 24 << 24) | (int(places.uid[row]) & 0xFFFF) * MOST_GENERIC + turn
            plans.append(Plan(uid, card, float(places.x[row] + reach * np.cos(angle)),
                              float(places.y[row] + reach * np.sin(angle)), int(row)))
    return plans


def write_sites(sites: Sites, plans: Sequence[Plan], places: Neighbourhoods, settings: Model) -> None:
    """Fill the rows, open from the start. ValueError for a card that cannot be, or a uid met twice."""
    for row, plan in enumerate(plans):
        card = plan.card
        card.check()
        sites.uid[row], sites.x[row], sites.y[row] = plan.uid, plan.x, plan.y
        sites.neighbourhood[row] = plan.neighbourhood
        sites.commune[row] = places.commune[plan.neighbourhood]
        sites.host[row], sites.profile[row] = HOSTS.index(card.host), card.profile
        sites.open[row], sites.real[row] = 1, not card.generic
        for name in ("strand", "hours", "staff", "age_centre", "age_width", "ses_centre", "threshold"):
            getattr(sites, name)[row] = getattr(card, name)
        sites.places[row] = card.places or settings.start.places
        sites.kits[row] = card.kits if card.kits >= 0 else round(settings.start.kits)
        sites.pool[row], sites.reserve[row] = round(1000 * card.pool), round(1000 * card.reserve)
        sites.grants[row] = (1 << card.grants) - 1
    if len(np.unique(sites.uid)) != len(sites):
        raise ValueError("two sites have the same uid: expected different ids, or another name for one of them")
