"""Build a world from a territory, the model's parameters and a seed (model section 5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..kernel.keyed_random import RandomKey, make_random_key
from ..parameters import Model
from ..rules.needing import QUINTILES
from .places.given_places import place_given_population
from .places.layout import CommuneLayout
from .places.place import Buildings, Communes, Households, Neighbourhoods
from .places.raster import NeighbourhoodRaster
from .places.selection import REACH_RADII, lay_out_territory, select_neighbourhoods
from .places.territory import Territory
from .population.given_commune import generate_given_commune
from .population.given_population import GivenPopulation
from .population.people import People
from .population.population import SyntheticCommune, generate_commune
from .population.traits import MIN_SOCIAL_AGE, assign_traits
from .sites.candidate import assign_candidate_sites
from .sites.member_history import assign_member_histories
from .sites.membership import assign_initial_members
from .sites.site import Institutions, Sites
from .sites.site_card import SiteCard
from .sites.site_layout import plan_initial_sites, write_sites
from .ties.initial_project_ties import add_initial_project_ties
from .ties.initial_proposals import gather_meeting_places
from .ties.initial_ties import generate_initial_ties
from .world import World, pack_numbers

CELL_KM = 0.1
"""Side of a cell of the neighbourhood raster."""


@dataclass
class PopulationTables:
    """Tables of places and people, before ties and sites.

    adults_by_building, adults_by_neighbourhood: as in `World`. commune_codes: int64[neighbourhoods], INSEE code of the
    commune of each. layouts: commune code to the layout of the whole commune.
    """

    communes: Communes
    neighbourhoods: Neighbourhoods
    buildings: Buildings
    households: Households
    people: People
    adults_by_building: np.ndarray
    adults_by_neighbourhood: np.ndarray
    commune_codes: np.ndarray
    layouts: Mapping[int, CommuneLayout]


def build_world(territory: Territory, settings: Model, seed: int, cards: Mapping[str, SiteCard] | None = None,
                key_space: int = 0, given: GivenPopulation | None = None) -> World:
    """The world at the start of a run. ValueError for an unknown commune or site, or an invalid site card.

    cards: site cards by id. given: residents and households instead of synthetic ones; ValueError where they do not fit
    the territory. A commune has the same neighbourhoods and people (same uids) in every territory that
    contains it.
    """
    pack_numbers()
    key, cards = make_random_key(seed, key_space), dict(cards or {})
    population = generate_population(territory, settings, key, cards, given)
    sites = Sites(0)
    plans = plan_initial_sites(territory, population.neighbourhoods, population.layouts, cards, key)
    sites.append_rows(len(plans))
    write_sites(sites, plans, population.neighbourhoods, settings)
    population.people.host_trust[:] = settings.start.host_trust
    assign_candidate_sites(population.people, population.buildings, population.neighbourhoods, sites,
                           settings.joining.numbers, key)
    raster = rasterise_neighbourhoods(population.neighbourhoods)
    ties = generate_initial_ties(
        settings, key, population.people,
        gather_meeting_places(population.people, population.neighbourhoods, population.buildings,
                              population.adults_by_building, population.adults_by_neighbourhood, raster))
    assign_initial_members(population.people, population.buildings, sites, ties, settings, key)
    assign_member_histories(population.people, sites, settings, key)
    add_initial_project_ties(settings, key, population.people, sites, ties)
    institutions = Institutions(len(population.communes), commune=np.arange(len(population.communes)),
                                residents=population.communes.population)
    return World(settings, key, population.communes, population.neighbourhoods, population.buildings,
                 population.households, population.people, ties, sites, institutions, population.adults_by_building,
                 population.adults_by_neighbourhood, raster)


def generate_population(territory: Territory, settings: Model, key: RandomKey, cards: Mapping[str, SiteCard],
                        given: GivenPopulation | None = None) -> PopulationTables:
    """Places and people of the territory, without sites and ties. given: people instead of synthetic ones."""
    layouts = lay_out_territory(territory, settings, key)
    masks = select_neighbourhoods(territory, layouts, cards)
    if given is None:
        communes = {code: generate_commune(layouts[code], settings, key) for code in masks}
    else:
        placed = place_given_population(given, layouts, territory, masks)
        communes = {code: generate_given_commune(layouts[code], given, placed[code], settings, key) for code in masks}
    parts = [_CommuneRows(communes[code], mask) for code, mask in masks.items()]
    tables = _fill_tables(parts)
    codes = np.repeat(list(masks), [len(part.neighbourhoods) for part in parts])
    population = PopulationTables(*tables, *_list_adults_by_place(*tables[1:3], tables[4]), codes, layouts)
    zeta = population.neighbourhoods.sociability[population.people.neighbourhood]
    assign_traits(population.people, np.concatenate([part.carer for part in parts]), zeta,
                  codes[population.people.neighbourhood], settings, key)
    _assign_income_quintiles(population.households)
    return population


class _CommuneRows:
    """The rows of one commune that belong to the territory: neighbourhoods, buildings, homes and people.

    selected: bool, one value per neighbourhood of the commune.
    """

    def __init__(self, commune: SyntheticCommune, selected: np.ndarray) -> None:
        self.commune = commune
        buildings, homes = commune.buildings, commune.homes
        in_building = selected[buildings.neighbourhood]
        in_home = in_building[buildings.of_household]
        self.neighbourhoods = np.flatnonzero(selected)
        self.buildings = np.flatnonzero(in_building)
        self.homes = np.flatnonzero(in_home)
        self.people = np.flatnonzero(in_home[homes.of_resident])
        self.carer = commune.people["carer"][self.people]


def _fill_tables(parts: list[_CommuneRows]) -> tuple[Communes, Neighbourhoods, Buildings, Households, People]:
    """Allocate the tables of places and people once and write each commune's rows."""
    communes = Communes(len(parts))
    neighbourhoods = Neighbourhoods(sum(len(part.neighbourhoods) for part in parts))
    buildings = Buildings(sum(len(part.buildings) for part in parts))
    households = Households(sum(len(part.homes) for part in parts))
    people = People(sum(len(part.people) for part in parts))
    z = b = h = n = 0
    for row, part in enumerate(parts):
        _write_places(part, row, communes, neighbourhoods, z, b)
        _write_buildings(part, buildings, z, b, h)
        _write_households(part, households, b, h, n)
        _write_people(part, row, people, z, b, h, n)
        z, b, h, n = z + len(part.neighbourhoods), b + len(part.buildings), h + len(part.homes), n + len(part.people)
    return communes, neighbourhoods, buildings, households, people


