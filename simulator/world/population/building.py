"""Buildings: where a commune's households live, and as what: owners, social tenants, private tenants."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...kernel import stream
from ...kernel.random import Key
from ...parameters import Model
from ..places.layout import Layout
from ..places.official_data import UNKNOWN
from .communes import Margins
from .random_columns import normals, uniforms

OWNER, SOCIAL, PRIVATE = range(3)
LEAST_LIFT = 5
ROOM = 0.97
"""Of the homes that are not their owner's, no more than this share is social housing."""
FEEDERS = 256


@dataclass
class Blocks:
    """A commune's buildings: one value a building, and `of`, int64[h], the building of each household."""

    uid: np.ndarray
    neighbourhood: np.ndarray
    house: np.ndarray
    households: np.ndarray
    first: np.ndarray
    of: np.ndarray
    x: np.ndarray
    y: np.ndarray
    feeder: np.ndarray
    social: np.ndarray
    floors: np.ndarray
    lift: np.ndarray
    poor_insulation: np.ndarray
    failing: np.ndarray


def put_up(layout: Layout, settings: Model, key: Key) -> Blocks:
    """Rows of houses first, then blocks of flats, in each neighbourhood; households are dealt out evenly."""
    sizes, houses, places, ranks = [], [], [], []
    p, shares = settings.population, _in_houses(layout, settings)
    for place, (a, b) in enumerate(zip(layout.households[:-1], layout.households[1:])):
        in_houses = int(round(shares[place] * (b - a)))
        for count, per, house in ((in_houses, p.row, True), (b - a - in_houses, p.building, False)):
            number = max(1, round(count / per)) if count else 0
            sizes.append(np.diff(np.arange(number + 1) * count // max(number, 1)))
            houses.append(np.full(number, house))
            places.append(np.full(number, place))
            ranks.append(np.arange(number) + (0 if house else FEEDERS // 2 * p.feeder))
    households = np.concatenate(sizes)
    uid = layout.base + np.arange(len(households))
    return _equip(layout, uid, np.concatenate(places), np.concatenate(houses), households,
                  np.concatenate(ranks), settings, key)


def _in_houses(layout: Layout, settings: Model) -> list[float]:
    """Share of homes in houses of each neighbourhood: as counted, else by the commune's density."""
    p, margins = settings.population, layout.margins
    usual = min(p.houses_most, p.houses * p.density * margins.area_km2 / margins.population)
    usual = layout.houses if layout.houses != UNKNOWN else usual
    if layout.quarters:
        return [quarter.houses if quarter.houses != UNKNOWN else usual for quarter in layout.quarters]
    return [usual] * len(layout.uid)


def _equip(layout: Layout, uid: np.ndarray, place: np.ndarray, house: np.ndarray, households: np.ndarray,
           rank: np.ndarray, settings: Model, key: Key) -> Blocks:
    """Position, height and state of each building."""
    p = settings.population
    u, v = uniforms(key, uid, stream.BUILDING), uniforms(key, uid, stream.BUILDING, 1)
    reach = 0.95 * layout.radius[place] * np.sqrt(u[:, 0])
    feeder = layout.uid[place] * FEEDERS % (1 << 31) + rank // p.feeder
    social = _social(layout, place, house, households, u[:, 2], settings)
    floors = np.where(house, 2, np.where(social, 4 + (11 * v[:, 0] ** 2), 3 + 6 * v[:, 0])).astype(np.int64)
    return Blocks(uid, place, house, households, np.concatenate([[0], np.cumsum(households)[:-1]]),
                  np.repeat(np.arange(len(uid)), households), layout.x[place] + reach * np.cos(2 * np.pi * u[:, 1]),
                  layout.y[place] + reach * np.sin(2 * np.pi * u[:, 1]), feeder.astype(np.int64), social, floors,
                  (floors >= LEAST_LIFT) & (v[:, 1] < p.lift), v[:, 2] < p.insulation,
                  _until((~social & ~house), v[:, 3] - layout.priority[place], households,
                         layout.margins.failing_share * households.sum()))


def _until(able: np.ndarray, score: np.ndarray, households: np.ndarray, target: float) -> np.ndarray:
    """bool: buildings that are able, lowest score first, until they hold `target` households."""
    order = np.argsort(np.where(able, score, np.inf), kind="stable")
    chosen = np.zeros(len(able), bool)
    chosen[order] = (np.cumsum(households[order]) <= target) & able[order]
    return chosen


def _social(layout: Layout, place: np.ndarray, house: np.ndarray, households: np.ndarray, luck: np.ndarray,
            settings: Model) -> np.ndarray:
    """bool: social housing, by whole buildings of flats first, leaving room for the commune's owners."""
    p, margins = settings.population, layout.margins
    counted = [(row, quarter) for row, quarter in enumerate(layout.quarters) if quarter.social != UNKNOWN]
    if counted:
        chosen = [_until(place == row, luck + house, households,
                         _room(quarter.social * quarter.margins.households, quarter.margins))
                  for row, quarter in counted]
        return np.any(chosen, axis=0)
    share = np.where(layout.priority[place], p.social_priority, p.social_elsewhere)
    target = layout.social * margins.households if layout.social != UNKNOWN else (share * households).sum()
    return _until(np.ones(len(place), bool), luck / share + house, households, _room(target, margins))


def _room(homes: float, margins: Margins) -> float:
    """So many homes of social housing, fewer where that leaves no room for the owners."""
    return min(homes, ROOM * (margins.households - margins.owner_occupied))


def deal_tenures(social: np.ndarray, house: np.ndarray, income: np.ndarray, uid: np.ndarray, owners: int,
                 key: Key) -> np.ndarray:
    """uint8[h]: tenants of social buildings; of the others the better-off and those in houses own, as published.

    social, house: bool[h], of the building each household lives in.
    """
    tenure = np.where(social, SOCIAL, PRIVATE).astype(np.uint8)
    noise = normals(uniforms(key, uid, stream.HOUSEHOLD, 2)[:, 2])
    score = np.where(tenure == PRIVATE, np.log(income) + 0.5 * noise + 0.5 * house, -np.inf)
    tenure[np.argsort(-score, kind="stable")[:owners]] = OWNER
    return tenure
