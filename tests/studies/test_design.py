"""Designs against what they are by definition."""

from __future__ import annotations

import itertools
import math

import pytest

from simulator.studies.axis import Axis, axis
from simulator.studies.design import Design, Portfolios, points

A, B = axis("a", {"low": 0.0, "high": 1.0, "levels": 3}), axis("b", ["x", "y"])


def test_a_grid_is_the_product_and_a_list_goes_side_by_side():
    assert [tuple(point.values()) for point in points(Design("grid"), [A, B])] == list(
        itertools.product([0.0, 0.5, 1.0], "xy"))
    assert points(Design("list"), [axis("a", [1, 2]), B]) == [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]
    assert points(Design("list"), [], [{"a": 1}, {"b": 2}]) == [{"a": 1}, {"b": 2}]
    assert points(Design("grid"), []) == [{}]


def test_a_latin_hypercube_has_one_point_in_every_stratum():
    n = 16
    axes = [axis("a", {"low": 10, "high": 20}), axis("b", {"low": 1, "high": 2})]
    found = points(Design("latin_hypercube", n, seed=3), axes)
    for name, low, width in (("a", 10, 10), ("b", 1, 1)):
        assert sorted(int((point[name] - low) / width * n) for point in found) == list(range(n))


def test_a_design_is_the_same_for_the_same_seed_and_another_for_another():
    one, two, other = (points(Design("latin_hypercube", 8, seed), [A]) for seed in (1, 1, 2))
    assert one == two != other


@pytest.mark.parametrize(("second", "count"), [(False, 8 * 5), (True, 8 * 8)])
def test_sobol_is_saltellis_scheme(second, count):
    """A, then A with one column of B at a time, then B: N (k + 2) rows, N (2 k + 2) for pairs."""
    pytest.importorskip("SALib")
    axes = [axis(name, {"low": 0, "high": 1}) for name in "abc"]
    rows = [tuple(point.values()) for point in points(Design("sobol", 8, second_order=second), axes)]
    assert len(rows) == count
    base, mixed = rows[0], rows[1:4]
    assert [sum(x != y for x, y in zip(base, row)) for row in mixed] == [1, 1, 1]


def test_morris_moves_one_factor_at_a_time():
    pytest.importorskip("SALib")
    axes = [axis(name, {"low": 0, "high": 1}) for name in "abc"]
    rows = [tuple(point.values()) for point in points(Design("morris", 5), axes)]
    assert len(rows) == 5 * 4
    for start in range(0, 20, 4):
        assert all(sum(x != y for x, y in zip(rows[k], rows[k + 1])) == 1 for k in range(start, start + 3))
    assert all(value * 3 == pytest.approx(round(value * 3)) for row in rows for value in row)


def test_places_on_axes():
    assert [axis("n", {"low": 1, "high": 3, "whole": True}).at(p) for p in (0, 0.34, 0.99, 1)] == [1, 2, 3, 3]
    assert axis("g", {"low": 1, "high": 100, "log": True}).at(0.5) == pytest.approx(10)
    assert [B.at(p) for p in (0, 0.49, 0.5, 1)] == ["x", "x", "y", "y"]
    assert axis("n", {"low": 0, "high": 10, "whole": True, "levels": 3}).listed() == [0, 5, 10]
    assert axis("r", "declared", (0.1, 0.4)) == Axis("r", low=0.1, high=0.4)


@pytest.mark.parametrize(("design", "sizes"), [
    ("each", [0, 1, 1, 1, 1]), ("pairs", [0] + [1] * 4 + [2] * 6), ("together", [0, 4]),
    ("factorial", [0] + [1] * 4 + [2] * 6 + [3] * 4 + [4])])
def test_portfolios(design, sizes):
    found = Portfolios(list("abcd"), design).sets()
    assert [len(one) for one in found] == sizes and len(set(found)) == len(found)
    assert Portfolios(list("abcd"), design, baseline=False).sets() == found[1:]
    assert Portfolios([], design).sets() == [()]


def test_a_factorial_has_every_subset_once():
    assert len(Portfolios(list("abcdef"), "factorial").sets()) == 2**6 == sum(math.comb(6, k) for k in range(7))


@pytest.mark.parametrize(("design", "axes", "says"), [
    (Design("list"), [axis("a", [1]), B], "as many"), (Design("sobol", 8), [], "nothing varies"),
    (Design("grid"), [axis(name, list(range(60))) for name in "abc"], "216000 points")])
def test_designs_that_cannot_be(design, axes, says):
    with pytest.raises(ValueError, match=says):
        points(design, axes)
