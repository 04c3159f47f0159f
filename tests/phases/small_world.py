"""A small world made directly from tables: two neighbourhoods, four buildings, two sites."""

from __future__ import annotations

import numpy as np

from simulator.kernel.keyed_random import make_random_key
from simulator.parameters import Model
from simulator.rules.tie_kinds import MAX_TIES
from simulator.world.places.place import Buildings, Communes, Households, Neighbourhoods
from simulator.world.places.raster import NeighbourhoodRaster
from simulator.world.population.people import People, Ties
from simulator.world.sites.site import Institutions, Sites
from simulator.world.world import World

ADULT, GROWN = 15, 18


def small_world(seed: int = 1, residents: int = 60, settings: Model | None = None) -> World:
    """A World of `residents` people: 2 communes of one neighbourhood, 4 buildings, 25 households per 60 residents.

    2 sites (the second co-governed), some members, some waiting, ties with right mirrors. uid differs from row.
    """
    rng = np.random.default_rng(seed)
    settings = settings or Model()
    homes = max(4, residents * 25 // 60)
    household_of = np.sort(np.concatenate([np.arange(homes), rng.integers(0, homes, residents - homes)]))
    building_of = np.arange(homes) * 4 // homes
    people = _people(rng, residents, household_of, building_of)
    households = _households(rng, people, homes, building_of)
    buildings = _buildings(households, building_of)
    neighbourhoods = _neighbourhoods()
    by_building, by_neighbourhood = _list_adults(people, buildings, neighbourhoods)
    ties = _ties(rng, people)
    sites = _sites()
    _membership(rng, people, sites)
    communes = Communes(2, code=[93001, 93002], x=[0.5, 1.5], y=[0.5, 0.5], population=_per_commune(people, 0),
                        seniors=_per_commune(people, 65))
    institutions = Institutions(2, commune=[0, 1], residents=_per_commune(people, 0))
    cells = np.repeat(np.array([[0, 0, 0, 0, 1, 1, 1, 1]], np.int32), 4, axis=0)
    world = World(settings, make_random_key(seed), communes, neighbourhoods, buildings, households, people, ties, sites,
                  institutions, by_building, by_neighbourhood, NeighbourhoodRaster(cells, 0.0, 0.0, 0.25))
    world.check()
    return world


def _per_commune(people: People, age: int) -> np.ndarray:
    return np.bincount(people.commune[people.age >= age], minlength=2)


def _people(rng: np.random.Generator, n: int, household_of: np.ndarray, building_of: np.ndarray) -> People:
    first = np.r_[True, np.diff(household_of) > 0]
    age = np.where(first, rng.integers(GROWN, 95, n), rng.integers(0, 80, n))
    building = building_of[household_of]
    base = {name: rng.beta(4, 4, n) for name in ("agency", "trust_institutions", "trust_general")}
    skill = rng.beta(1.5, 4, (n, 4))
    return People(
        n, uid=100 + rng.permutation(n), household=household_of, building=building, neighbourhood=building // 2,
        commune=building // 2, age=age, sex=rng.integers(0, 2, n),
        group=rng.integers(0, 4, household_of.max() + 1)[household_of], ses=rng.integers(0, 3, n),
        diploma=rng.integers(0, 3, n), job=rng.integers(0, 3, n),
        frailty=np.clip(0.115 + 0.6 / (1 + np.exp(-(age - 77) / 7)) + rng.normal(0, 0.05, n), 0, 1),
        social_hours=np.where(age < ADULT, 0, rng.gamma(1, 6, n)), far_kin=np.where(age < ADULT, 0, rng.poisson(1, n)),
        far_other=np.where(age < ADULT, 0, rng.poisson(2, n)), barrier=rng.gamma(0.5, 0.4, (n, 4)),
        consent=(age >= 65) & (rng.random(n) < 0.6), register_rank=rng.random(n), skill=skill, skill0=skill,
        agency=base["agency"], agency0=base["agency"], trust_institutions=base["trust_institutions"],
        trust_institutions0=base["trust_institutions"], trust_general=base["trust_general"],
        trust_general0=base["trust_general"], load=rng.gamma(0.5, 1, n), functioning=rng.uniform(0.6, 1, n))


def _households(rng: np.random.Generator, people: People, homes: int, building_of: np.ndarray) -> Households:
    size = np.bincount(people.household, minlength=homes)
    first = np.cumsum(size) - size
    income = rng.lognormal(0, 0.5, homes)
    lead = np.empty(homes, np.int32)
    for h in range(homes):
        rows = np.arange(first[h], first[h] + size[h])
        grown = rows[people.age[rows] >= GROWN]
        lead[h] = grown[np.argmin(people.uid[grown])]
    stock = (1000 * size * rng.lognormal(np.log(5), 0.6, homes)).astype(np.int32)
    return Households(
        homes, uid=10 + rng.permutation(homes), building=building_of, first=first, size=size,
        kind=np.where(size == 1, 0, np.where(size == 2, 1, 2)), floor=rng.integers(0, 6, homes),
        tenure=rng.integers(0, 3, homes), income=income, quintile=np.argsort(np.argsort(income)) * 5 // homes,
        stock=stock, stock_full=stock, kit=31 * rng.integers(0, 2, homes),
        cushion=rng.lognormal(3.4, 0.5, homes), lead=lead)


def _buildings(households: Households, building_of: np.ndarray) -> Buildings:
    count = np.bincount(building_of, minlength=4)
    return Buildings(4, uid=[7, 3, 9, 5], neighbourhood=[0, 0, 1, 1], x=[0.3, 0.7, 1.3, 1.7], y=[0.4, 0.6, 0.4, 0.6],
                     floors=[5, 8, 3, 10], lift=[1, 1, 0, 1], poor_insulation=[0, 1, 1, 0], failing=[0, 1, 0, 0],
                     feeder=[1, 1, 2, 2], first_household=np.cumsum(count) - count, households=count)


def _neighbourhoods() -> Neighbourhoods:
    return Neighbourhoods(2, uid=[21, 20], commune=[0, 1], x=[0.5, 1.5], y=[0.5, 0.5], radius=[0.5, 0.5],
                          income_effect=[-0.1, 0.1], sociability=[0.2, -0.2], priority=[1, 0], heat_island=[1, 0],
                          flood_zone=[0, 1], support=[0.5, 0.4], first_building=[0, 2], buildings=[2, 2])


def _list_adults(people: People, buildings: Buildings,
                 neighbourhoods: Neighbourhoods) -> tuple[np.ndarray, np.ndarray]:
    """Adults sorted by (building, uid) and by (neighbourhood, uid); their offsets are written into the tables."""
    adults = np.flatnonzero(people.age >= ADULT)
    by_building = adults[np.lexsort((people.uid[adults], people.building[adults]))].astype(np.int32)
    by_neighbourhood = adults[np.lexsort((people.uid[adults], people.neighbourhood[adults]))].astype(np.int32)
    for table, of in ((buildings, people.building), (neighbourhoods, people.neighbourhood)):
        table.adults[:] = np.bincount(of[adults], minlength=table.rows)
        table.first_adult[:] = np.cumsum(table.adults) - table.adults
    return by_building, by_neighbourhood


def _ties(rng: np.random.Generator, people: People) -> Ties:
    """About eight ties a resident aged 15+, never inside a household; every tie on both sides, sorted by uid."""
    adults = np.flatnonzero(people.age >= ADULT)
    rows: list[list[tuple[int, int, float, float, int]]] = [[] for _ in range(people.rows)]
    for _ in range(4 * len(adults)):
        i, j = (int(row) for row in rng.choice(adults, 2))
        known = any(entry[1] == j for entry in rows[i])
        full = max(len(rows[i]), len(rows[j])) >= MAX_TIES
        if i == j or known or full or people.household[i] == people.household[j]:
            continue
        trust_i, trust_j = np.float32(rng.uniform(0.06, 0.9)), np.float32(rng.uniform(0.06, 0.9))
        kind = int(rng.integers(0, 5))
        rows[i].append((int(people.uid[j]), j, trust_i, trust_j, kind))
        rows[j].append((int(people.uid[i]), i, trust_j, trust_i, kind))
    ties = Ties(people.rows)
    for i, row in enumerate(rows):
        ties.degree[i] = len(row)
        for k, (_, other, trust_i, trust_j, kind) in enumerate(sorted(row)):
            ties.alter[i, k], ties.trust[i, k], ties.alter_trust[i, k], ties.kind[i, k] = other, trust_i, trust_j, kind
    return ties


def _sites() -> Sites:
    return Sites(2, uid=[4, 2], host=[0, 2], x=[0.4, 1.6], y=[0.5, 0.5], neighbourhood=[0, 1], commune=[0, 1],
                 open=[1, 1], places=[30, 24], group_size=[6, 12], staff=[1.5, 2.0],
                 profile=[[0.5, 0.2, 0.2, 0.1], [0.1, 0.2, 0.3, 0.4]], pool=[20000, 5000], kits=[6, 2],
                 reserve=[25_000_000, 40_000_000])


def _membership(rng: np.random.Generator, people: People, sites: Sites) -> None:
    adult = people.age >= ADULT
    people.candidate[:, 0], people.candidate[:, 1] = 0, 1
    people.candidate[people.building >= 2, :2] = [1, 0]
    people.host_trust[:] = rng.uniform(0.2, 0.7, people.host_trust.shape)
    aware = rng.random(people.rows)
    people.aware[:] = np.where(adult, (aware < 0.5) * 1 + ((aware < 0.2) | (aware > 0.9)) * 2, 0)
    knows = adult & (people.aware & 1 > 0)
    drawn = rng.random(people.rows)
    people.member[:] = np.where(knows & (drawn < 0.6), people.candidate[:, 0], -1)
    people.waiting[:] = np.where(knows & (drawn > 0.9), people.candidate[:, 0], -1)
    people.waiting_since[:] = np.where(people.waiting >= 0, 0, -1)
    people.satisfaction[:] = rng.uniform(0.3, 0.8, people.rows)
    sites.members[:] = np.bincount(people.member[people.member >= 0], minlength=2)
