"""Buildings of a commune, and the tenure of its households: owners, social tenants, private tenants."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from ...kernel import random_streams
from ...kernel.keyed_random import RandomKey
from ...parameters import Model
from ..places.layout import CommuneLayout
from ..places.official_data import UNKNOWN_SHARE
from .communes import Margins
from .random_columns import draw_uniform_columns, normal_quantiles

OWNER, SOCIAL, PRIVATE = range(3)
"""Tenures, as in place.Households.tenure."""
MIN_LIFT_FLOORS = 5
"""Buildings with fewer floors have no lift."""
MAX_SOCIAL_SHARE = 0.97
"""Largest share of social housing among homes that are not owner-occupied."""
FEEDERS_PER_NEIGHBOURHOOD = 256
"""Range of feeder uids of one neighbourhood."""


@dataclass
class SyntheticBuildings:
    """A commune's buildings, as arrays of one value per building.

    of_household is the exception: int64[households], the building of each household. house: bool, a row of houses
    rather than a block of flats. households: number of them; first: row of the first one. x, y: km. feeder: uid of the
    power feeder. social, lift, poor_insulation, failing: bool.
    """

    uid: np.ndarray
    neighbourhood: np.ndarray
    house: np.ndarray
    households: np.ndarray
    first: np.ndarray
    of_household: np.ndarray
    x: np.ndarray
    y: np.ndarray
    feeder: np.ndarray
    social: np.ndarray
    floors: np.ndarray
    lift: np.ndarray
    poor_insulation: np.ndarray
    failing: np.ndarray


@dataclass
class PlannedBuildings:
    """Buildings before they have traits; one value per building, neighbourhood after neighbourhood.

    households: number of them. house: bool. place: index of the neighbourhood. rank: order along its power feeders.
    """

    households: np.ndarray
    house: np.ndarray
    place: np.ndarray
    rank: np.ndarray


def generate_buildings(layout: CommuneLayout, settings: Model, key: RandomKey) -> SyntheticBuildings:
    """Rows of houses first, then blocks of flats, in each neighbourhood; households are spread evenly over them."""
    shares, bounds = list_house_shares(layout, settings), layout.households
    planned = [plan_buildings(place, int(b - a), shares[place], settings)
               for place, (a, b) in enumerate(zip(bounds[:-1], bounds[1:]))]
    return assign_building_traits(layout, concatenate_buildings(planned), settings, key)


def plan_buildings(place: int, homes: int, house_share: float, settings: Model) -> PlannedBuildings:
    """Rows of houses and blocks of flats for this many households of one neighbourhood."""
    p, in_houses = settings.population, int(round(house_share * homes))
    parts = []
    for inside, mean_size, house in ((in_houses, p.row, True), (homes - in_houses, p.building, False)):
        count = max(1, round(inside / mean_size)) if inside else 0
        parts.append(PlannedBuildings(
            np.diff(np.arange(count + 1) * inside // max(count, 1)), np.full(count, house), np.full(count, place),
            np.arange(count) + (0 if house else FEEDERS_PER_NEIGHBOURHOOD // 2 * p.feeder)))
    return concatenate_buildings(parts)


def concatenate_buildings(parts: list[PlannedBuildings]) -> PlannedBuildings:
    """The buildings of several parts, one after the other."""
    return PlannedBuildings(*(np.concatenate([getattr(part, item.name) for part in parts])
                              for item in fields(PlannedBuildings)))


def list_house_shares(layout: CommuneLayout, settings: Model) -> list[float]:
    """Share of homes in houses of each neighbourhood: as published, else by the commune's density."""
    p, margins = settings.population, layout.margins
    default = layout.house_share
    if default == UNKNOWN_SHARE:
        default = min(p.max_houses, p.houses * p.density * margins.area_km2 / margins.population)
    if layout.iris_data:
        return [iris.house_share if iris.house_share != UNKNOWN_SHARE else default for iris in layout.iris_data]
    return [default] * len(layout.uid)


