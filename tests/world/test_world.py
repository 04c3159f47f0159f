"""Columns can be written only while they are lent; what is made of them once is made anew when they are replaced."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from simulator.parameters import Model
from simulator.phases.step.columns import view_housing
from simulator.phases.ties.formation_columns import view_tie_formation_places
from simulator.world.build import build_world
from simulator.world.places.territory import Territory
from simulator.world.world import World


@pytest.fixture
def world() -> World:
    return build_world(Territory("small", "Petit", "Small", communes=["93071"], residents=60), Model(), 1)


def test_columns_can_be_written_only_inside_the_block(world):
    assert not world.is_open()
    with world.writable(("people.agency", "ties.trust")):
        world.people.agency[:] = 0.25
        with world.writable(("people.agency", "people.load")):
            world.people.load[0] = 1.0
        world.people.agency[0] = 0.5
        assert world.is_open() and not world.people.load.flags.writeable and world.ties.trust.first.flags.writeable
    assert not world.is_open() and world.people.agency[:2].tolist() == [0.5, 0.25] and world.people.load[0] == 1.0
    for column in (world.people.agency, world.people.load, world.ties.trust.rest):
        with pytest.raises(ValueError, match="read-only"):
            column[0] = 0
    with pytest.raises(AttributeError, match="cannot be replaced"):
        world.people.agency = np.zeros(60, np.float32)
    with pytest.raises(KeyError):
        world.writable(("people.nothing",))


def test_an_error_in_the_block_closes_the_columns(world):
    with pytest.raises(ZeroDivisionError), world.writable(("people.agency",)):
        raise ZeroDivisionError
    assert not world.is_open()


def test_views_are_made_once_until_a_table_replaces_its_arrays(world):
    housing, made = view_housing(world), []
    assert view_housing(world) is housing and view_tie_formation_places(world) is view_tie_formation_places(world)
    for _ in range(2):
        world.keep("number of sites", ("sites",), lambda: made.append(len(world.sites)))
    world.sites.append_rows(1)
    world.keep("number of sites", ("sites",), lambda: made.append(len(world.sites)))
    assert made == [len(world.sites) - 1, len(world.sites)] and view_housing(world) is housing


def test_a_copy_lends_its_own_columns(world):
    with world.writable(("people.agency",)):
        pass
    for other in (world.copy(), pickle.loads(pickle.dumps(world))):
        assert view_housing(other) is not view_housing(world) and not other.is_open()
        with other.writable(("people.agency",)):
            other.people.agency[:] = -1
            assert not world.is_open()
        assert other.people.agency.max() == -1 and world.people.agency.min() >= 0
