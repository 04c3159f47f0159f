"""Lists of residents that several phases of a step need."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.phases import need
from simulator.phases.step.row_lists import list_assigned_rows, list_in_need, list_site_members
from simulator.rules.need_domains import ASSISTANCE
from tests.phases.helping import HEAT, hazard, moment
from tests.phases.small_world import small_world
from tests.pieces import on_threads

N = 200


def lacking(world) -> list[int]:
    return np.flatnonzero(world.people.backlog.any(axis=1)).tolist()


@pytest.mark.parametrize("count", [1, 2])
def test_the_list_of_those_in_need_shrinks_as_needs_are_met(count: int) -> None:
    world = small_world(1, N)
    context = moment(world, 0, 7, (hazard(HEAT, np.ones(N, np.float32), 0),))
    with on_threads(count), world.writable(need.WRITES):
        need.step(world, context)
        first = list_in_need(world, context)
        assert first.tolist() == lacking(world) and 10 < len(first)
        world.people.backlog[first[::2]] = 0
        assert list_in_need(world, context).tolist() == lacking(world) == first[1::2].tolist()
        world.people.backlog[first[1::2]] = 0
        assert list_in_need(world, context).tolist() == lacking(world) == []


def test_new_needs_are_listed_again() -> None:
    """The same step played twice, as a test or a notebook may."""
    world = small_world(1, N)
    context = moment(world, 0, 7, (hazard(HEAT, np.ones(N, np.float32), 0),))
    with world.writable(need.WRITES):
        need.step(world, context)
        world.people.backlog[:] = 0
        assert not list_in_need(world, context).size
        need.step(world, context)
        assert list_in_need(world, context).tolist() == lacking(world)
        assert (world.people.backlog[:, ASSISTANCE] > 0).any()


def test_members_are_listed_once_a_step() -> None:
    world = small_world(1, N)
    context, later = moment(world, 0, 7), moment(world, 7, 7)
    held = np.flatnonzero(world.people.member >= 0).tolist()
    assert list_site_members(world, context).tolist() == held and held
    with world.writable(["people.member"]):
        world.people.member[held[0]] = -1
    assert list_site_members(world, context).tolist() == held
    assert list_site_members(world, later).tolist() == held[1:]


@pytest.mark.parametrize("rows", [0, 1, 9000])
def test_assigned_rows_are_those_without_minus_one(rows: int) -> None:
    column = np.random.default_rng(rows).integers(-1, 2, rows).astype(np.int32)
    assert list_assigned_rows(column).tolist() == np.flatnonzero(column >= 0).tolist()
