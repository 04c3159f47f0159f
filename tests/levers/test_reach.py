"""Whom a lever reaches."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.kernel.keyed_random import draw_uniform
from simulator.kernel.name_hash import hash31
from simulator.kernel.random_streams import LEVER_COVERAGE
from simulator.levers.card import LeverTarget, NeighbourhoodRule
from simulator.levers.reach import draw_coverage, resolve_reach, score_neighbourhoods
from simulator.world.ties.isolation import flag_isolated_residents
from tests.levers.example import lever
from tests.phases.small_world import small_world

WORLD = small_world(residents=300)
PEOPLE, HOMES = WORLD.people, WORLD.households


def rows(**target):
    return resolve_reach(lever(target=LeverTarget(**target)), WORLD)


CONDITIONS = [
    (dict(age_low=65), PEOPLE.age >= 65), (dict(age_high=17), PEOPLE.age <= 17),
    (dict(gender="women"), PEOPLE.sex == 1), (dict(gender="men"), PEOPLE.sex == 0),
    (dict(quintiles=[0, 1]), HOMES.quintile[PEOPLE.household] <= 1),
    (dict(households=["one_person"]), HOMES.kind[PEOPLE.household] == 0),
    (dict(membership="members"), PEOPLE.member >= 0), (dict(membership="others"), PEOPLE.member < 0),
    (dict(consenting=True), PEOPLE.consent == 1), (dict(language_barrier=True), PEOPLE.barrier[:, 0] >= 0.5),
    (dict(communes=[93002]), PEOPLE.commune == 1), (dict(priority_district=True), PEOPLE.neighbourhood == 0),
    (dict(isolated=True), flag_isolated_residents(WORLD) == 1),
]


@pytest.mark.parametrize(("target", "expected"), CONDITIONS)
def test_each_condition(target, expected):
    assert np.array_equal(rows(**target).residents, np.flatnonzero(expected))


def test_conditions_hold_together():
    both = rows(age_low=40, gender="women").residents
    assert np.array_equal(both, np.intersect1d(rows(age_low=40).residents, rows(gender="women").residents))


def test_the_dead_are_not_reached():
    world = WORLD.copy()
    with world.writable(["people.alive"]):
        world.people.alive[:5] = 0
    assert resolve_reach(lever(), world).residents[0] == 5


def test_near_sites():
    near = rows(near_sites_km=0.2, sites="ids", site_ids=[4]).residents
    x, y = WORLD.buildings.x[PEOPLE.building], WORLD.buildings.y[PEOPLE.building]
    assert np.array_equal(near, np.flatnonzero(np.hypot(x - 0.4, y - 0.5) <= 0.2)) and len(near)
    assert len(rows(near_sites_km=0.2, sites="none").residents) == 0


@pytest.mark.parametrize(("target", "expected"), [
    (dict(sites="all"), [0, 1]), (dict(sites="none"), []), (dict(sites="ids", site_ids=[2]), [1]),
    (dict(sites="lowest", sites_by="staff", site_count=1), [0]),
    (dict(sites="highest", sites_by="staff", site_count=1), [1]),
    (dict(sites="generic"), [0, 1]), (dict(sites="real"), []), (dict(communes=[93002]), [1]),
    (dict(communes=[93001], sites="nearest", site_count=1), [0]), (dict(sites="lowest", site_count=9), [0, 1]),
])
def test_sites(target, expected):
    assert rows(**target).sites.tolist() == expected


def test_closed_sites_are_left_out():
    world = WORLD.copy()
    with world.writable(["sites.open"]):
        world.sites.open[0] = 0
    assert resolve_reach(lever(), world).sites.tolist() == [1]


def test_institutions_follow_communes_or_their_own_list():
    assert rows().institutions.tolist() == [0, 1] and rows(communes=[93002]).institutions.tolist() == [1]
    assert rows(communes=[93002], institutions=[93001]).institutions.tolist() == [0]


@pytest.mark.parametrize("by", ["awareness", "income", "neighbourhood_support", "frailty", "places"])
def test_neighbourhoods_by_rule(by):
    rank = score_neighbourhoods(by, WORLD)
    low, high = (rows(neighbourhoods=NeighbourhoodRule(rule, by, 1)).neighbourhoods.tolist()
                 for rule in ("lowest", "highest"))
    assert low == [int(np.argmin(rank))] and high == [int(np.argmax(rank))]


def test_ties_in_rank_go_to_the_smaller_uid():
    world = WORLD.copy()
    with world.writable(["neighbourhoods.support"]):
        world.neighbourhoods.support[:] = 0.4
    for rule in ("lowest", "highest"):
        target = LeverTarget(neighbourhoods=NeighbourhoodRule(rule, "neighbourhood_support", 1))
        assert resolve_reach(lever(target=target), world).neighbourhoods.tolist() == [1]


@given(st.floats(0, 1), st.floats(0, 1))
def test_coverages_are_nested(one, other):
    small, large = sorted([one, other])
    assert not (draw_coverage("x", small, WORLD) & ~draw_coverage("x", large, WORLD)).any()


def test_coverage_is_keyed_on_uid_and_card():
    got = draw_coverage("x", 0.5, WORLD)
    expected = [draw_uniform(WORLD.key, uid, hash31("x"), 0, LEVER_COVERAGE) < 0.5 for uid in PEOPLE.uid]
    assert got.tolist() == expected and not np.array_equal(got, draw_coverage("y", 0.5, WORLD))
    assert 100 < got.sum() < 200
