"""Proportional shares in integers, and the amounts that sites and institutions can give."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.parameters import Model
from simulator.rules.relief import allocate_proportionally, institution_budget, matched_share, scale_amount

P = Model().aiding.numbers


def allocate(demands: np.ndarray, amount: int, ranks: np.ndarray) -> np.ndarray:
    """Shares of demands, which are put in the order of their ranks first."""
    order, shares, out = np.argsort(ranks), np.empty(len(demands), np.int64), np.empty(len(demands), np.int64)
    allocate_proportionally(demands[order], amount, shares)
    out[order] = shares
    return out


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=40), st.integers(0, 10**7), st.integers(0, 2**32))
def test_shares_add_up_and_do_not_depend_on_the_order_of_rows(demands: list[int], amount: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    wanted, ranks = np.array(demands, np.int64), rng.permutation(len(demands)).astype(np.uint64)
    shares = allocate(wanted, amount, ranks)
    assert shares.sum() == min(amount, wanted.sum())
    assert (shares >= 0).all() and (shares <= wanted).all()
    exact = wanted * min(amount, wanted.sum()) / max(1, wanted.sum())
    assert np.abs(shares - exact).max() < 1 + 1e-6
    other = rng.permutation(len(demands))
    assert (allocate(wanted[other], amount, ranks[other]) == shares[other]).all()


def test_coordination_raises_matching() -> None:
    assert matched_share(0.0, P) == 0.3
    assert matched_share(1.0, P) == 1.0
    assert scale_amount(999, 0.5) == 499


def test_budget_of_an_institution() -> None:
    assert institution_budget(10.0, 2500, 1.0, 7) == 175_000
    assert institution_budget(10.0, 2500, 0.6, 1) == 15_000
    assert institution_budget(10.0, 2500, 0.0, 1) == 0
