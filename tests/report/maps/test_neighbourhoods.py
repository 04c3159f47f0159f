import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulator.report.maps.neighbourhoods import (
    MIN_GROUP_SIZE,
    MIN_PLACE_RESIDENTS,
    NeighbourhoodPoints,
    map_to_communes,
    map_to_groups,
)


def places(x, y, n, commune=None):
    """Neighbourhoods at these points, all of one commune by default."""
    many = len(x)
    return NeighbourhoodPoints(np.arange(many), np.array(commune or [93071] * many), np.array(x, float),
                               np.array(y, float), np.array(n, float))


@given(st.lists(st.tuples(st.floats(-5, 5), st.floats(-5, 5), st.integers(1, 3000), st.sampled_from([93071, 93014])),
                min_size=1, max_size=25))
def test_no_group_is_one_neighbourhood_or_few_residents_or_of_two_communes(rows):
    known = places([r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows], [r[3] for r in rows])
    group_of = map_to_groups(known)
    for group in set(group_of.values()):
        members = [uid for uid, other in group_of.items() if other == group]
        assert len(members) >= MIN_GROUP_SIZE and known.n[members].sum() >= MIN_PLACE_RESIDENTS
        assert {f"{known.commune[uid]}" for uid in members} == {group[:5]}


def test_neighbours_are_put_together():
    group_of = map_to_groups(places([0, 0.5, 5, 5.5], [0, 0, 0, 0], [2600] * 4))
    assert group_of[0] == group_of[1] != group_of[2] == group_of[3]


def test_one_left_over_joins_the_nearest_and_small_ones_gather_until_they_are_enough():
    assert len(set(map_to_groups(places([0, 0.5, 1.0], [0, 0, 0], [2600] * 3)).values())) == 1
    assert len(set(map_to_groups(places([0, 1, 2, 3], [0, 0, 0, 0], [200] * 4)).values())) == 1
    assert map_to_groups(places([0, 1], [0, 0], [200, 200])) == {} == map_to_groups(places([0], [0], [2600]))


def test_small_communes_are_not_shown():
    assert map_to_communes(places([0, 1], [0, 0], [300, 2600], [93014, 93071])) == {1: "93071"}
