"""The people of one commune out of a given population: what it holds is kept, what it lacks is drawn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ...kernel.keyed_random import RandomKey
from ...parameters import Model
from ..places.given_places import HomePositions
from ..places.layout import CommuneLayout
from .building import (
    FEEDERS_PER_NEIGHBOURHOOD,
    SOCIAL,
    PlannedBuildings,
    SyntheticBuildings,
    assign_building_traits,
    assign_tenures,
    concatenate_buildings,
    list_house_shares,
    plan_buildings,
)
from .given_population import UNKNOWN, GivenPopulation, classify_households
from .household import CHILD, FURTHER_ADULT, PARTNER, SyntheticHouseholds
from .income import (
    assign_diplomas,
    assign_incomes,
    assign_jobs,
    assign_sexes,
    assign_social_positions,
    split_into_thirds,
)
from .population import (
    CountedArea,
    SyntheticCommune,
    assign_groups,
    assign_household_resources,
    find_reference_adults,
)

MAX_HOUSE_HOMES = 2
"""A building of somebody's file with at most so many households is a house."""
MIN_INCOME = 0.01
"""Least income that counts, over the reference income: the model takes its logarithm."""
TENURE_ORDER = {0: 0, 2: 1, SOCIAL: 2}
"""Owners live in the first homes of a neighbourhood, houses among them; social tenants in the last, all flats."""
Columns = dict[str, np.ndarray]


def generate_given_commune(layout: CommuneLayout, given: GivenPopulation, homes: HomePositions, settings: Model,
                           key: RandomKey) -> SyntheticCommune:
    """Everybody of the commune. Rows and uids depend on the population alone, and are the same for every seed.

    What is unknown is drawn as for the synthetic population, from the official figures of the commune or its IRIS.
    """
    columns, homes = _sort_households(given, homes)
    layout = _scale_layout(layout, homes, columns)
    households, residents = _compose_households(layout, given, homes)
    buildings = _build_buildings(layout, homes, columns, settings, key)
    areas = _list_areas(layout, homes, households)
    income = _complete_incomes(layout, homes, households, columns, areas, settings, key)
    position = assign_social_positions(income, households.uid, settings, key)[households.of_resident]
    uid, age = layout.base + np.arange(len(households.role)), residents["age"].astype(np.int64)
    people = {
        "uid": uid, "age": age,
        "sex": _fill(residents["sex"], assign_sexes(households, age, uid, settings, key)),
        "group": _fill(columns["group"],
                       assign_groups(layout, buildings, households.uid, key))[households.of_resident],
        "ses": _fill(residents["ses"], split_into_thirds(position)),
        "diploma": _fill(residents["diploma"], assign_diplomas(position, age, uid, settings, key)),
        "job": _fill(residents["job"], np.concatenate(
            [assign_jobs(position[one.people], age[one.people], one.margins, uid[one.people], settings, key)
             for one in areas])),
        "carer": (households.children > 0)[households.of_resident] & (households.role != CHILD),
    }
    table = assign_household_resources(households, buildings, income, settings, key)
    table["tenure"] = _complete_tenures(columns["tenure"], buildings, income, households.uid, areas, key)
    table["lead"] = find_reference_adults(households, age)
    return SyntheticCommune(layout, buildings, households, table, people)


