"""Conditions under which a lever matters: a box that is there is found, one that is not is not told."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.analysis.uncertainty.conditions import find_mattering_conditions, is_inside

pytest.importorskip("ema_workbench")


def draw_numbers(sets, count=60, seed=1):
    rng = np.random.default_rng(seed)
    return {f"model.g.x{k}": rng.uniform(0, 1, sets) for k in range(count)}


def test_the_numbers_and_limits_that_decide_are_found():
    numbers = draw_numbers(160)
    matters = (numbers["model.g.x4"] > 0.6) & (numbers["model.g.x9"] < 0.7)
    found = find_mattering_conditions(numbers, matters)
    assert found.is_told and found.box is not None and found.held_out_density > 0.7
    limits = {limit.name: limit for limit in found.box.limits}
    assert set(limits) == {"model.g.x4", "model.g.x9"}
    assert limits["model.g.x4"].low == pytest.approx(0.6, abs=0.06)
    assert limits["model.g.x9"].high == pytest.approx(0.7, abs=0.08)
    inside = is_inside(found.box, numbers)
    assert inside.mean() == pytest.approx(found.box.mass) and matters[inside].mean() == pytest.approx(found.box.density)


def test_cases_that_depend_on_nothing_have_no_conditions():
    told = [find_mattering_conditions(draw_numbers(100, seed=seed), np.random.default_rng(100 + seed).random(100) < 0.3)
            for seed in range(4)]
    assert all(one.is_told for one in told) and sum(one.box is not None for one in told) <= 1


@pytest.mark.parametrize("sets, cases", [(39, 15), (60, 4), (60, 57), (60, 0)])
def test_too_few_sets_or_cases_tell_nothing(sets, cases):
    found = find_mattering_conditions(draw_numbers(sets), np.arange(sets) < cases)
    assert not found.is_told and found.box is None and (found.sets, found.cases) == (sets, cases)
