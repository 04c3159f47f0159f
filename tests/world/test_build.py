"""A built world: contiguous rows, members of sites, the same people in every territory and on any number of threads."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from simulator.kernel.keyed_random import make_random_key
from simulator.parameters import Model
from simulator.world.build import build_world, generate_population
from simulator.world.places.raster import neighbourhood_at
from simulator.world.places.territory import Territory, make_default_territory
from simulator.world.population.people import CANDIDATES
from simulator.world.population.traits import MIN_SOCIAL_AGE
from simulator.world.sites.candidate import add_planned_sites, offer_site
from simulator.world.sites.membership import compute_member_capacity
from tests.pieces import on_threads


def assert_contiguous(first, count, parent, total):
    """The children of row k are the rows first[k] to first[k] + count[k] - 1; parent: row of each child's parent."""
    assert (np.cumsum(count) - count == first).all() and count.sum() == total
    assert (np.repeat(np.arange(len(first)), count) == parent).all()


def test_rows_are_contiguous_at_every_level(around):
    w = around
    w.check()
    assert_contiguous(w.households.first, w.households.size.astype(int), w.people.household, len(w.people))
    assert_contiguous(w.buildings.first_household, w.buildings.households, w.households.building, len(w.households))
    assert_contiguous(w.neighbourhoods.first_building, w.neighbourhoods.buildings, w.buildings.neighbourhood,
                      len(w.buildings))
    assert (np.diff(w.neighbourhoods.commune) >= 0).all()
    assert (w.people.building == w.households.building[w.people.household]).all()
    assert (w.people.neighbourhood == w.buildings.neighbourhood[w.people.building]).all()
    assert (w.people.commune == w.neighbourhoods.commune[w.people.neighbourhood]).all()
    assert (np.bincount(w.people.commune) == w.communes.population).all()


def test_uids_are_unique_and_below_those_of_levers(around):
    for table in (around.people, around.households, around.buildings, around.neighbourhoods, around.sites):
        assert len(np.unique(table.uid)) == len(table)
        assert table.uid.max() < 1 << 31


def test_every_adult_is_listed_by_place_and_uid(around):
    w, adults = around, around.people.age >= 15
    for rows, table, place in ((w.adults_by_building, w.buildings, w.people.building),
                               (w.adults_by_neighbourhood, w.neighbourhoods, w.people.neighbourhood)):
        assert sorted(rows) == np.flatnonzero(adults).tolist()
        assert table.adults.sum() == adults.sum()
        for row in range(0, len(table), 7):
            part = rows[table.first_adult[row]:table.first_adult[row] + table.adults[row]]
            assert (place[part] == row).all() and (np.diff(w.people.uid[part].astype(np.int64)) > 0).all()


def test_members_fit_their_sites_and_are_aware_of_them(around):
    p, sites = around.people, around.sites
    member = np.flatnonzero(p.member >= 0)
    assert (np.bincount(p.member[member], minlength=len(sites)) == sites.members).all()
    slot = (p.candidate[member] == p.member[member, None]).argmax(axis=1)
    assert (p.candidate[member, slot] == p.member[member]).all()
    assert ((p.aware[member] >> slot) & 1 == 1).all()
    assert (sites.members <= compute_member_capacity(sites.places, Model())).all() and (sites.members > 0).all()


def test_candidates_are_distinct_open_and_for_adults_only(around):
    p = around.people
    of_adults = p.candidate[p.age >= 15]
    assert (of_adults[:, :3] >= 0).all() and (p.candidate[p.age < 15] == -1).all()
    ordered = np.sort(of_adults, axis=1)
    assert ((ordered[:, 1:] != ordered[:, :-1]) | (ordered[:, 1:] < 0)).all()
    assert (p.aware[p.age < 15] == 0).all()


def test_the_raster_finds_each_neighbourhood_at_its_centre(around):
    z, raster = around.neighbourhoods, around.raster
    found = [neighbourhood_at(z.x[k], z.y[k], raster.cells, raster.x0, raster.y0, raster.size) for k in range(len(z))]
    assert np.mean(np.array(found) == np.arange(len(z))) > 0.9
    assert neighbourhood_at(1e3, 1e3, raster.cells, raster.x0, raster.y0, raster.size) == -1


TERRITORY_COLUMNS = {"household", "building", "neighbourhood", "commune", "candidate", "aware", "member", "loan",
                     "first", "lead", "quintile", "first_building", "first_household", "first_adult"}
