"""The order of claims: by owner, then by lot, whatever the way of sorting."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.phases.help.allocation import SMALL, by_owner, shared


@pytest.mark.parametrize("owners", [1, 40, SMALL + 10])
@pytest.mark.parametrize("lots", [3, 1 << 60])
def test_claims_stand_by_owner_and_lot(owners: int, lots: int) -> None:
    """Also where lots are equal, and where owners are too many for the quick way."""
    rng = np.random.default_rng(owners)
    owner = np.append(rng.integers(0, owners, 500), owners - 1).astype(np.int32)
    lot = rng.integers(0, lots, 501).astype(np.uint64)
    assert by_owner(owner, lot).tolist() == np.lexsort((lot, owner)).tolist()


def test_nobody_claims() -> None:
    none = np.zeros(0, np.int64)
    assert shared(none, none, np.array([5]), none.astype(np.uint64)).size == 0


def test_shares_do_not_depend_on_the_order_of_claims() -> None:
    rng = np.random.default_rng(3)
    owner, demand, lot = rng.integers(0, 5, 200), rng.integers(1, 2000, 200), rng.permutation(200).astype(np.uint64)
    budget, order = np.array([0, 10, 3000, 10**6, 777]), rng.permutation(200)
    given = shared(owner, demand, budget, lot)
    assert (shared(owner[order], demand[order], budget, lot[order]) == given[order]).all()
    total = np.bincount(owner, given, 5)
    assert (total == np.minimum(budget, np.bincount(owner, demand, 5))).all()