def _write_places(part: _CommuneRows, row: int, communes: Communes, neighbourhoods: Neighbourhoods, z: int,
                  b: int) -> None:
    """Write one commune and its neighbourhoods; row, z, b: first free rows of communes, neighbourhoods, buildings."""
    layout, age = part.commune.layout, part.commune.people["age"][part.people]
    communes.code[row] = layout.margins.code
    communes.x[row], communes.y[row] = layout.centre
    communes.population[row], communes.seniors[row] = len(age), (age >= 65).sum()
    rows = slice(z, z + len(part.neighbourhoods))
    neighbourhoods.commune[rows] = row
    for name in ("uid", "x", "y", "radius", "income_effect", "sociability", "heat_island", "flood_zone", "priority"):
        getattr(neighbourhoods, name)[rows] = getattr(layout, name)[part.neighbourhoods]
    counts = np.bincount(part.commune.buildings.neighbourhood, minlength=len(layout.uid))[part.neighbourhoods]
    neighbourhoods.buildings[rows] = counts
    neighbourhoods.first_building[rows] = b + np.cumsum(counts) - counts


def _map_selected_rows(selected: np.ndarray, size: int) -> np.ndarray:
    """int64[size]: position of each row among the selected rows, -1 for a row that is not selected."""
    out = np.full(size, -1, np.int64)
    out[selected] = np.arange(len(selected))
    return out


def _write_buildings(part: _CommuneRows, buildings: Buildings, z: int, b: int, h: int) -> None:
    source, rows = part.commune.buildings, slice(b, b + len(part.buildings))
    new_neighbourhood = _map_selected_rows(part.neighbourhoods, len(part.commune.layout.uid))
    buildings.neighbourhood[rows] = z + new_neighbourhood[source.neighbourhood[part.buildings]]
    for name in ("uid", "x", "y", "floors", "lift", "poor_insulation", "failing", "feeder", "households"):
        getattr(buildings, name)[rows] = getattr(source, name)[part.buildings]
    counts = source.households[part.buildings]
    buildings.first_household[rows] = h + np.cumsum(counts) - counts


