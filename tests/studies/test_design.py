"""Designs have the points that define them."""

from __future__ import annotations

import itertools
import math

import pytest

from simulator.studies.axis import Axis, parse_axis
from simulator.studies.design import Design, PortfolioDesign, generate_design_points

A, B = parse_axis("a", {"low": 0.0, "high": 1.0, "levels": 3}), parse_axis("b", ["x", "y"])


def test_a_grid_is_the_product_and_a_list_pairs_values():
    grid = [tuple(point.values()) for point in generate_design_points(Design("grid"), [A, B])]
    assert grid == list(itertools.product([0.0, 0.5, 1.0], "xy"))
    paired = [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]
    assert generate_design_points(Design("list"), [parse_axis("a", [1, 2]), B]) == paired
    assert generate_design_points(Design("list"), [], [{"a": 1}, {"b": 2}]) == [{"a": 1}, {"b": 2}]
    assert generate_design_points(Design("grid"), []) == [{}]


def test_a_latin_hypercube_has_one_point_in_every_stratum():
    n = 16
    axes = [parse_axis("a", {"low": 10, "high": 20}), parse_axis("b", {"low": 1, "high": 2})]
    found = generate_design_points(Design("latin_hypercube", n, seed=3), axes)
    for name, low, width in (("a", 10, 10), ("b", 1, 1)):
        assert sorted(int((point[name] - low) / width * n) for point in found) == list(range(n))


def test_a_design_depends_on_its_seed():
    one, two, other = (generate_design_points(Design("latin_hypercube", 8, seed), [A]) for seed in (1, 1, 2))
    assert one == two != other


@pytest.mark.parametrize(("second", "count"), [(False, 8 * 5), (True, 8 * 8)])
def test_sobol_is_saltellis_scheme(second, count):
    """A, then A with one column of B at a time, then B: N (k + 2) rows, N (2 k + 2) for pairs."""
    pytest.importorskip("SALib")
    axes = [parse_axis(name, {"low": 0, "high": 1}) for name in "abc"]
    rows = [tuple(point.values()) for point in generate_design_points(Design("sobol", 8, second_order=second), axes)]
    assert len(rows) == count
    base, mixed = rows[0], rows[1:4]
    assert [sum(x != y for x, y in zip(base, row)) for row in mixed] == [1, 1, 1]


def test_morris_moves_one_factor_at_a_time():
    pytest.importorskip("SALib")
    axes = [parse_axis(name, {"low": 0, "high": 1}) for name in "abc"]
    rows = [tuple(point.values()) for point in generate_design_points(Design("morris", 5), axes)]
    assert len(rows) == 5 * 4
    for start in range(0, 20, 4):
        assert all(sum(x != y for x, y in zip(rows[k], rows[k + 1])) == 1 for k in range(start, start + 3))
    assert all(value * 3 == pytest.approx(round(value * 3)) for row in rows for value in row)


def test_positions_on_axes():
    whole = parse_axis("n", {"low": 1, "high": 3, "whole": True})
    assert [whole.value_at(p) for p in (0, 0.34, 0.99, 1)] == [1, 2, 3, 3]
    assert parse_axis("g", {"low": 1, "high": 100, "log": True}).value_at(0.5) == pytest.approx(10)
    assert [B.value_at(p) for p in (0, 0.49, 0.5, 1)] == ["x", "x", "y", "y"]
    assert parse_axis("n", {"low": 0, "high": 10, "whole": True, "levels": 3}).list_values() == [0, 5, 10]
    assert parse_axis("r", "declared", (0.1, 0.4)) == Axis("r", low=0.1, high=0.4)


@pytest.mark.parametrize(("design", "sizes"), [
    ("each", [0, 1, 1, 1, 1]), ("pairs", [0] + [1] * 4 + [2] * 6), ("together", [0, 4]),
    ("factorial", [0] + [1] * 4 + [2] * 6 + [3] * 4 + [4])])
def test_portfolios(design, sizes):
    found = PortfolioDesign(list("abcd"), design).list_portfolios()
    assert [len(portfolio) for portfolio in found] == sizes and len(set(found)) == len(found)
    assert PortfolioDesign(list("abcd"), design, baseline=False).list_portfolios() == found[1:]
    assert PortfolioDesign([], design).list_portfolios() == [()]


def test_a_factorial_has_every_subset_once():
    portfolios = PortfolioDesign(list("abcdef"), "factorial").list_portfolios()
    assert len(portfolios) == 2**6 == sum(math.comb(6, k) for k in range(7))


@pytest.mark.parametrize(("design", "axes", "says"), [
    (Design("list"), [parse_axis("a", [1]), B], "as many"), (Design("sobol", 8), [], "nothing varies"),
    (Design("grid"), [parse_axis(name, list(range(60))) for name in "abc"], "216000 points")])
def test_invalid_designs_are_refused(design, axes, says):
    with pytest.raises(ValueError, match=says):
        generate_design_points(design, axes)
