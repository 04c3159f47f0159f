"""A built world: rows in order, sites with their members, the same people in every territory, whatever the threads."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from simulator.kernel.random import key
from simulator.parameters import Model
from simulator.world.build import build, populate
from simulator.world.places.atlas import neighbourhood_at
from simulator.world.places.territory import Territory, three_sites
from simulator.world.population.belief import YOUNGEST
from simulator.world.sites.candidate import add_planned_sites, offer_site
from tests.pieces import on_threads


def contiguous(first, count, of, total):
    """Rows first .. first + count are exactly those whose owner is the row."""
    assert (np.cumsum(count) - count == first).all() and count.sum() == total
    assert (np.repeat(np.arange(len(first)), count) == of).all()


def test_rows_are_contiguous_at_every_level(around):
    w = around
    w.check()
    contiguous(w.households.first, w.households.size.astype(int), w.people.household, len(w.people))
    contiguous(w.buildings.first_household, w.buildings.households, w.households.building, len(w.households))
    contiguous(w.neighbourhoods.first_building, w.neighbourhoods.buildings, w.buildings.neighbourhood, len(w.buildings))
    assert (np.diff(w.neighbourhoods.commune) >= 0).all()
    assert (w.people.building == w.households.building[w.people.household]).all()
    assert (w.people.neighbourhood == w.buildings.neighbourhood[w.people.building]).all()
    assert (w.people.commune == w.neighbourhoods.commune[w.people.neighbourhood]).all()
    assert (np.bincount(w.people.commune) == w.communes.population).all()


def test_uids_are_unique_and_below_those_of_levers(around):
    for table in (around.people, around.households, around.buildings, around.neighbourhoods, around.sites):
        assert len(np.unique(table.uid)) == len(table)
        assert table.uid.max() < 1 << 31


def test_rolls_list_every_adult_by_place_and_uid(around):
    w, adults = around, around.people.age >= 15
    for roll, table, where in ((w.roll, w.buildings, w.people.building),
                               (w.place_roll, w.neighbourhoods, w.people.neighbourhood)):
        assert sorted(roll) == np.flatnonzero(adults).tolist()
        assert table.adults.sum() == adults.sum()
        for row in range(0, len(table), 7):
            part = roll[table.first_adult[row]:table.first_adult[row] + table.adults[row]]
            assert (where[part] == row).all() and (np.diff(w.people.uid[part].astype(np.int64)) > 0).all()


def test_members_fill_their_sites_and_know_them(around):
    p, sites = around.people, around.sites
    member = np.flatnonzero(p.member >= 0)
    assert (np.bincount(p.member[member], minlength=len(sites)) == sites.members).all()
    slot = (p.candidate[member] == p.member[member, None]).argmax(axis=1)
    assert (p.candidate[member, slot] == p.member[member]).all()
    assert ((p.aware[member] >> slot) & 1 == 1).all()
    room = 0.6 * sites.places * Model().joining.members_per_place
    assert (sites.members <= room).all() and (sites.members >= np.floor(room) * 0.9).all()


def test_candidates_are_distinct_open_and_for_adults_only(around):
    p = around.people
    grown = p.candidate[p.age >= 15]
    assert (grown >= 0).all() and (p.candidate[p.age < 15] == -1).all()
    assert (np.sort(grown, axis=1)[:, 1:] != np.sort(grown, axis=1)[:, :-1]).all()
    assert (p.aware[p.age < 15] == 0).all()


def test_the_atlas_finds_each_neighbourhood_at_its_centre(around):
    z, atlas = around.neighbourhoods, around.atlas
    found = [neighbourhood_at(z.x[k], z.y[k], atlas.cells, atlas.x0, atlas.y0, atlas.size) for k in range(len(z))]
    assert np.mean(np.array(found) == np.arange(len(z))) > 0.9
    assert neighbourhood_at(1e3, 1e3, atlas.cells, atlas.x0, atlas.y0, atlas.size) == -1


IN_THE_TERRITORY = {"household", "building", "neighbourhood", "commune", "candidate", "aware", "member", "loan",
                    "first", "lead", "quintile", "first_building", "first_household", "first_adult"}


@pytest.mark.parametrize("name", ["people", "households", "buildings", "neighbourhoods"])
def test_people_and_places_are_the_same_in_a_larger_territory(name, cards):
    key_ = key(5)
    small = getattr(populate(three_sites(), Model(), key_, cards), name)
    whole = Territory("x", communes=["93014", "93055", "93071", "93001", "93047"])
    large = getattr(populate(whole, Model(), key_, {}), name)
    where = np.searchsorted(large.uid, small.uid)
    assert (large.uid[where] == small.uid).all()
    for column, values in small.arrays().items():
        if column not in IN_THE_TERRITORY:
            assert np.array_equal(values, large.arrays()[column][where]), column


def test_same_seed_same_world_whatever_the_threads(cards, village):
    territory = Territory("village", communes=["93071"], residents=500)
    with on_threads(2):
        again = build(territory, Model(), 1, cards)
    for name, table in village.tables().items():
        for column, values in table.arrays().items():
            assert np.array_equal(values, again.tables()[name].arrays()[column]), f"{name}.{column}"
    other = build(territory, Model(), 2, cards)
    assert not np.array_equal(other.people.frailty, village.people.frailty)


def plan(world, uid, places=90.0):
    """A site planned at the centre of the first neighbourhood."""
    z = world.neighbourhoods
    return SimpleNamespace(uid=uid, neighbourhood=0, commune=int(z.commune[0]), x=float(z.x[0]), y=float(z.y[0]),
                           places=places, staff=1.0, hours=30.0, kits=5, host=0, opens=70,
                           closes=1 << 30, reserve=0)


def test_a_planned_site_changes_nothing_until_it_opens_and_then_only_worst_candidates(around):
    world = around.copy()
    (row,) = add_planned_sites(world, [plan(world, (1 << 31) + 7)])
    before = world.people.candidate.copy()
    assert world.sites.open[row] == 0 and world.sites.planned[row] == 1 and not (before == row).any()
    with world.lend(["people.candidate", "people.host_trust", "people.aware", "sites.open"]):
        world.sites.open[row] = 1
        offer_site(world, int(row))
    after, p = world.people.candidate, world.people
    changed = (before != after)
    assert changed.sum(axis=1).max() == 1 and changed.any(axis=1).sum() == (after == row).any(axis=1).sum() > 50
    member = p.member >= 0
    assert (after[member] == p.member[member, None]).any(axis=1).all()
    assert not ((after == row) & ((p.aware[:, None] >> np.arange(3)) & 1 > 0)).any()
    with pytest.raises(ValueError, match="same uid"):
        add_planned_sites(world, [plan(world, (1 << 31) + 7)])


def test_a_site_without_places_attracts_nobody(around):
    world = around.copy()
    (row,) = add_planned_sites(world, [plan(world, (1 << 31) + 8, places=0.0)])
    with world.lend(["people.candidate", "people.host_trust", "people.aware"]):
        offer_site(world, int(row))
    assert not (world.people.candidate == row).any()


def test_a_site_out_of_reach_is_nobodys_even_where_there_is_no_other(around):
    world, reach = around.copy(), around.settings.joining.reach
    far, near = plan(world, (1 << 31) + 9), plan(world, (1 << 31) + 10)
    for one, away in ((far, 1.001), (near, 0.999)):
        one.x = float(world.buildings.x.max()) + away * reach
        one.y = float(world.buildings.y[world.buildings.x.argmax()])
    rows = add_planned_sites(world, [far, near])
    with world.lend(["people.candidate", "people.host_trust", "people.aware", "sites.open"]):
        world.people.candidate[:] = -1
        for row in rows:
            world.sites.open[row] = 1
            offer_site(world, int(row))
    held = world.people.candidate
    assert not (held == rows[0]).any() and (held == rows[1]).any()
    east = np.hypot(world.buildings.x - near.x, world.buildings.y - near.y)[world.people.building] <= reach
    assert np.array_equal((held == rows[1]).any(axis=1), east & (world.people.age >= YOUNGEST))
