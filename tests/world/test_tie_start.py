"""The first ties do not depend on the order of rows nor on the number of threads."""

from __future__ import annotations

import numpy as np

from simulator.kernel.random import key
from simulator.parameters import Model
from simulator.world.ties.initial_ties import meeting_places
from simulator.world.ties.start import start_ties
from tests.phases.small_world import small_world
from tests.pieces import on_threads


def begin(world, people, roll, place_roll):
    places = meeting_places(people, world.neighbourhoods, world.buildings, roll, place_roll, world.atlas)
    return start_ties(Model(), key(8), people, places)


def seen_by_uid(ties, people):
    return {(int(people.uid[i]), int(people.uid[ties.other[i, k]])): (float(ties.trust[i, k]), int(ties.kind[i, k]))
            for i in range(ties.rows) for k in range(int(ties.degree[i]))}


def test_row_order_and_threads_do_not_matter():
    world = small_world(8, 300)
    people = world.people.copy()
    for array in people.arrays().values():
        array.flags.writeable = True
    first = begin(world, people, world.roll, world.place_roll)
    order = np.lexsort((np.random.default_rng(1).random(people.rows), people.household))
    place_of = np.argsort(order).astype(np.int32)
    moved = type(people)(people.rows, **{name: array[order] for name, array in people.arrays().items()})
    with on_threads(2):
        second = begin(world, moved, place_of[world.roll], place_of[world.place_roll])
    assert seen_by_uid(first, people) == seen_by_uid(second, moved)
    assert np.array_equal(people.far_other[order], moved.far_other)
