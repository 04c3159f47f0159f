import numpy as np
import pytest

from simulator.analysis.portfolios.marginal_returns import build_returns_curve, select_best_by_budget


def test_only_portfolios_that_save_more_than_all_cheaper_ones():
    cost = {"a": 10.0, "b": 20.0, "c": 20.0, "d": 30.0, "e": 5.0}
    saved = {"a": 5.0, "b": 4.0, "c": 8.0, "d": 8.0, "e": -1.0}
    assert select_best_by_budget(cost, saved) == ["a", "c"]


def test_the_curve_by_hand():
    cost = {"a": 10.0, "b": 30.0, "c": 50.0}
    steps = build_returns_curve(cost, {"a": np.array([8.0]), "b": np.array([9.0]), "c": np.array([14.0])})
    assert [step.portfolio for step in steps] == ["", "a", "b", "c"]
    assert [step.marginal_price for step in steps[1:]] == [10 / 8, 20.0, 4.0]
    assert [step.is_efficient for step in steps] == [True, True, False, True]


def test_the_best_of_many_is_valued_on_other_seeds():
    """Fifty portfolios that save nothing, 20 seeds: all values are near 0 and every interval contains 0."""
    rng = np.random.default_rng(71)
    cost = {str(k): float(k) for k in range(1, 51)}
    saved = {name: rng.normal(0, 1, 20) for name in cost}
    steps = build_returns_curve(cost, saved)[1:]
    naive = max(v.mean() for v in saved.values())
    assert naive > 0.4 and abs(np.mean([step.saved for step in steps])) < naive / 1.5
    assert all(step.low <= 0 <= step.high for step in steps)


def test_nothing_saved_is_an_empty_curve():
    steps = build_returns_curve({"a": 10.0}, {"a": np.full(4, -1.0)})
    assert len(steps) == 1 and steps[0].portfolio == "" and np.isnan(steps[0].marginal_price)
    assert build_returns_curve({}, {})[0].cost == 0


def test_intervals_hold():
    """Five portfolios of known value: all intervals of a curve hold in at least 95 of 100 studies."""
    rng, held = np.random.default_rng(72), 0
    true = {"a": 1.0, "b": 1.8, "c": 2.4, "d": 2.8, "e": 3.0}
    for _ in range(200):
        steps = build_returns_curve({k: v**2 for k, v in true.items()},
                                    {k: v + rng.normal(0, 0.3, 12) for k, v in true.items()})
        held += all(step.low <= true[step.portfolio] <= step.high for step in steps[1:])
    assert held / 200 >= 0.95 and steps[-1].marginal_price == pytest.approx(5, abs=15)
