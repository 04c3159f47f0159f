"""Initial ties do not depend on the order of rows, nor on the number of threads."""

from __future__ import annotations

import numpy as np

from simulator.kernel.keyed_random import make_random_key
from simulator.parameters import Model
from simulator.world.ties.initial_proposals import gather_meeting_places
from simulator.world.ties.initial_ties import generate_initial_ties
from tests.phases.small_world import small_world
from tests.pieces import on_threads


def make_ties(world, people, adults_by_building, adults_by_neighbourhood):
    places = gather_meeting_places(people, world.neighbourhoods, world.buildings, adults_by_building,
                                   adults_by_neighbourhood, world.raster)
    return generate_initial_ties(Model(), make_random_key(8), people, places)


def ties_by_uid(ties, people):
    return {(int(people.uid[i]), int(people.uid[ties.alter[i, k]])): (float(ties.trust[i, k]), int(ties.kind[i, k]))
            for i in range(ties.rows) for k in range(int(ties.degree[i]))}


def test_row_order_and_threads_do_not_matter():
    world = small_world(8, 300)
    people = world.people.copy()
    for array in people.arrays().values():
        array.flags.writeable = True
    first = make_ties(world, people, world.adults_by_building, world.adults_by_neighbourhood)
    order = np.lexsort((np.random.default_rng(1).random(people.rows), people.household))
    new_row = np.argsort(order).astype(np.int32)
    moved = type(people)(people.rows, **{name: array[order] for name, array in people.arrays().items()})
    with on_threads(2):
        second = make_ties(world, moved, new_row[world.adults_by_building], new_row[world.adults_by_neighbourhood])
    assert ties_by_uid(first, people) == ties_by_uid(second, moved)
    assert np.array_equal(people.far_other[order], moved.far_other)
