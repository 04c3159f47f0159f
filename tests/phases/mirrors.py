"""V6: ties are on both sides, with right mirrors, sorted, unique, outside the household, with trust in [0, 1]."""

from __future__ import annotations

import numpy as np

from simulator.world.population.people import People, Ties


def assert_mirrors(ties: Ties, people: People) -> None:
    """AssertionError naming the first row that breaks V6."""
    for i in range(ties.rows):
        degree = int(ties.degree[i])
        others = ties.alter[i, :degree]
        assert (ties.alter[i, degree:] == -1).all() and not ties.trust[i, degree:].any(), i
        assert (np.diff(people.uid[others].astype(np.int64)) > 0).all(), i
        assert (others != i).all() and (people.household[others] != people.household[i]).all(), i
        for k, j in enumerate(others):
            back = np.flatnonzero(ties.alter[j, : ties.degree[j]] == i)
            assert back.size == 1, (i, j)
            assert ties.alter_trust[i, k] == ties.trust[j, back[0]] and ties.kind[i, k] == ties.kind[j, back[0]], (i, j)
            assert 0 <= ties.trust[i, k] <= 1, (i, j)
