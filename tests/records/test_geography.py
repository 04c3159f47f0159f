import numpy as np

from simulator.records.geography import FEWEST, link_table, site_table, tied_pairs
from tests.phases.small_world import small_world


def counted(world):
    """The same, tie by tie: {(smaller row, larger row): ties}."""
    found, place = {}, world.people.neighbourhood
    for i in range(world.people.rows):
        for j in world.ties.other[i, :world.ties.degree[i]]:
            if i < j:
                pair = tuple(sorted((int(place[i]), int(place[j]))))
                found[pair] = found.get(pair, 0) + 1
    return found


def test_ties_are_counted_once_each_by_pair_of_neighbourhoods():
    world = small_world(residents=3000)
    pairs = tied_pairs(world)
    assert (pairs == pairs.T).all()
    assert 2 * np.triu(pairs).sum() == world.ties.degree.sum() > 0
    assert {(int(a), int(b)): int(pairs[a, b]) for a, b in zip(*np.nonzero(np.triu(pairs)))} == counted(world)


def test_pairs_with_few_ties_are_left_out():
    world = small_world(residents=3000)
    table, pairs = link_table(world), np.triu(tied_pairs(world))
    assert (table["ties"] >= FEWEST).all() and (table["first"] <= table["second"]).all()
    assert table["ties"].sum() == pairs[pairs >= FEWEST].sum()


def test_every_site_lies_in_a_neighbourhood_of_the_table():
    world = small_world()
    table = site_table(world)
    assert len(table["uid"]) == len(world.sites) and (np.diff(table["uid"]) >= 0).all()
    assert set(table["neighbourhood"]) <= {*world.neighbourhoods.uid.astype(int), -1}
