"""Whom crises expose, and how strongly."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.crises.card import Exposure
from simulator.crises.exposure import compute_cushion_days, compute_exposure, select_buildings_without_power
from tests.crises.example import crisis, shipped
from tests.phases.small_world import small_world

WORLD = small_world(residents=300)
PEOPLE, HOMES, BUILDINGS = WORLD.people, WORLD.households, WORLD.buildings


def hit(**spec):
    return compute_exposure(crisis(exposure=Exposure(**spec)), WORLD)


def test_shape_and_range():
    got = hit(base=0.25)
    assert got.dtype == np.float32 and got.shape == (PEOPLE.rows,) and (got == 0.25).all()


@pytest.mark.parametrize(("spec", "mask"), [
    (dict(poor_insulation=0.5), BUILDINGS.poor_insulation[PEOPLE.building] == 1),
    (dict(heat_island=0.5), WORLD.neighbourhoods.heat_island[PEOPLE.neighbourhood] == 1),
    (dict(failing_building=0.5), BUILDINGS.failing[PEOPLE.building] == 1),
    (dict(flood_zone_ground_floor=0.5), (WORLD.neighbourhoods.flood_zone[PEOPLE.neighbourhood] == 1)
     & (HOMES.floor[PEOPLE.household] == 0)),
    (dict(low_income=0.5, low_income_quintile=1), HOMES.quintile[PEOPLE.household] <= 1),
])
def test_each_part(spec, mask):
    assert np.array_equal(hit(**spec), np.where(mask, 0.5, 0.0).astype(np.float32)) and mask.any() and not mask.all()


def test_the_top_floor_is_the_highest_inhabited_one_from_the_second_up():
    got = hit(top_floor=1.0)
    for b in range(BUILDINGS.rows):
        here = HOMES.building == b
        top = HOMES.floor[here].max()
        roof = here[PEOPLE.household] & (HOMES.floor[PEOPLE.household] == top)
        assert np.array_equal(got[PEOPLE.building == b] > 0, roof[PEOPLE.building == b] & (top >= 2))


def test_parts_add_up_and_never_pass_one():
    both = hit(base=0.2, heat_island=0.3)
    assert np.array_equal(np.unique(both), np.float32([0.2, 0.5]))
    assert compute_exposure(crisis(exposure=Exposure(base=0.7), severity=2.0), WORLD).max() == 1.0


@given(st.floats(0, 2), st.floats(0, 2))
def test_more_severity_never_hits_less(one, other):
    low, high = sorted([one, other])
    card = shipped("heatwave")
    less, more = (compute_exposure(replace(card, severity=dial), WORLD) for dial in (low, high))
    assert (less <= more).all() and more.max() <= 1


@given(st.floats(0, 1), st.floats(0, 1))
def test_power_cuts_are_nested_and_never_empty(one, other):
    small, large = (select_buildings_without_power(crisis(exposure=Exposure(feeder=1, feeder_share=share)), WORLD)
                    for share in sorted([one, other]))
    assert not (small & ~large).any() and small.any()
    assert np.array_equal(small, [small[BUILDINGS.feeder == one][0] for one in BUILDINGS.feeder])


def test_a_power_cut_hits_whole_feeders():
    got = hit(feeder=1.0, feeder_share=1.0)
    assert (got == 1).all()


def test_the_cushion_delays_exposure_by_cushion_over_gap_days():
    card = crisis(exposure=Exposure(low_income=1, low_income_quintile=4, after_cushion=True, income_gap=0.2))
    assert compute_cushion_days(card, WORLD) == pytest.approx(HOMES.cushion[PEOPLE.household] / 0.2, rel=1e-6)
    severe = replace(card, severity=2.0)
    assert compute_cushion_days(severe, WORLD) == pytest.approx(HOMES.cushion[PEOPLE.household] / 0.4, rel=1e-6)
    assert not compute_cushion_days(crisis(), WORLD).any()
