"""Ties in rows: in, out, stronger, and many births at once."""

from __future__ import annotations

import numpy as np

from simulator.rules.contact import after_hours
from simulator.rules.kind import SLOTS
from simulator.world.ties.network import giant_curve, summary, to_networkx
from simulator.world.ties.tie import Births, add_hours, apply_births, columns, find_slot, part, set_trust, slot_of
from tests.phases.mirrors import assert_mirrors
from tests.phases.small_world import small_world

NAMES = [f"ties.{name}" for name in ("degree", "other", "trust", "mirror", "kind")]


def some_births(world, count=600, seed=2):
    rng = np.random.default_rng(seed)
    adults = np.flatnonzero(world.people.age >= 15)
    i, j = rng.choice(adults, (2, count)).astype(np.int32)
    fine = world.people.household[i] != world.people.household[j]
    m = int(fine.sum())
    return Births(i[fine], j[fine], rng.integers(0, 5, m).astype(np.uint8), rng.uniform(0.1, 0.9, m),
                  rng.uniform(0, 4, m))


def test_births_keep_mirrors_and_room():
    world = small_world(1)
    with world.lend(NAMES):
        born, evicted = apply_births(world.ties, world.people, some_births(world), world.settings.contact.numbers)
    assert born > 100 and evicted > 10 and world.ties.degree.max() <= SLOTS
    assert_mirrors(world.ties, world.people)
    world.check()


def test_the_order_of_proposals_cannot_matter():
    worlds = small_world(1), small_world(1)
    births = some_births(worlds[0])
    order = np.random.default_rng(5).permutation(births.row_i.size)
    swapped = Births(births.row_j[order], births.row_i[order], *(column[order] for column in births[2:]))
    for world, proposals in zip(worlds, (births, swapped)):
        with world.lend(NAMES):
            apply_births(world.ties, world.people, proposals, world.settings.contact.numbers)
    for name, array in worlds[0].ties.arrays().items():
        assert array.tobytes() == worlds[1].ties.arrays()[name].tobytes(), name


def test_hours_and_trust_move_both_sides():
    world = small_world(1)
    t, p = columns(world.ties), world.settings.contact.numbers
    before = float(t.trust[0, 2])
    with world.lend(NAMES):
        add_hours(t, 0, 2, 3.0, p)
        assert t.trust[0, 2] == np.float32(after_hours(before, 3.0, p))
        set_trust(t, 0, 1, 0.33)
        assert_mirrors(world.ties, world.people)
        part(t, 0, 1)
    assert_mirrors(world.ties, world.people)


def test_finding():
    world = small_world(1)
    t = columns(world.ties)
    for k in range(int(t.degree[0])):
        assert slot_of(t, 0, t.other[0, k]) == k
        assert find_slot(t.other, t.degree, world.people.uid, 0, t.other[0, k]) == k
    assert slot_of(t, 0, 0) == -1


def test_the_network_seen_by_networkx():
    import networkx

    world = small_world(1)
    graph = to_networkx(world, least=0.3)
    shares = giant_curve(world, (0.1, 0.3, 0.6), homes=False)
    largest = max(len(part) for part in networkx.connected_components(graph))
    assert shares[1] == largest / graph.number_of_nodes() and shares[0] >= shares[1] >= shares[2]
    degree, mean = summary(world.ties)
    assert (mean[degree == 0] == 0).all() and (mean[degree > 0] > 0).all()
