"""Components: the size of the giant component of random graphs (A5), and small cases."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.kernel.union_find import largest_component_size, merge_pairs, merge_rows, singleton_components


@pytest.mark.parametrize(("mean", "share"), [(1.2, 0.3137), (1.5, 0.5828), (2.0, 0.7968), (3.0, 0.9405)])
def test_giant_share_of_a_random_graph(mean, share):
    nodes = 100_000
    rng = np.random.default_rng(1)
    pairs = rng.integers(0, nodes, (2, int(mean * nodes / 2)))
    parent = singleton_components(nodes)
    merge_pairs(parent, pairs[0], pairs[1])
    assert largest_component_size(parent, np.ones(nodes, bool)) / nodes == pytest.approx(share, abs=0.01)


def test_only_counted_nodes_and_strong_enough_slots_count():
    degree = np.array([1, 2, 1, 0])
    other = np.array([[1, -1], [0, 2], [1, -1], [-1, -1]])
    strength = np.array([[0.9, 0], [0.9, 0.3], [0.3, 0], [0, 0]])
    parent = singleton_components(4)
    merge_rows(parent, degree, other, strength, 0.5, np.inf)
    assert largest_component_size(parent, np.ones(4, bool)) == 2
    merge_rows(parent, degree, other, strength, 0.1, 0.5)
    assert largest_component_size(parent, np.array([True, False, True, True])) == 2
