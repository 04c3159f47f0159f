import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from simulator.analysis.portfolios.pareto_front import confirm, objectives, on_front, worst_decile


def test_front_by_hand():
    points = np.array([[0, 3], [1, 1], [3, 0], [2, 2], [1, 1], [0, 4]])
    assert on_front(points).tolist() == [True, True, True, False, True, False]


@given(arrays(float, (12, 3), elements=st.integers(0, 4).map(float)))
def test_what_is_not_on_the_front_is_beaten_by_something_that_is(points):
    front = on_front(points)
    assert front.any()
    for point in points[~front]:
        assert any((one <= point).all() and (one < point).any() for one in points[front])


def test_worst_decile_and_objectives():
    values = np.arange(20.0)
    assert worst_decile(values) == 18.5 and worst_decile(values, better=1) == 0.5 and worst_decile(values[:3]) == 2
    loss, equity = np.array([[1.0, 3.0], [2.0, 6.0]]), np.array([[0.0, 1.0], [0.0, 2.0]])
    assert objectives(loss, equity).tolist() == [[2, 0.5, 3], [4, 1, 6]]


def test_fresh_seeds_undo_the_winners_curse():
    """Thirty portfolios that are all the same, ten searches: each front is flattered, fresh seeds are not."""
    rng, searched, fresh = np.random.default_rng(61), [], []
    for _ in range(10):
        means = {str(k): rng.normal(0, 1, (5, 3)).mean(0) for k in range(30)}
        front = {name: means[name] for name, on in zip(means, on_front(np.array(list(means.values())))) if on}
        out = confirm(front, {name: rng.normal(0, 1, (20, 3)) for name in front})
        searched.append(np.mean([one.searched for one in out.values()]))
        fresh.append(np.mean([one.fresh for one in out.values()]))
        assert all((one.low < 0).all() and (one.high > 0).all() and not one.beaten for one in out.values())
    assert np.mean(searched) < -0.15 and abs(np.mean(fresh)) < 0.05


def test_a_portfolio_that_is_worse_everywhere_is_said_to_be_beaten():
    rng = np.random.default_rng(62)
    luck = rng.normal(0, 1, (12, 1))
    fresh = {"good": luck + rng.normal(0, 0.1, (12, 3)), "bad": luck + 2 + rng.normal(0, 0.1, (12, 3))}
    out = confirm({"good": np.zeros(3), "bad": np.zeros(3)}, fresh)
    assert out["good"].stays and not out["bad"].stays and out["bad"].beaten == ("good",) and not out["good"].beaten
    assert out["bad"].optimism == pytest.approx(out["bad"].fresh)
