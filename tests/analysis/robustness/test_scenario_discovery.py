"""Boxes that are known: a published textbook example, and synthetic ones."""

import warnings

import numpy as np
import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    pytest.importorskip("ema_workbench")
from simulator.analysis.robustness.scenario_discovery import discover_box


def limits(box):
    return {one.name: one for one in box.limits}


def test_the_published_example():
    """200 points in the unit square, 1 where 0.5 < x1 < 0.8 and 0.4 < x2 < 0.6, peeled by a tenth.

    Source: Hastie, Tibshirani & Friedman 2009, The Elements of Statistical Learning, section 9.3, figures 9.7 and 9.8.
    """
    x1, x2 = np.random.default_rng(101).random((2, 200))
    cases = (0.5 < x1) & (x1 < 0.8) & (0.4 < x2) & (x2 < 0.6)
    box = discover_box({"x1": x1, "x2": x2}, cases, peel=0.1)
    found = limits(box)
    assert set(found) == {"x1", "x2"} and box.density >= 0.8 and box.coverage >= 0.8
    assert (found["x1"].low, found["x1"].high) == pytest.approx((0.5, 0.8), abs=0.06)
    assert (found["x2"].low, found["x2"].high) == pytest.approx((0.4, 0.6), abs=0.06)


def test_a_corner_among_settings_that_do_not_matter():
    rng = np.random.default_rng(102)
    x = {name: rng.uniform(0, 2, 600) for name in "abcde"}
    cases = (x["b"] > 1.2) & (x["d"] < 0.8)
    box = discover_box(x, cases)
    found = limits(box)
    assert set(found) == {"b", "d"} and all(one.stability >= 0.8 for one in box.limits)
    assert found["b"].low == pytest.approx(1.2, abs=0.1) and found["b"].high == np.inf
    assert found["d"].high == pytest.approx(0.8, abs=0.1) and found["d"].low == -np.inf
    assert box.coverage > 0.9 and box.density > 0.8 and box.mass == pytest.approx(0.16, abs=0.05)


def test_a_named_setting():
    rng = np.random.default_rng(103)
    crisis, severity = rng.choice(["heat", "flood", "lockdown"], 400), rng.uniform(0, 2, 400)
    box = discover_box({"crisis": crisis, "severity": severity}, (crisis == "flood") & (severity > 1))
    found = limits(box)
    assert found["crisis"].values == ("flood",) and found["severity"].low == pytest.approx(1, abs=0.15)
    assert box.density > 0.85


def test_coverage_and_density_are_counts():
    x = {"a": np.arange(100.0)}
    cases = np.arange(100) >= 60
    box = discover_box(x, cases)
    inside = x["a"] >= limits(box)["a"].low
    assert box.coverage == (cases & inside).sum() / 40 and box.density == cases[inside].mean()
    assert box.mass == inside.mean()


def test_cases_at_random_give_no_dense_box():
    rng = np.random.default_rng(104)
    box = discover_box({name: rng.random(300) for name in "abc"}, rng.random(300) < 0.3)
    assert box.density < 0.8 and all(one.stability < 1 for one in box.limits)


def test_too_few_scenarios_or_no_case():
    for cases in (np.zeros(50, bool), np.ones(50, bool)):
        with pytest.raises(ValueError, match="some of them cases"):
            discover_box({"a": np.arange(50.0)}, cases)
    with pytest.raises(ValueError, match="20 scenarios"):
        discover_box({"a": np.arange(5.0)}, np.array([True, False, True, False, True]))