def _fill(given: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    """The given values; where they are UNKNOWN, those drawn."""
    return np.where(given == UNKNOWN, drawn, given).astype(drawn.dtype)


def _sort_households(given: GivenPopulation, homes: HomePositions) -> tuple[Columns, HomePositions]:
    """(columns of the commune's households, their positions), by neighbourhood, building, then tenure."""
    assert given.households is not None
    columns = {name: values[homes.rows] for name, values in given.households.items()}
    columns["building"] = _number_buildings(columns["building"], homes)
    rank = np.array([TENURE_ORDER.get(code, 1) for code in range(UNKNOWN, SOCIAL + 2)])[columns["tenure"] - UNKNOWN]
    first = _find_first_rows(columns["building"])  # a building lies where its first household does
    place = np.where(columns["building"] == UNKNOWN, homes.neighbourhood, homes.neighbourhood[first])
    last = np.where(columns["building"] == UNKNOWN, np.iinfo(np.int64).max, columns["building"])
    order = np.lexsort((rank, last, place))
    sorted_homes = HomePositions(homes.rows[order], place[order], homes.x[order], homes.y[order])
    return {name: values[order] for name, values in columns.items()}, sorted_homes


def _number_buildings(building: np.ndarray, homes: HomePositions) -> np.ndarray:
    """int64[households]: building of each; households at the same position share one where no file numbers them."""
    found = building.astype(np.int64)
    alike = np.flatnonzero((found == UNKNOWN) & ~np.isnan(homes.x))
    if len(alike):
        _, number = np.unique(np.stack([homes.x[alike], homes.y[alike]]), axis=1, return_inverse=True)
        found[alike] = found.max() + 1 + number.reshape(-1)
    return found


def _find_first_rows(building: np.ndarray) -> np.ndarray:
    """int64[households]: first row with the same number."""
    _, first, number = np.unique(building, return_index=True, return_inverse=True)
    return first[number.reshape(-1)]


def _scale_layout(layout: CommuneLayout, homes: HomePositions, columns: Columns) -> CommuneLayout:
    """The layout with official counts in proportion to the households that are there, so that shares stay."""
    margins = replace(layout.margins.scale_counts(len(homes.rows) / layout.margins.households),
                      households=len(homes.rows))
    counts = np.bincount(homes.neighbourhood, minlength=len(layout.uid))
    iris_data = [replace(iris, margins=replace(iris.margins.scale_counts(count / iris.margins.households),
                                               households=int(count)))
                 for iris, count in zip(layout.iris_data, counts)]
    return replace(layout, margins=margins, iris_data=iris_data)


def _compose_households(layout: CommuneLayout, given: GivenPopulation,
                        homes: HomePositions) -> tuple[SyntheticHouseholds, Columns]:
    """(the households in their order, columns of their residents)."""
    assert given.residents is not None and given.households is not None
    sizes = np.bincount(given.residents["household"], minlength=len(given.households["commune"]))
    starts, size = (np.cumsum(sizes) - sizes)[homes.rows], sizes[homes.rows]
    first = np.cumsum(size) - size
    of_resident = np.repeat(np.arange(len(size)), size)
    rows = np.arange(len(of_resident)) - first[of_resident] + starts[of_resident]
    residents = {name: values[rows] for name, values in given.residents.items()}
    role = residents["role"].astype(np.int64)
    counts = {kind: np.bincount(of_resident[role == kind], minlength=len(size))
              for kind in (PARTNER, CHILD, FURTHER_ADULT)}
    kind = classify_households(size, counts[CHILD], counts[PARTNER] > 0)
    uid = layout.base + np.arange(len(size))
    return SyntheticHouseholds(uid, kind, counts[CHILD], counts[FURTHER_ADULT], size, first, role,
                               of_resident), residents


def _build_buildings(layout: CommuneLayout, homes: HomePositions, columns: Columns, settings: Model,
                     key: RandomKey) -> SyntheticBuildings:
    """Buildings that the households share, then generated ones for the others, in each neighbourhood."""
    planned, shares = [], list_house_shares(layout, settings)
    bounds = np.searchsorted(homes.neighbourhood, np.arange(len(layout.uid) + 1))
    for place, (a, b) in enumerate(zip(bounds[:-1], bounds[1:])):
        numbers = columns["building"][a:b]
        _, sizes = np.unique(numbers[numbers != UNKNOWN], return_counts=True)
        most = FEEDERS_PER_NEIGHBOURHOOD * int(settings.population.feeder) - 1
        planned += [PlannedBuildings(sizes, sizes <= MAX_HOUSE_HOMES, np.full(len(sizes), place),
                                     np.minimum(np.arange(len(sizes)), most)),
                    plan_buildings(place, int(b - a - sizes.sum()), shares[place], settings)]
    plan = concatenate_buildings(planned)
    of_household = np.repeat(np.arange(len(plan.households)), plan.households)
    social = None
    if (columns["tenure"] != UNKNOWN).any():
        tenants = np.bincount(of_household, columns["tenure"] == SOCIAL, len(plan.households))
        social = 2 * tenants > plan.households
    built = assign_building_traits(layout, plan, settings, key, social)
    for own, known in ((built.x, homes.x), (built.y, homes.y)):
        has = ~np.isnan(known)
        count = np.bincount(of_household[has], minlength=len(own))
        total = np.bincount(of_household[has], known[has], len(own))
        own[count > 0] = (total / np.maximum(count, 1))[count > 0]
    return built


def _list_areas(layout: CommuneLayout, homes: HomePositions, households: SyntheticHouseholds) -> list[CountedArea]:
    """The commune's IRIS that have households, or the commune as a whole: rows are sorted by neighbourhood."""
    if not layout.iris_data:
        return [CountedArea(layout.margins, slice(0, len(homes.rows)), slice(0, len(households.role)))]
    bounds = np.searchsorted(homes.neighbourhood, np.arange(len(layout.iris_data) + 1))
    people = np.concatenate([households.first, [len(households.role)]])[bounds]
    return [CountedArea(iris.margins, slice(*bounds[k:k + 2]), slice(*people[k:k + 2]))
            for k, iris in enumerate(layout.iris_data) if bounds[k + 1] > bounds[k]]


def _complete_incomes(layout: CommuneLayout, homes: HomePositions, households: SyntheticHouseholds, columns: Columns,
                      areas: list[CountedArea], settings: Model, key: RandomKey) -> np.ndarray:
    """float64[households]: income over the reference income."""
    effect = layout.income_effect[homes.neighbourhood]
    per_household = ("uid", "kind", "size")
    drawn = np.concatenate([assign_incomes(
        replace(households, **{name: getattr(households, name)[area.homes] for name in per_household}),
        effect[area.homes], area.margins, settings, key) for area in areas])
    known = columns["income"] / settings.population.reference_income
    return np.where(np.isnan(known), drawn, np.maximum(known, MIN_INCOME))


def _complete_tenures(given: np.ndarray, buildings: SyntheticBuildings, income: np.ndarray, uid: np.ndarray,
                      areas: list[CountedArea], key: RandomKey) -> np.ndarray:
    """uint8[households]: tenure of each."""
    social, house = buildings.social[buildings.of_household], buildings.house[buildings.of_household]
    drawn = np.concatenate([assign_tenures(social[area.homes], house[area.homes], income[area.homes], uid[area.homes],
                                           area.margins.owner_occupied, key) for area in areas])
    return _fill(given, drawn)