def assign_building_traits(layout: CommuneLayout, planned: PlannedBuildings, settings: Model, key: RandomKey,
                           known_social: np.ndarray | None = None) -> SyntheticBuildings:
    """The buildings, with position, height and state of each.

    known_social: bool[buildings], social housing where it is known; without it the published share is selected.
    """
    place, house, households, rank = planned.place, planned.house, planned.households, planned.rank
    uid = layout.base + np.arange(len(households))
    p = settings.population
    u = draw_uniform_columns(key, uid, random_streams.BUILDING)
    v = draw_uniform_columns(key, uid, random_streams.BUILDING, 1)
    distance, angle = 0.95 * layout.radius[place] * np.sqrt(u[:, 0]), 2 * np.pi * u[:, 1]
    feeder = layout.uid[place] * FEEDERS_PER_NEIGHBOURHOOD % (1 << 31) + rank // p.feeder
    social = (known_social if known_social is not None
              else _select_social_housing(layout, place, house, households, u[:, 2], settings))
    floors = np.where(house, 2, np.where(social, 4 + (11 * v[:, 0] ** 2), 3 + 6 * v[:, 0])).astype(np.int64)
    failing = _select_up_to(~social & ~house, v[:, 3] - layout.priority[place], households,
                            layout.margins.failing_share * households.sum())
    return SyntheticBuildings(
        uid, place, house, households, first=np.concatenate([[0], np.cumsum(households)[:-1]]),
        of_household=np.repeat(np.arange(len(uid)), households), x=layout.x[place] + distance * np.cos(angle),
        y=layout.y[place] + distance * np.sin(angle), feeder=feeder.astype(np.int64), social=social, floors=floors,
        lift=(floors >= MIN_LIFT_FLOORS) & (v[:, 1] < p.lift), poor_insulation=v[:, 2] < p.insulation, failing=failing)


def _select_up_to(eligible: np.ndarray, score: np.ndarray, households: np.ndarray, target: float) -> np.ndarray:
    """bool[buildings]: eligible buildings, lowest score first, until they hold `target` households."""
    order = np.argsort(np.where(eligible, score, np.inf), kind="stable")
    selected = np.zeros(len(eligible), bool)
    selected[order] = (np.cumsum(households[order]) <= target) & eligible[order]
    return selected


def _select_social_housing(layout: CommuneLayout, place: np.ndarray, house: np.ndarray, households: np.ndarray,
                           draws: np.ndarray, settings: Model) -> np.ndarray:
    """bool[buildings]: social housing, whole buildings, flats first; enough homes are left for the owners.

    By IRIS where their shares are published, else by commune. draws: uniform, one per building.
    """
    p, margins = settings.population, layout.margins
    published = [(row, iris) for row, iris in enumerate(layout.iris_data) if iris.social_share != UNKNOWN_SHARE]
    if published:
        selected = [_select_up_to(place == row, draws + house, households,
                                  _cap_social_homes(iris.social_share * iris.margins.households, iris.margins))
                    for row, iris in published]
        return np.any(selected, axis=0)
    share = np.where(layout.priority[place], p.social_priority, p.social_elsewhere)
    target = (share * households).sum()
    if layout.social_share != UNKNOWN_SHARE:
        target = layout.social_share * margins.households
    return _select_up_to(np.ones(len(place), bool), draws / share + house, households,
                         _cap_social_homes(target, margins))


def _cap_social_homes(homes: float, margins: Margins) -> float:
    """The number of homes of social housing, lowered where it would not leave enough homes for the owners."""
    return min(homes, MAX_SOCIAL_SHARE * (margins.households - margins.owner_occupied))


def assign_tenures(social: np.ndarray, house: np.ndarray, income: np.ndarray, uid: np.ndarray, owners: int,
                   key: RandomKey) -> np.ndarray:
    """uint8[households]: tenure of each. Households in social housing are its tenants; `owners` of the others own.

    Owners are those with the highest score of income, living in a house, and keyed noise. social, house:
    bool[households], of the building each household lives in.
    """
    tenure = np.where(social, SOCIAL, PRIVATE).astype(np.uint8)
    noise = normal_quantiles(draw_uniform_columns(key, uid, random_streams.HOUSEHOLD, 2)[:, 2])
    score = np.where(tenure == PRIVATE, np.log(income) + 0.5 * noise + 0.5 * house, -np.inf)
    tenure[np.argsort(-score, kind="stable")[:owners]] = OWNER
    return tenure