"""Columns whose values depend on the territory, such as rows of other tables."""


@pytest.mark.parametrize("name", ["people", "households", "buildings", "neighbourhoods"])
def test_people_and_places_are_the_same_in_a_larger_territory(name, cards):
    key = make_random_key(5)
    small = getattr(generate_population(make_default_territory(), Model(), key, cards), name)
    whole_communes = Territory("x", communes=["93014", "93055", "93071", "93001", "93047"])
    large = getattr(generate_population(whole_communes, Model(), key, {}), name)
    rows = np.searchsorted(large.uid, small.uid)
    assert (large.uid[rows] == small.uid).all()
    for column, values in small.arrays().items():
        if column not in TERRITORY_COLUMNS:
            assert np.array_equal(values, large.arrays()[column][rows]), column


def test_the_same_seed_gives_the_same_world_on_any_number_of_threads(cards, village):
    territory = Territory("village", communes=["93071"], residents=500)
    with on_threads(2):
        again = build_world(territory, Model(), 1, cards)
    for name, table in village.tables().items():
        for column, values in table.arrays().items():
            assert np.array_equal(values, again.tables()[name].arrays()[column]), f"{name}.{column}"
    other = build_world(territory, Model(), 2, cards)
    assert not np.array_equal(other.people.frailty, village.people.frailty)


def plan(world, uid, places=90.0):
    """A site planned at the centre of the first neighbourhood."""
    z = world.neighbourhoods
    return SimpleNamespace(uid=uid, neighbourhood=0, commune=int(z.commune[0]), x=float(z.x[0]), y=float(z.y[0]),
                           places=places, staff=1.0, hours=30.0, kits=5, host=0, opens=70,
                           closes=1 << 30, reserve=0)


def test_a_planned_site_replaces_only_worst_candidates_and_only_once_open(around):
    world = around.copy()
    (row,) = add_planned_sites(world, [plan(world, (1 << 31) + 7)])
    before = world.people.candidate.copy()
    assert world.sites.open[row] == 0 and world.sites.planned[row] == 1 and not (before == row).any()
    with world.writable(["people.candidate", "people.host_trust", "people.aware", "sites.open"]):
        world.sites.open[row] = 1
        offer_site(world, int(row))
    after, p = world.people.candidate, world.people
    changed = (before != after)
    assert not (changed & ((p.aware[:, None] >> np.arange(CANDIDATES)) & 1 > 0)).any()
    assert changed.sum(axis=1).max() == 1 and changed.any(axis=1).sum() == (after == row).any(axis=1).sum() > 50
    member = p.member >= 0
    assert (after[member] == p.member[member, None]).any(axis=1).all()
    assert not ((after == row) & ((p.aware[:, None] >> np.arange(CANDIDATES)) & 1 > 0)).any()
    with pytest.raises(ValueError, match="same uid"):
        add_planned_sites(world, [plan(world, (1 << 31) + 7)])


def test_a_site_without_places_attracts_nobody(around):
    world = around.copy()
    (row,) = add_planned_sites(world, [plan(world, (1 << 31) + 8, places=0.0)])
    with world.writable(["people.candidate", "people.host_trust", "people.aware"]):
        offer_site(world, int(row))
    assert not (world.people.candidate == row).any()


def test_a_site_out_of_reach_is_no_candidate_even_without_other_sites(around):
    world, reach = around.copy(), around.settings.joining.reach
    far, near = plan(world, (1 << 31) + 9), plan(world, (1 << 31) + 10)
    for site, factor in ((far, 1.001), (near, 0.999)):
        site.x = float(world.buildings.x.max()) + factor * reach
        site.y = float(world.buildings.y[world.buildings.x.argmax()])
    rows = add_planned_sites(world, [far, near])
    with world.writable(["people.candidate", "people.host_trust", "people.aware", "sites.open"]):
        world.people.candidate[:] = -1
        for row in rows:
            world.sites.open[row] = 1
            offer_site(world, int(row))
    candidate = world.people.candidate
    assert not (candidate == rows[0]).any() and (candidate == rows[1]).any()
    in_reach = np.hypot(world.buildings.x - near.x, world.buildings.y - near.y)[world.people.building] <= reach
    assert np.array_equal((candidate == rows[1]).any(axis=1), in_reach & (world.people.age >= MIN_SOCIAL_AGE))
