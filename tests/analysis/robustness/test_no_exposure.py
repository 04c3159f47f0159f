"""Crises without exposure are found by a loss of exactly 0, in runs without levers where there are any."""

from __future__ import annotations

import numpy as np

from simulator.analysis.robustness.no_exposure import NoExposure, find_no_exposure


def table(*rows):
    names = ("territory", "crises", "levers", "loss")
    return {name: np.array([row[k] for row in rows]) for k, name in enumerate(names)}


def test_only_zero_loss_without_levers_counts():
    runs = table(("a", "lift", "", 0.0), ("a", "lift", "", 1.5), ("a", "lift", "fans", 0.0), ("b", "lift", "", 2.0),
                 ("a", "", "", 0.0), ("a", "heat", "", 1e-12))
    assert find_no_exposure(runs) == [NoExposure("lift", "a", 1, 2)]


def test_without_a_baseline_all_runs_count():
    assert find_no_exposure(table(("a", "lift", "fans", 0.0))) == [NoExposure("lift", "a", 1, 1)]
    assert find_no_exposure(table(("a", "lift", "fans", 0.1))) == []
