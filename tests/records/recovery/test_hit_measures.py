"""Outcomes of the hit in closed form: all of them count, and a time that too few reach is infinite."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.records.recovery.hit_measures import compute_days_back, measure_hit

INF = float("inf")


def hand_made(back, loss=1.0, died=-1, permanent=0.0, horizon=400):
    """A table of the hit with these days back, -1 for never."""
    n = len(back)
    full = {name: np.broadcast_to(value, n) for name, value in (("loss", loss), ("died", died),
                                                                ("permanent", permanent))}
    days = np.where(np.array(back) < 0, horizon, back)
    return {"uid": np.arange(n), "hit": np.ones(n), "back": np.array(back), "days": days,
            "loss_year": full["loss"] / 2, **full}


def test_days_back_are_read_on_all_hit():
    days = np.array([10, 20, 30, 40, INF, INF, INF, INF, INF, INF])
    assert [compute_days_back(days, level) for level in (10, 20, 40, 41, 50, 95)] == [10, 20, 40, INF, INF, INF]
    assert compute_days_back(np.array([5.0]), 50) == 5 and np.isnan(compute_days_back(np.zeros(0), 50))
    assert compute_days_back(np.arange(1.0, 101.0), 95) == 95


def test_restricted_mean_counts_the_horizon_for_who_is_not_back():
    found = measure_hit(hand_made([0, 100, 300, -1]), np.ones(4, bool), 400)
    assert found["days_not_back"] == (0 + 100 + 300 + 400) / 4 and found["not_back"] == 0.25
    assert (found["back_50"], found["back_80"]) == (100, INF)
    assert (found["back_by_182"], found["back_by_365"]) == (0.5, 0.75) and np.isnan(found["back_by_730"])


def test_giving_up_shortens_no_time():
    """A time averaged over those who came back would fall from 200 to 100 days when the slow one gives up."""
    slow, gave_up = (measure_hit(hand_made(back), np.ones(2, bool), 730) for back in ([100, 300], [100, -1]))
    assert gave_up["days_not_back"] > slow["days_not_back"] and gave_up["back_80"] == INF


def test_rows_are_a_fixed_set_and_nobody_is_nan():
    table = hand_made([10, 20, 30], loss=np.array([3.0, 6.0, 100.0]))
    found = measure_hit(table, np.array([0, 1]), 365)
    assert found["hit"] == 2 and found["loss_per_hit"] == 4.5 and found["loss_per_hit_year"] == 2.25
    assert found["hit_key"] == measure_hit(table, np.array([1, 0]), 365)["hit_key"]
    assert found["hit_key"] != measure_hit(table, np.ones(3, bool), 365)["hit_key"]
    nobody = measure_hit(table, np.zeros(3, bool), 365)
    assert nobody["hit"] == 0 and np.isnan(nobody["loss_per_hit"])


@pytest.mark.parametrize("horizon", [100, 365])
def test_the_horizon_bounds_every_time(horizon):
    assert measure_hit(hand_made([-1, -1], horizon=horizon), np.ones(2, bool), horizon)["days_not_back"] == horizon
