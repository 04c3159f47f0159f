"""Generate the people of one commune: households, ages, incomes and homes, from its published counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...kernel import random_streams
from ...kernel.keyed_random import RandomKey
from ...parameters import Model
from ...parameters.ties import StartParameters
from ...rules.need_domains import COOLING, DIGITAL, POWER, SHELTER, TOOLS
from ..places.layout import CommuneLayout
from .age import MAJORITY_AGE, assign_ages, count_children_by_age
from .building import SyntheticBuildings, assign_tenures, generate_buildings
from .communes import Margins
from .household import CHILD, SyntheticHouseholds, concatenate_households, generate_households
from .income import (
    assign_diplomas,
    assign_incomes,
    assign_jobs,
    assign_sexes,
    assign_social_positions,
    split_into_thirds,
)
from .random_columns import draw_uniform_columns, normal_quantiles

GROUP_COUNT = 4
"""Number of abstract milieus for homophily."""
MAX_STOCK_DAYS = 30.0


@dataclass
class SyntheticCommune:
    """The whole population of a commune.

    homes: composition of its households. households, people: their other columns, under the names that the tables of
    the world have.
    """

    layout: CommuneLayout
    buildings: SyntheticBuildings
    homes: SyntheticHouseholds
    households: dict[str, np.ndarray]
    people: dict[str, np.ndarray]


@dataclass
class CountedArea:
    """A commune, or one of its IRIS, with counts of its own. homes, people: rows of its households and residents."""

    margins: Margins
    homes: slice
    people: slice


def list_counted_areas(layout: CommuneLayout) -> list[CountedArea]:
    """The IRIS of the commune where official files give them, else the commune as a whole."""
    areas = [iris.margins for iris in layout.iris_data] or [layout.margins]
    homes = np.cumsum([0, *(margins.households for margins in areas)])
    people = np.cumsum([0, *(margins.population for margins in areas)])
    return [CountedArea(margins, slice(*homes[k:k + 2]), slice(*people[k:k + 2])) for k, margins in enumerate(areas)]


def generate_commune(layout: CommuneLayout, settings: Model, key: RandomKey) -> SyntheticCommune:
    """Everybody in the commune, the same in every territory.

    Numbers of residents, ages, kinds of household, jobs and owners are exact, in each IRIS where official files give
    them.
    """
    margins, areas = layout.margins, list_counted_areas(layout)
    buildings = generate_buildings(layout, settings, key)
    home_uid, uid = layout.base + np.arange(margins.households), layout.base + np.arange(margins.population)
    area_households = [generate_households(area.margins, int(count_children_by_age(area.margins, settings).sum()),
                                           home_uid[area.homes], key) for area in areas]
    age = np.concatenate([assign_ages(households, uid[area.people], area.margins, settings, key)
                          for households, area in zip(area_households, areas)])
    income = assign_commune_incomes(layout, area_households, buildings, settings, key)
    homes = concatenate_households(area_households)
    position = assign_social_positions(income, home_uid, settings, key)[homes.of_resident]
    people = {
        "uid": uid, "age": age, "sex": assign_sexes(homes, age, uid, settings, key),
        "group": assign_groups(layout, buildings, home_uid, key)[homes.of_resident],
        "ses": split_into_thirds(position), "diploma": assign_diplomas(position, age, uid, settings, key),
        "job": np.concatenate([assign_jobs(position[area.people], age[area.people], area.margins, uid[area.people],
                                           settings, key) for area in areas]),
        "carer": (homes.children > 0)[homes.of_resident] & (homes.role != CHILD),
    }
    columns = assign_household_resources(homes, buildings, income, settings, key)
    social, house = buildings.social[buildings.of_household], buildings.house[buildings.of_household]
    columns["tenure"] = np.concatenate([
        assign_tenures(social[area.homes], house[area.homes], income[area.homes], home_uid[area.homes],
                       area.margins.owner_occupied, key) for area in areas])
    columns["lead"] = find_reference_adults(homes, age)
    return SyntheticCommune(layout, buildings, homes, columns, people)


def assign_commune_incomes(layout: CommuneLayout, area_households: list[SyntheticHouseholds],
                           buildings: SyntheticBuildings, settings: Model, key: RandomKey) -> np.ndarray:
    """float64[households]: incomes that match the median and poverty rate of each counted area.

    Within an IRIS the income effect is the same for all and changes nothing: its level comes from its own margins.
    """
    effect = layout.income_effect[buildings.neighbourhood[buildings.of_household]]
    return np.concatenate([assign_incomes(households, effect[area.homes], area.margins, settings, key)
                           for households, area in zip(area_households, list_counted_areas(layout))])


def assign_groups(layout: CommuneLayout, buildings: SyntheticBuildings, uid: np.ndarray, key: RandomKey) -> np.ndarray:
    """uint8[households]: abstract milieu of each; proportions are random, keyed by neighbourhood."""
    weights = -np.log(draw_uniform_columns(key, layout.uid, random_streams.NEIGHBOURHOOD, 2)) + 0.5
    mix = np.cumsum(weights / weights.sum(axis=1, keepdims=True), axis=1)
    u = draw_uniform_columns(key, uid, random_streams.HOUSEHOLD, 2)[:, 3]
    bounds = mix[buildings.neighbourhood[buildings.of_household], : GROUP_COUNT - 1]
    return (u[:, None] > bounds).sum(axis=1).astype(np.uint8)


def assign_household_resources(homes: SyntheticHouseholds, buildings: SyntheticBuildings, income: np.ndarray,
                               settings: Model, key: RandomKey) -> dict[str, np.ndarray]:
    """Columns of Households by name: identity, income, stocks, kits, cash cushions and floors (model 5.7)."""
    p, s = settings.population, settings.start
    u = draw_uniform_columns(key, homes.uid, random_streams.HOUSEHOLD, 3)
    v = draw_uniform_columns(key, homes.uid, random_streams.HOUSEHOLD, 4)
    days = s.stock * income**s.stock_income * np.exp(s.stock_spread * normal_quantiles(u[:, 0]))
    stock = np.round(1000 * np.minimum(days, MAX_STOCK_DAYS) * homes.size).astype(np.int64)
    rank = 1 / (1 + np.exp(-1.702 * np.log(income) / p.upper_spread))
    return {
        "uid": homes.uid, "size": homes.size, "kind": homes.kind, "income": income, "stock": stock, "stock_full": stock,
        "floor": (buildings.floors[buildings.of_household] * u[:, 1]).astype(np.int64),
        "kit": _draw_kits(homes.uid, u[:, 2] < s.kit + s.kit_income * rank, s, key),
        "cushion": s.cushion * income * np.exp(p.cushion_spread * normal_quantiles(v[:, 0])),
    }


def _draw_kits(uid: np.ndarray, has_tools: np.ndarray, start: StartParameters, key: RandomKey) -> np.ndarray:
    """uint8[households]: bits of the kinds of equipment that each owns."""
    v = draw_uniform_columns(key, uid, random_streams.HOUSEHOLD, 5)
    owned = {COOLING: v[:, 0] < start.kit_cooling, POWER: v[:, 1] < start.kit_power,
             SHELTER: v[:, 2] < start.kit_shelter, TOOLS: has_tools, DIGITAL: v[:, 3] < start.kit_digital}
    bits = np.zeros(len(uid), np.uint8)
    for kind, has in owned.items():
        bits |= has.astype(np.uint8) << np.uint8(kind)
    return bits


def find_reference_adults(homes: SyntheticHouseholds, age: np.ndarray) -> np.ndarray:
    """int64[households]: row in the commune of the first resident aged 18 or over, who has the smallest uid.

    In a given household of minors, which the generator never makes, its head.
    """
    rows = np.minimum.reduceat(np.where(age >= MAJORITY_AGE, np.arange(len(age)), len(age)), homes.first)
    return np.where(rows < len(age), rows, homes.first)
