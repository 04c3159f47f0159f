"""Sharing out in whole numbers, and what there is to share."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.parameters import Model
from simulator.rules.relief import matched_share, means, scaled, share_out

P = Model().aiding.numbers


def shared_out(demands: np.ndarray, amount: int, lots: np.ndarray) -> np.ndarray:
    """Shares of demands taken in the order of their lots."""
    order, shares, out = np.argsort(lots), np.empty(len(demands), np.int64), np.empty(len(demands), np.int64)
    share_out(demands[order], amount, shares)
    out[order] = shares
    return out


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=40), st.integers(0, 10**7), st.integers(0, 2**32))
def test_shares_add_up_and_know_nothing_of_rows(demands: list[int], amount: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    wanted, lots = np.array(demands, np.int64), rng.permutation(len(demands)).astype(np.uint64)
    shares = shared_out(wanted, amount, lots)
    assert shares.sum() == min(amount, wanted.sum())
    assert (shares >= 0).all() and (shares <= wanted).all()
    exact = wanted * min(amount, wanted.sum()) / max(1, wanted.sum())
    assert np.abs(shares - exact).max() < 1 + 1e-6
    other = rng.permutation(len(demands))
    assert (shared_out(wanted[other], amount, lots[other]) == shares[other]).all()


def test_coordination_raises_matching() -> None:
    assert matched_share(0.0, P) == 0.3
    assert matched_share(1.0, P) == 1.0
    assert scaled(999, 0.5) == 499


def test_means_of_an_institution() -> None:
    assert means(10.0, 2500, 1.0, 7) == 175_000
    assert means(10.0, 2500, 0.6, 1) == 15_000
    assert means(10.0, 2500, 0.0, 1) == 0
