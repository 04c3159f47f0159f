import numpy as np

from simulator.records.map_tables import (
    MIN_LINK_TIES,
    compute_links_table,
    compute_sites_table,
    count_ties_between_places,
)
from tests.phases.small_world import small_world


def counted(world):
    """The same, tie by tie: {(smaller row, larger row): ties}."""
    found, place = {}, world.people.neighbourhood
    for i in range(world.people.rows):
        for j in world.ties.alter[i, :world.ties.degree[i]]:
            if i < j:
                pair = tuple(sorted((int(place[i]), int(place[j]))))
                found[pair] = found.get(pair, 0) + 1
    return found


def test_ties_are_counted_once_each_by_pair_of_neighbourhoods():
    world = small_world(residents=3000)
    pairs = count_ties_between_places(world)
    assert (pairs == pairs.T).all()
    assert 2 * np.triu(pairs).sum() == world.ties.degree.sum() > 0
    assert {(int(a), int(b)): int(pairs[a, b]) for a, b in zip(*np.nonzero(np.triu(pairs)))} == counted(world)


def test_pairs_with_few_ties_are_left_out():
    world = small_world(residents=3000)
    table, pairs = compute_links_table(world), np.triu(count_ties_between_places(world))
    assert (table["ties"] >= MIN_LINK_TIES).all() and (table["neighbourhood_1"] <= table["neighbourhood_2"]).all()
    assert table["ties"].sum() == pairs[pairs >= MIN_LINK_TIES].sum()


def test_every_site_lies_in_a_neighbourhood_of_the_table():
    world = small_world()
    table = compute_sites_table(world)
    assert len(table["uid"]) == len(world.sites) and (np.diff(table["uid"]) >= 0).all()
    assert set(table["neighbourhood"]) <= {*world.neighbourhoods.uid.astype(int), -1}
