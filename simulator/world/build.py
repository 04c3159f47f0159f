"""From a territory, the model's numbers and a seed to a world (model section 5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..kernel.random import Key
from ..kernel.random import key as make_key
from ..parameters import Model
from .places.atlas import Atlas
from .places.layout import Layout, lay_out_all, lay_out_small
from .places.place import Buildings, Communes, Households, Neighbourhoods
from .places.selection import REACH, keep
from .places.territory import Territory
from .population.belief import YOUNGEST, fill_persons
from .population.people import People
from .population.population import Settled, settle_commune
from .sites.candidate import choose_sites
from .sites.membership import join_at_start
from .sites.site import Institutions, Sites
from .sites.site_card import SiteCard
from .sites.site_layout import plan_sites, write_sites
from .ties.initial_ties import meeting_places
from .ties.start import start_ties
from .world import World

CELL = 0.1
FIFTHS = 5


@dataclass
class Places:
    """Tables of places and people, before ties and sites; codes int64[z]: commune code of each neighbourhood."""

    communes: Communes
    neighbourhoods: Neighbourhoods
    buildings: Buildings
    households: Households
    people: People
    roll: np.ndarray
    place_roll: np.ndarray
    codes: np.ndarray
    layouts: Mapping[int, Layout]


def build(territory: Territory, settings: Model, seed: int, cards: Mapping[str, SiteCard] | None = None,
          realm: int = 0) -> World:
    """The world at the start of a run. ValueError for an unknown commune or site, or a card that cannot be.

    The same commune has the same neighbourhoods and people (same uids) in every territory that contains them.
    """
    key, cards = make_key(seed, realm), dict(cards or {})
    one = populate(territory, settings, key, cards)
    sites = Sites(0)
    plans = plan_sites(territory, one.neighbourhoods, one.layouts, cards, key)
    sites.grow(len(plans))
    write_sites(sites, plans, one.neighbourhoods, settings)
    one.people.host_trust[:] = settings.start.host_trust
    choose_sites(one.people, one.buildings, one.neighbourhoods, sites, settings.joining.numbers, key)
    join_at_start(one.people, one.buildings, sites, settings, key)
    atlas = survey(one.neighbourhoods)
    ties = start_ties(settings, key, one.people, meeting_places(one.people, one.neighbourhoods, one.buildings, one.roll,
                                                                one.place_roll, atlas))
    institutions = Institutions(len(one.communes), commune=np.arange(len(one.communes)),
                                residents=one.communes.population)
    return World(settings, key, one.communes, one.neighbourhoods, one.buildings, one.households, one.people, ties,
                 sites, institutions, one.roll, one.place_roll, atlas)


def populate(territory: Territory, settings: Model, key: Key, cards: Mapping[str, SiteCard]) -> Places:
    """Places and people of the territory, without sites and ties."""
    margins = territory.margins()
    small = next(iter(margins.values()))
    layouts = lay_out_small(small, settings, key) if territory.residents else lay_out_all(settings, key, territory.land)
    kept = keep(territory, layouts, cards)
    parts = [_Part(settle_commune(layouts[code], settings, key), chosen) for code, chosen in kept.items()]
    tables = _tables(parts)
    codes = np.repeat(list(kept), [len(part.places) for part in parts])
    one = Places(*tables, *_rolls(*tables[1:3], tables[4]), codes, layouts)
    zeta = one.neighbourhoods.sociability[one.people.neighbourhood]
    fill_persons(one.people, np.concatenate([part.carer for part in parts]), zeta, codes[one.people.neighbourhood],
                 settings, key)
    _rank_incomes(one.households)
    return one


class _Part:
    """The kept rows of one commune: places, buildings, homes and people that the territory has."""

    def __init__(self, settled: Settled, chosen: np.ndarray) -> None:
        self.settled = settled
        blocks, homes = settled.blocks, settled.homes
        self.places = np.flatnonzero(chosen)
        self.blocks = np.flatnonzero(chosen[blocks.neighbourhood])
        self.homes = np.flatnonzero(chosen[blocks.neighbourhood[blocks.of]])
        self.people = np.flatnonzero(chosen[blocks.neighbourhood[blocks.of[homes.home]]])
        self.carer = settled.people["carer"][self.people]


def _tables(parts: list[_Part]) -> tuple[Communes, Neighbourhoods, Buildings, Households, People]:
    """Allocate every table of places and people once and write each commune's part."""
    communes = Communes(len(parts))
    neighbourhoods = Neighbourhoods(sum(len(part.places) for part in parts))
    buildings = Buildings(sum(len(part.blocks) for part in parts))
    households = Households(sum(len(part.homes) for part in parts))
    people = People(sum(len(part.people) for part in parts))
    z = b = h = n = 0
    for row, part in enumerate(parts):
        _write_places(part, row, communes, neighbourhoods, z, b)
        _write_buildings(part, buildings, z, b, h)
        _write_households(part, households, b, h, n)
        _write_people(part, row, people, z, b, h, n)
        z, b, h, n = z + len(part.places), b + len(part.blocks), h + len(part.homes), n + len(part.people)
    return communes, neighbourhoods, buildings, households, people


