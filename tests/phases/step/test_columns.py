"""Lists of residents that a step asks for again and again."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.phases import need
from simulator.phases.step.columns import holding, in_need, members
from simulator.rules.domain import CARE
from tests.phases.helping import HEAT, hazard, moment
from tests.phases.small_world import small_world
from tests.pieces import on_threads

N = 200


def lacking(world) -> list[int]:
    return np.flatnonzero(world.people.backlog.any(axis=1)).tolist()


@pytest.mark.parametrize("count", [1, 2])
def test_who_is_in_need_is_thinned_out_as_needs_are_met(count: int) -> None:
    world = small_world(1, N)
    now = moment(world, 0, 7, (hazard(HEAT, np.ones(N, np.float32), 0),))
    with on_threads(count), world.lend(need.WRITES):
        need.step(world, now)
        first = in_need(world, now)
        assert first.tolist() == lacking(world) and 10 < len(first)
        world.people.backlog[first[::2]] = 0
        assert in_need(world, now).tolist() == lacking(world) == first[1::2].tolist()
        world.people.backlog[first[1::2]] = 0
        assert in_need(world, now).tolist() == lacking(world) == []


def test_needs_that_arise_are_listed_anew() -> None:
    """The same moment played again, as a test or a notebook may."""
    world = small_world(1, N)
    now = moment(world, 0, 7, (hazard(HEAT, np.ones(N, np.float32), 0),))
    with world.lend(need.WRITES):
        need.step(world, now)
        world.people.backlog[:] = 0
        assert not in_need(world, now).size
        need.step(world, now)
        assert in_need(world, now).tolist() == lacking(world) and (world.people.backlog[:, CARE] > 0).any()


def test_members_are_listed_once_a_moment() -> None:
    world = small_world(1, N)
    now, later = moment(world, 0, 7), moment(world, 7, 7)
    held = np.flatnonzero(world.people.member >= 0).tolist()
    assert members(world, now).tolist() == held and held
    with world.lend(["people.member"]):
        world.people.member[held[0]] = -1
    assert members(world, now).tolist() == held
    assert members(world, later).tolist() == held[1:]


@pytest.mark.parametrize("rows", [0, 1, 9000])
def test_a_row_holds_something_unless_it_says_minus_one(rows: int) -> None:
    column = np.random.default_rng(rows).integers(-1, 2, rows).astype(np.int32)
    assert holding(column).tolist() == np.flatnonzero(column >= 0).tolist()
