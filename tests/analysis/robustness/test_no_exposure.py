"""Crises that touched nobody are found by an exact zero, in runs without levers where there are any."""

from __future__ import annotations

import numpy as np

from simulator.analysis.robustness.no_exposure import Untouched, untouched


def table(*rows):
    names = ("territory", "crises", "levers", "loss")
    return {name: np.array([row[k] for row in rows]) for k, name in enumerate(names)}


def test_only_zero_loss_without_levers_counts():
    runs = table(("a", "lift", "", 0.0), ("a", "lift", "", 1.5), ("a", "lift", "fans", 0.0), ("b", "lift", "", 2.0),
                 ("a", "", "", 0.0), ("a", "heat", "", 1e-12))
    assert untouched(runs) == [Untouched("lift", "a", 1, 2)]


def test_without_a_baseline_all_runs_count():
    assert untouched(table(("a", "lift", "fans", 0.0))) == [Untouched("lift", "a", 1, 1)]
    assert untouched(table(("a", "lift", "fans", 0.1))) == []
