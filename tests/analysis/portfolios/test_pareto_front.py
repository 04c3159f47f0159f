import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from simulator.analysis.portfolios.pareto_front import (
    compute_objectives,
    compute_tail_mean,
    confirm_front,
    mark_pareto_front,
)


def test_front_by_hand():
    points = np.array([[0, 3], [1, 1], [3, 0], [2, 2], [1, 1], [0, 4]])
    assert mark_pareto_front(points).tolist() == [True, True, True, False, True, False]


@given(arrays(float, (12, 3), elements=st.integers(0, 4).map(float)))
def test_a_point_off_the_front_is_dominated_by_one_on_it(points):
    front = mark_pareto_front(points)
    assert front.any()
    for point in points[~front]:
        assert any((one <= point).all() and (one < point).any() for one in points[front])


def test_worst_decile_and_objectives():
    values = np.arange(20.0)
    assert compute_tail_mean(values) == 18.5 and compute_tail_mean(values, direction=1) == 0.5
    assert compute_tail_mean(values[:3]) == 2
    loss, equity = np.array([[1.0, 3.0], [2.0, 6.0]]), np.array([[0.0, 1.0], [0.0, 2.0]])
    assert compute_objectives(loss, equity).tolist() == [[2, 0.5, 3], [4, 1, 6]]


def test_fresh_seeds_undo_the_winners_curse():
    """Thirty equal portfolios, ten searches: the front looks better than it is in the search, not on fresh seeds."""
    rng, searched, fresh = np.random.default_rng(61), [], []
    for _ in range(10):
        means = {str(k): rng.normal(0, 1, (5, 3)).mean(0) for k in range(30)}
        front = {name: means[name] for name, on in zip(means, mark_pareto_front(np.array(list(means.values())))) if on}
        out = confirm_front(front, {name: rng.normal(0, 1, (20, 3)) for name in front})
        searched.append(np.mean([one.searched for one in out.values()]))
        fresh.append(np.mean([one.fresh for one in out.values()]))
        assert all((one.low < 0).all() and (one.high > 0).all() and not one.dominated_by for one in out.values())
    assert np.mean(searched) < -0.15 and abs(np.mean(fresh)) < 0.05


def test_a_portfolio_that_is_worse_everywhere_is_reported_as_dominated():
    rng = np.random.default_rng(62)
    shared = rng.normal(0, 1, (12, 1))
    fresh = {"good": shared + rng.normal(0, 0.1, (12, 3)), "bad": shared + 2 + rng.normal(0, 0.1, (12, 3))}
    out = confirm_front({"good": np.zeros(3), "bad": np.zeros(3)}, fresh)
    assert out["good"].stays_on_front and not out["bad"].stays_on_front
    assert out["bad"].dominated_by == ("good",) and not out["good"].dominated_by
    assert out["bad"].optimism == pytest.approx(out["bad"].fresh)
