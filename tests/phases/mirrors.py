"""V6: every tie on both sides, right mirrors, sorted, no doubles, none with oneself or at home, trust in [0, 1]."""

from __future__ import annotations

import numpy as np

from simulator.world.population.people import People, Ties


def assert_mirrors(ties: Ties, people: People) -> None:
    """AssertionError naming the first row that breaks the rule."""
    for i in range(ties.rows):
        degree = int(ties.degree[i])
        others = ties.other[i, :degree]
        assert (ties.other[i, degree:] == -1).all() and not ties.trust[i, degree:].any(), i
        assert (np.diff(people.uid[others].astype(np.int64)) > 0).all(), i
        assert (others != i).all() and (people.household[others] != people.household[i]).all(), i
        for k, j in enumerate(others):
            back = np.flatnonzero(ties.other[j, : ties.degree[j]] == i)
            assert back.size == 1, (i, j)
            assert ties.mirror[i, k] == ties.trust[j, back[0]] and ties.kind[i, k] == ties.kind[j, back[0]], (i, j)
            assert 0 <= ties.trust[i, k] <= 1, (i, j)
