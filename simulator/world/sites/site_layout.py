"""The sites of a territory at the start: real ones at their positions, generic ones in other neighbourhoods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ...i18n.translation import Message
from ...kernel import random_streams
from ...kernel.keyed_random import RandomKey
from ...parameters import Model
from ..places.layout import CommuneLayout
from ..places.place import Neighbourhoods
from ..places.selection import locate_site
from ..places.territory import Territory
from ..population.random_columns import draw_uniform_columns
from .site import HOSTS, Sites
from .site_card import SiteCard

MAX_GENERIC_SITES = 8
"""At most this many in a neighbourhood."""
MAX_OFFSET_RADII = 0.5
"""A generic site lies within this many radii of its neighbourhood's centre."""


@dataclass
class SitePlan:
    """A site to create. x, y: km east and north of the map's origin; neighbourhood: its row."""

    uid: int
    card: SiteCard
    x: float
    y: float
    neighbourhood: int


def plan_initial_sites(territory: Territory, neighbourhoods: Neighbourhoods, layouts: Mapping[int, CommuneLayout],
                       cards: Mapping[str, SiteCard], key: RandomKey) -> list[SitePlan]:
    """Every site of the territory at the start: real ones inside it, generic ones in neighbourhoods without any."""
    row_of = {int(uid): row for row, uid in enumerate(neighbourhoods.uid)}
    plans, hosts = [], set()
    for card in (cards[name] for name in sorted(cards) if not cards[name].generic):
        host = locate_site(card, layouts, territory)
        row = row_of.get(int(layouts[host[0]].uid[host[1]])) if host else None
        if row is not None:
            plans.append(SitePlan(card.uid, card, *card.position(territory.origin), row))
            hosts.add(row)
    types = [cards[name] for name in sorted(cards) if cards[name].generic and cards[name].frequency > 0]
    types = types or [SiteCard(id="generic", generic=True)]
    free = np.array([row for row in range(len(neighbourhoods)) if row not in hosts], np.int64)
    return plans + _plan_generic_sites(neighbourhoods, free, types, territory.generic_sites_per_neighbourhood, key)


def _plan_generic_sites(neighbourhoods: Neighbourhoods, rows: np.ndarray, types: Sequence[SiteCard], mean: float,
                        key: RandomKey) -> list[SitePlan]:
    """`mean` generic sites on average near the centre of each of these neighbourhoods (rows).

    Number, type and position are random, keyed by neighbourhood.
    """
    plans = []
    weights = np.cumsum([card.frequency for card in types])
    for k in range(min(int(np.ceil(mean)), MAX_GENERIC_SITES)):
        u = draw_uniform_columns(key, neighbourhoods.uid[rows], random_streams.SITE_LAYOUT, k)
        for row, draws in zip(rows, u):
            if draws[0] >= mean - k:
                continue
            card = types[int(np.searchsorted(weights, draws[1] * weights[-1]))]
            offset, angle = MAX_OFFSET_RADII * neighbourhoods.radius[row] * np.sqrt(draws[2]), 2 * np.pi * draws[3]
            place_uid = int(neighbourhoods.uid[row])
            uid = (place_uid >> 24 << 24) | (place_uid & 0xFFFF) * MAX_GENERIC_SITES + k
            plans.append(SitePlan(uid, card, float(neighbourhoods.x[row] + offset * np.cos(angle)),
                                  float(neighbourhoods.y[row] + offset * np.sin(angle)), int(row)))
    return plans


def write_sites(sites: Sites, plans: Sequence[SitePlan], neighbourhoods: Neighbourhoods, settings: Model) -> None:
    """Write a row of `sites` for each plan, open from the start. ValueError for an invalid card or a repeated uid."""
    for row, plan in enumerate(plans):
        card = plan.card
        card.check()
        sites.uid[row], sites.x[row], sites.y[row] = plan.uid, plan.x, plan.y
        sites.neighbourhood[row] = plan.neighbourhood
        sites.commune[row] = neighbourhoods.commune[plan.neighbourhood]
        sites.host[row], sites.profile[row] = HOSTS.index(card.host), card.profile
        sites.open[row], sites.real[row] = 1, not card.generic
        for name in ("group_size", "hours", "staff", "age_centre", "age_width", "ses_centre", "threshold"):
            getattr(sites, name)[row] = getattr(card, name)
        sites.places[row] = card.places or settings.start.places
        sites.kits[row] = card.kits if card.kits >= 0 else round(settings.start.kits)
        sites.pool[row], sites.reserve[row] = round(1000 * card.pool), round(1000 * card.cash_reserve)
        sites.grants[row] = (1 << card.grants) - 1
    if len(np.unique(sites.uid)) != len(sites):
        raise ValueError(Message("two sites have the same uid: expected different ids, or another name for one of "
                                 "them"))
