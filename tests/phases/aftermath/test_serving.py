"""Who has something open, who acts for a household, and the order in which help serves."""

from __future__ import annotations

import numpy as np

from simulator.phases.aftermath.serving import OPEN_ADULTS_CACHE_KEY, list_open_adults, open_amount, serve_open
from simulator.phases.step.columns import find_acting_adult, view_housing, view_residents
from tests.phases.crisis_world import EVERYONE, hit_world
from tests.phases.helping import FLOOD, hazard, moment


def listed(world):
    return list_open_adults(world, moment(world, 1, 1, (hazard(FLOOD, EVERYONE, 1),)))


def test_adults_with_needs_and_one_for_each_home_with_aftermath() -> None:
    world = hit_world(1)
    assert listed(world).rows.tolist() == np.flatnonzero(world.people.age >= 15).tolist()
    world = hit_world(0, 1)
    adults = listed(world)
    acting = [find_acting_adult(h, view_residents(world), view_housing(world)) for h in range(len(world.households))]
    assert adults.rows.tolist() == sorted(acting) and adults.carries.all()
    assert not len(listed(hit_world()).rows)


def test_the_dead_and_children_have_nothing_open() -> None:
    world = hit_world(1, 1)
    with world.writable(["people.alive", "people.crisis_backlog"]):
        world.people.alive[::2] = 0
        world.people.crisis_backlog[:] = 1
    rows = listed(world).rows
    assert (world.people.alive[rows] == 1).all() and (world.people.age[rows] >= 15).all() and len(rows)


def test_later_calls_of_a_step_find_only_what_is_still_open() -> None:
    world = hit_world(1)
    context = moment(world, 1, 1, (hazard(FLOOD, EVERYONE, 1),))
    first = list_open_adults(world, context)
    with world.writable(["people.crisis_backlog"]):
        world.people.crisis_backlog[first.rows[::2]] = 0
    assert list_open_adults(world, context).rows.tolist() == first.rows[1::2].tolist()
    assert OPEN_ADULTS_CACHE_KEY in context.cache


def test_help_serves_needs_first_and_gives_back_what_it_could_not_use() -> None:
    backlog, aftermath = np.array([[5, 0, 0, 0]], np.int32), np.array([[7, 0, 0, 0]], np.int32)
    for carries, amount, used, left in ((True, 3, 3, (2, 7)), (False, 9, 2, (0, 7)), (True, 4, 4, (0, 3)),
                                        (True, 100, 3, (0, 0)), (True, 100, 0, (0, 0))):
        open_before = open_amount(0, 0, carries, 0, backlog, aftermath)
        need, work = np.zeros((14, 4), np.int64), np.zeros((14, 4), np.int64)
        assert used == min(amount, open_before)
        assert serve_open(0, 0, carries, 0, amount, 3, backlog, aftermath, need, work) == used
        assert (backlog[0, 0], aftermath[0, 0]) == left
        assert need[3, 0] + work[3, 0] == used == need.sum() + work.sum()
