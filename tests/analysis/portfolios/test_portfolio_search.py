from itertools import combinations

import numpy as np
import pytest

pytest.importorskip("optuna")
from simulator.analysis.portfolios.pareto_front import mark_pareto_front
from simulator.analysis.portfolios.portfolio_search import (
    SearchLimits,
    fit_to_budget,
    format_portfolio,
    search_portfolios,
)

COST = {"a": 10, "b": 20, "c": 30, "d": 40, "e": 25, "f": 15}
SAVED = {"a": 1.0, "b": 3.0, "c": 4.0, "d": 6.5, "e": 2.0, "f": 0.5}
FAIR = {"a": 2.0, "b": -1.0, "c": 0.5, "d": -2.0, "e": 3.0, "f": 0.1}
WORST = {"a": 0.1, "b": 2.0, "c": 3.0, "d": 1.0, "e": 0.2, "f": 4.0}
BUDGET = 75.0


def cost(portfolio):
    return float(sum(COST[lever] * dose for lever, dose in portfolio))


def value(portfolio):
    return [-sum(table[lever] * dose for lever, dose in portfolio) for table in (SAVED, FAIR, WORST)]


def everything():
    sets = [tuple((lever, 1.0) for lever in s) for size in range(7) for s in combinations(sorted(COST), size)]
    return [one for one in sets if cost(one) <= BUDGET]


def test_the_true_front_is_found_and_nothing_over_budget_is_evaluated():
    asked = []

    def evaluate(portfolio):
        asked.append(portfolio)
        return value(portfolio)

    found = search_portfolios({lever: [1.0] for lever in COST}, cost, evaluate,
                              SearchLimits(BUDGET, evaluations=60, seed=3))
    assert len(asked) == len(set(asked)) == len(found) <= 60 and all(cost(one) <= BUDGET for one in asked)
    whole = everything()
    best = {one for one, on in zip(whole, mark_pareto_front(np.array([value(one) for one in whole]))) if on}
    mine = {one for one, on in zip(found, mark_pareto_front(np.array(list(found.values())))) if on}
    assert len(best & mine) >= 0.9 * len(best)


def test_the_same_seed_gives_the_same_search():
    doses = {lever: [0.5, 1.0] for lever in COST}
    one, two = (search_portfolios(doses, cost, value, SearchLimits(BUDGET, evaluations=25, seed=4)) for _ in range(2))
    assert list(one) == list(two) and len(one) == 25
    assert any(dose == 0.5 for portfolio in one for _, dose in portfolio)
    assert list(search_portfolios(doses, cost, value, SearchLimits(BUDGET, evaluations=25, seed=5))) != list(one)


def test_it_ends_when_there_is_nothing_new():
    found = search_portfolios({"a": [1.0], "b": [1.0]}, cost, value, SearchLimits(1000.0, evaluations=500))
    assert len(found) == 4
    assert list(search_portfolios({"a": [1.0]}, cost, value, SearchLimits(5.0, evaluations=10))) == [()]
    with pytest.raises(ValueError, match="1 or more"):
        search_portfolios({"a": [1.0]}, cost, value, SearchLimits(5.0, evaluations=0))


def test_levers_are_taken_in_turn_within_the_budget():
    assert fit_to_budget([("d", 1.0), ("c", 1.0), ("b", 1.0)], cost, 65.0) == (("b", 1.0), ("d", 1.0))
    assert format_portfolio((("a", 1.0), ("b", 0.5))) == "a+b*0.5" and format_portfolio(()) == ""


def test_portfolios_that_violate_the_constraint_are_selected_last():
    def violation(portfolio):
        return 1.0 if any(lever == "d" for lever, _ in portfolio) else -1.0

    doses = {lever: [1.0] for lever in COST}
    free, bound = (search_portfolios(doses, cost, value, SearchLimits(BUDGET, 60, 3, one)) for one in (None, violation))
    share = [sum(violation(one) > 0 for one in found) / len(found) for found in (free, bound)]
    assert share[1] < share[0]
    allowed = [one for one in everything() if violation(one) <= 0]
    best = {one for one, on in zip(allowed, mark_pareto_front(np.array([value(one) for one in allowed]))) if on}
    mine = [one for one in bound if violation(one) <= 0]
    found = {one for one, on in zip(mine, mark_pareto_front(np.array([bound[one] for one in mine]))) if on}
    assert len(best & found) >= 0.8 * len(best)
