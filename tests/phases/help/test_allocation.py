"""The order of claims: by owner, then by priority, whatever the way of sorting."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.phases.help.allocation import RADIX_SORT_LIMIT, allocate_by_owner, sort_by_owner


@pytest.mark.parametrize("owners", [1, 40, RADIX_SORT_LIMIT + 10])
@pytest.mark.parametrize("priorities", [3, 1 << 60])
def test_claims_are_sorted_by_owner_and_priority(owners: int, priorities: int) -> None:
    """Also where priorities are equal, and where owners are too many for the radix sort."""
    rng = np.random.default_rng(owners)
    owner = np.append(rng.integers(0, owners, 500), owners - 1).astype(np.int32)
    priority = rng.integers(0, priorities, 501).astype(np.uint64)
    assert sort_by_owner(owner, priority).tolist() == np.lexsort((priority, owner)).tolist()


def test_nobody_claims() -> None:
    none = np.zeros(0, np.int64)
    assert allocate_by_owner(none, none, np.array([5]), none.astype(np.uint64)).size == 0


def test_shares_do_not_depend_on_the_order_of_claims() -> None:
    rng = np.random.default_rng(3)
    owner, demand = rng.integers(0, 5, 200), rng.integers(1, 2000, 200)
    priority = rng.permutation(200).astype(np.uint64)
    budget, order = np.array([0, 10, 3000, 10**6, 777]), rng.permutation(200)
    given = allocate_by_owner(owner, demand, budget, priority)
    assert (allocate_by_owner(owner[order], demand[order], budget, priority[order]) == given[order]).all()
    total = np.bincount(owner, given, 5)
    assert (total == np.minimum(budget, np.bincount(owner, demand, 5))).all()