def _write_households(part: _CommuneRows, households: Households, b: int, h: int, n: int) -> None:
    commune, rows = part.commune, slice(h, h + len(part.homes))
    new_building = _map_selected_rows(part.buildings, len(commune.buildings.uid))
    households.building[rows] = b + new_building[commune.buildings.of_household[part.homes]]
    for name, values in commune.households.items():
        getattr(households, name)[rows] = values[part.homes]
    new_person = _map_selected_rows(part.people, len(commune.homes.of_resident))
    households.first[rows] = n + new_person[commune.homes.first[part.homes]]
    households.lead[rows] = n + new_person[commune.households["lead"][part.homes]]


def _write_people(part: _CommuneRows, row: int, people: People, z: int, b: int, h: int, n: int) -> None:
    commune, rows = part.commune, slice(n, n + len(part.people))
    home = commune.homes.of_resident[part.people]
    building = commune.buildings.of_household[home]
    people.household[rows] = h + _map_selected_rows(part.homes, len(commune.homes.uid))[home]
    people.building[rows] = b + _map_selected_rows(part.buildings, len(commune.buildings.uid))[building]
    new_neighbourhood = _map_selected_rows(part.neighbourhoods, len(commune.layout.uid))
    people.neighbourhood[rows] = z + new_neighbourhood[commune.buildings.neighbourhood[building]]
    people.commune[rows] = row
    for name in ("uid", "age", "sex", "group", "ses", "diploma", "job"):
        getattr(people, name)[rows] = commune.people[name][part.people]


def _list_adults_by_place(neighbourhoods: Neighbourhoods, buildings: Buildings,
                          people: People) -> tuple[np.ndarray, np.ndarray]:
    """Rows of residents aged 15+, sorted by (building, uid) and by (neighbourhood, uid).

    Also writes the columns first_adult and adults of both tables.
    """
    adults = np.flatnonzero(people.age >= MIN_SOCIAL_AGE).astype(np.int32)
    lists = []
    for table, place in ((buildings, people.building[adults]), (neighbourhoods, people.neighbourhood[adults])):
        lists.append(adults[np.lexsort((people.uid[adults], place))])
        table.adults[:] = np.bincount(place, minlength=len(table))
        table.first_adult[:] = np.cumsum(table.adults) - table.adults
    return lists[0], lists[1]


def _assign_income_quintiles(households: Households) -> None:
    """Write households.quintile: fifths of the territory's residents by income; a household is never split."""
    order = np.lexsort((households.uid, households.income))
    size = households.size[order].astype(np.int64)
    households.quintile[order] = ((np.cumsum(size) - (size + 1) // 2) * QUINTILES) // size.sum()


def rasterise_neighbourhoods(neighbourhoods: Neighbourhoods) -> NeighbourhoodRaster:
    """The raster of the map: each cell belongs to the nearest neighbourhood within REACH_RADII of its radii."""
    reach = REACH_RADII * neighbourhoods.radius
    x0, y0 = float((neighbourhoods.x - reach).min()), float((neighbourhoods.y - reach).min())
    columns = int(((neighbourhoods.x + reach).max() - x0) // CELL_KM) + 1
    lines = int(((neighbourhoods.y + reach).max() - y0) // CELL_KM) + 1
    cells, nearest = np.full((lines, columns), -1, np.int32), np.full((lines, columns), np.inf)
    xs, ys = x0 + (np.arange(columns) + 0.5) * CELL_KM, y0 + (np.arange(lines) + 0.5) * CELL_KM
    for row in range(len(neighbourhoods)):
        distance = np.hypot(xs[None, :] - neighbourhoods.x[row], ys[:, None] - neighbourhoods.y[row])
        closer = (distance <= reach[row]) & (distance < nearest)
        cells[closer], nearest[closer] = row, distance[closer]
    return NeighbourhoodRaster(cells, x0, y0, CELL_KM)
