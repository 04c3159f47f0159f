from itertools import combinations

import numpy as np
import pytest

from simulator.analysis.portfolios.shapley import (
    compute_pair_interactions,
    compute_shapley_interactions,
    compute_shapley_values,
    estimate_shapley_values,
    list_missing_coalitions,
    sample_shapley_values,
)


def game(levers, value, seeds=1):
    """Every set of levers to value(set), the same for all seeds."""
    sets = [frozenset(s) for size in range(len(levers) + 1) for s in combinations(levers, size)]
    return {s: np.full(seeds, float(value(s))) for s in sets}


def found(shares):
    return {name: round(share.value, 12) for name, share in shares.items()}


def test_additive_levers_get_their_own_effect():
    effect = {"a": 3.0, "b": -1.0, "c": 0.5, "d": 0.0}
    values = game("abcd", lambda s: sum(effect[i] for i in s))
    assert found(compute_shapley_values(values)) == effect
    assert set(found(compute_shapley_interactions(values)).values()) == {0.0}
    assert set(found(compute_pair_interactions(values)).values()) == {0.0}


def test_gloves():
    """Two left gloves and a right one: 1/6, 1/6, 2/3 (Shapley & Shubik's market)."""
    values = game(("left1", "left2", "right"), lambda s: "right" in s and len(s) > 1)
    assert found(compute_shapley_values(values)) == pytest.approx({"left1": 1 / 6, "left2": 1 / 6, "right": 2 / 3})


def test_airport():
    """Runways of cost 1, 2 and 4 shared: 1/3, 1/3 + 1/2, 1/3 + 1/2 + 2 (Littlechild & Owen 1973)."""
    cost = {"a": 1, "b": 2, "c": 4}
    shares = found(compute_shapley_values(game("abc", lambda s: max((cost[i] for i in s), default=0))))
    assert shares == pytest.approx({"a": 1 / 3, "b": 5 / 6, "c": 17 / 6})


def test_interaction_of_a_unanimity_game():
    """1 if a and b are both there: each gets a half, their interaction is 1 and that with c is 0."""
    values = game("abc", lambda s: {"a", "b"} <= s)
    assert found(compute_shapley_values(values)) == pytest.approx({"a": 0.5, "b": 0.5, "c": 0.0})
    assert found(compute_shapley_interactions(values)) == {("a", "b"): 1.0, ("a", "c"): 0.0, ("b", "c"): 0.0}
    three = game("abc", lambda s: len(s) == 3)
    assert set(found(compute_shapley_interactions(three)).values()) == {0.5}
    assert set(found(compute_pair_interactions(three)).values()) == {0.0}


def test_values_add_up_to_the_total_effect_and_have_intervals():
    rng = np.random.default_rng(51)
    values = {s: v + rng.normal(0, 1, 8) for s, v in game("abcd", len).items()}
    shares = compute_shapley_values(values)
    total = (values[frozenset("abcd")] - values[frozenset()]).mean()
    assert sum(share.value for share in shares.values()) == pytest.approx(total)
    assert all(share.low < share.value < share.high for share in shares.values())


def test_missing_sets_of_levers_are_named():
    values = game("abc", len)
    del values[frozenset("ab")], values[frozenset("abc")]
    assert list_missing_coalitions(values) == [frozenset("ab"), frozenset("abc")]
    with pytest.raises(ValueError, match="2 sets of levers were not played, first: a\\+b"):
        compute_shapley_values(values)
    assert set(compute_pair_interactions(values)) == {("a", "c"), ("b", "c")}


def test_random_orders_approximate_and_evaluate_each_set_once():
    asked = []

    def value(s):
        asked.append(s)
        return float(len(s)) ** 2 + 3 * ({"a", "b"} <= s)

    levers = tuple("abcdefg")
    exact = compute_shapley_values(game(levers, lambda s: len(s) ** 2 + 3 * ({"a", "b"} <= s)))
    near = sample_shapley_values(levers, value, orders=200, seed=1)
    assert len(asked) == len(set(asked))
    assert all(abs(near[i][0] - exact[i].value) <= 4 * near[i][1] + 1e-9 for i in levers)
    assert sum(v for v, _ in near.values()) == pytest.approx(49 + 3)
    assert sample_shapley_values(levers, value, 200, seed=1) == near


def test_sampled_values_add_up_and_cover_the_exact_ones():
    effect = {"a": 1.0, "b": 2.0, "c": -0.5, "d": 0.3, "e": 0.0}

    def value(levers):
        return sum(effect[one] for one in levers) + (0.7 if {"a", "b"} <= levers else 0.0)

    shares = estimate_shapley_values(sorted(effect), value, 40, seed=2)
    assert sum(one.value for one in shares.values()) == pytest.approx(value(frozenset(effect)))
    assert shares["a"].low - 1e-9 <= 1.35 <= shares["a"].high + 1e-9 and shares["c"].value == pytest.approx(-0.5)
