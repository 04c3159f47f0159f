"""Operations on ties: create, remove, strengthen and find one, and create many at once."""

from __future__ import annotations

import numpy as np

from simulator.rules.contact import trust_after_hours
from simulator.rules.tie_kinds import MAX_TIES
from simulator.world.ties.network import export_networkx, giant_component_curve, summarise_ties
from simulator.world.ties.tie import (
    TieProposals,
    add_contact_hours,
    add_proposed_ties,
    find_slot_in_columns,
    find_tie_slot,
    get_tie_columns,
    remove_tie,
    set_trust,
)
from tests.phases.mirrors import assert_mirrors
from tests.phases.small_world import small_world

TIE_COLUMNS = [f"ties.{name}" for name in ("degree", "alter", "trust", "alter_trust", "kind")]


def random_proposals(world, count=600, seed=2):
    rng = np.random.default_rng(seed)
    adults = np.flatnonzero(world.people.age >= 15)
    i, j = rng.choice(adults, (2, count)).astype(np.int32)
    valid = world.people.household[i] != world.people.household[j]
    m = int(valid.sum())
    return TieProposals(i[valid], j[valid], rng.integers(0, 5, m).astype(np.uint8), rng.uniform(0.1, 0.9, m),
                        rng.uniform(0, 4, m))


def test_new_ties_keep_mirrors_and_the_limit_of_slots():
    world = small_world(1)
    with world.writable(TIE_COLUMNS):
        created, evicted = add_proposed_ties(world.ties, world.people, random_proposals(world),
                                             world.settings.contact.numbers)
    assert created > 100 and evicted > 10 and world.ties.degree.max() <= MAX_TIES
    assert_mirrors(world.ties, world.people)
    world.check()


def test_the_order_of_proposals_cannot_matter():
    worlds = small_world(1), small_world(1)
    proposals = random_proposals(worlds[0])
    order = np.random.default_rng(5).permutation(proposals.row_i.size)
    shuffled = TieProposals(proposals.row_j[order], proposals.row_i[order],
                            *(column[order] for column in proposals[2:]))
    for world, given in zip(worlds, (proposals, shuffled)):
        with world.writable(TIE_COLUMNS):
            add_proposed_ties(world.ties, world.people, given, world.settings.contact.numbers)
    for name, array in worlds[0].ties.arrays().items():
        assert array.tobytes() == worlds[1].ties.arrays()[name].tobytes(), name


def test_contact_hours_and_set_trust_change_both_sides():
    world = small_world(1)
    p, before = world.settings.contact.numbers, float(world.ties.trust[0, 2])
    with world.writable(TIE_COLUMNS):
        t = get_tie_columns(world.ties)
        add_contact_hours(t, 0, 2, 3.0, p)
        assert t.trust[0, 2] == np.float32(trust_after_hours(before, 3.0, p))
        set_trust(t, 0, 1, 0.33)
        assert_mirrors(world.ties, world.people)
        remove_tie(t, 0, 1)
    assert_mirrors(world.ties, world.people)


def test_both_functions_find_every_slot():
    world = small_world(1)
    t = get_tie_columns(world.ties)
    for k in range(int(t.degree[0])):
        assert find_tie_slot(t, 0, t.alter[0, k]) == k
        assert find_slot_in_columns(t.alter, t.degree, world.people.uid, 0, t.alter[0, k]) == k
    assert find_tie_slot(t, 0, 0) == -1


def test_components_agree_with_networkx():
    import networkx

    world = small_world(1)
    graph = export_networkx(world, min_trust=0.3)
    shares = giant_component_curve(world, (0.1, 0.3, 0.6), link_households=False)
    largest = max(len(part) for part in networkx.connected_components(graph))
    assert shares[1] == largest / graph.number_of_nodes() and shares[0] >= shares[1] >= shares[2]
    degree, mean = summarise_ties(world.ties)
    assert (mean[degree == 0] == 0).all() and (mean[degree > 0] > 0).all()