def _write_places(part: _Part, row: int, communes: Communes, neighbourhoods: Neighbourhoods, z: int, b: int) -> None:
    layout, age = part.settled.layout, part.settled.people["age"][part.people]
    communes.code[row] = layout.margins.code
    communes.x[row], communes.y[row] = layout.centre
    communes.population[row], communes.seniors[row] = len(age), (age >= 65).sum()
    rows = slice(z, z + len(part.places))
    neighbourhoods.commune[rows] = row
    for name in ("uid", "x", "y", "radius", "income_effect", "sociability", "heat_island", "flood_zone", "priority"):
        getattr(neighbourhoods, name)[rows] = getattr(layout, name)[part.places]
    counts = np.bincount(part.settled.blocks.neighbourhood, minlength=len(layout.uid))[part.places]
    neighbourhoods.buildings[rows] = counts
    neighbourhoods.first_building[rows] = b + np.cumsum(counts) - counts


def _new_rows(kept: np.ndarray, size: int) -> np.ndarray:
    """int64[size]: place of each old row among the kept ones."""
    out = np.full(size, -1, np.int64)
    out[kept] = np.arange(len(kept))
    return out


def _write_buildings(part: _Part, buildings: Buildings, z: int, b: int, h: int) -> None:
    blocks, rows = part.settled.blocks, slice(b, b + len(part.blocks))
    place = _new_rows(part.places, len(part.settled.layout.uid))
    buildings.neighbourhood[rows] = z + place[blocks.neighbourhood[part.blocks]]
    for name in ("uid", "x", "y", "floors", "lift", "poor_insulation", "failing", "feeder", "households"):
        getattr(buildings, name)[rows] = getattr(blocks, name)[part.blocks]
    counts = blocks.households[part.blocks]
    buildings.first_household[rows] = h + np.cumsum(counts) - counts


def _write_households(part: _Part, households: Households, b: int, h: int, n: int) -> None:
    settled, rows = part.settled, slice(h, h + len(part.homes))
    block = _new_rows(part.blocks, len(settled.blocks.uid))
    households.building[rows] = b + block[settled.blocks.of[part.homes]]
    for name, values in settled.households.items():
        getattr(households, name)[rows] = values[part.homes]
    person = _new_rows(part.people, len(settled.homes.home))
    households.first[rows] = n + person[settled.homes.first[part.homes]]
    households.lead[rows] = n + person[settled.households["lead"][part.homes]]


def _write_people(part: _Part, row: int, people: People, z: int, b: int, h: int, n: int) -> None:
    settled, rows = part.settled, slice(n, n + len(part.people))
    home = settled.homes.home[part.people]
    block = settled.blocks.of[home]
    people.household[rows] = h + _new_rows(part.homes, len(settled.homes.uid))[home]
    people.building[rows] = b + _new_rows(part.blocks, len(settled.blocks.uid))[block]
    place = _new_rows(part.places, len(settled.layout.uid))
    people.neighbourhood[rows] = z + place[settled.blocks.neighbourhood[block]]
    people.commune[rows] = row
    for name in ("uid", "age", "sex", "group", "ses", "diploma", "job"):
        getattr(people, name)[rows] = settled.people[name][part.people]


def _rolls(neighbourhoods: Neighbourhoods, buildings: Buildings, people: People) -> tuple[np.ndarray, np.ndarray]:
    """Residents aged 15+ by (building, uid) and by (neighbourhood, uid); writes first_adult and adults of both."""
    adults = np.flatnonzero(people.age >= YOUNGEST).astype(np.int32)
    rolls = []
    for table, where in ((buildings, people.building[adults]), (neighbourhoods, people.neighbourhood[adults])):
        rolls.append(adults[np.lexsort((people.uid[adults], where))])
        table.adults[:] = np.bincount(where, minlength=len(table))
        table.first_adult[:] = np.cumsum(table.adults) - table.adults
    return rolls[0], rolls[1]


def _rank_incomes(households: Households) -> None:
    """Write households.quintile: fifths of the territory's residents by income, households kept whole."""
    order = np.lexsort((households.uid, households.income))
    size = households.size[order].astype(np.int64)
    households.quintile[order] = ((np.cumsum(size) - (size + 1) // 2) * FIFTHS) // size.sum()


def survey(neighbourhoods: Neighbourhoods) -> Atlas:
    """The raster of the map: each cell belongs to the nearest neighbourhood within REACH radii."""
    reach = REACH * neighbourhoods.radius
    x0, y0 = float((neighbourhoods.x - reach).min()), float((neighbourhoods.y - reach).min())
    columns = int(((neighbourhoods.x + reach).max() - x0) // CELL) + 1
    lines = int(((neighbourhoods.y + reach).max() - y0) // CELL) + 1
    cells, nearest = np.full((lines, columns), -1, np.int32), np.full((lines, columns), np.inf)
    xs, ys = x0 + (np.arange(columns) + 0.5) * CELL, y0 + (np.arange(lines) + 0.5) * CELL
    for row in range(len(neighbourhoods)):
        distance = np.hypot(xs[None, :] - neighbourhoods.x[row], ys[:, None] - neighbourhoods.y[row])
        closer = (distance <= reach[row]) & (distance < nearest)
        cells[closer], nearest[closer] = row, distance[closer]
    return Atlas(cells, x0, y0, CELL)
