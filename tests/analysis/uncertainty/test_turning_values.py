"""Turning values: known functions give the right number, direction and value; noise and few sets give none."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.analysis.uncertainty.turning_values import find_crossing, find_turning_values

pytest.importorskip("sklearn")


def draw_numbers(sets, count=80, seed=0):
    rng = np.random.default_rng(seed)
    return {f"model.g.x{k}": rng.uniform(0, 1, sets) for k in range(count)}, rng


def test_a_linear_gap_turns_at_its_root_and_above_it_the_second_is_better():
    numbers, rng = draw_numbers(60)
    found = find_turning_values(numbers, 2 * (numbers["model.g.x3"] - 0.6) + rng.normal(0, 0.1, 60))
    assert found.is_told and found.kind == "linear" and found.r2 > 0.8 and found.sets == found.needed == 60
    first, *others = found.numbers
    assert first.name == "model.g.x3" and first.turns and not first.first_above
    assert first.value == pytest.approx(0.6, abs=0.03) and first.low <= first.value <= first.high
    assert not any(one.turns for one in others) and all(one.weight < 0.2 * first.weight for one in others)


def test_a_threshold_is_found_and_above_it_the_first_is_better():
    numbers, rng = draw_numbers(80)
    found = find_turning_values(numbers, np.where(numbers["model.g.x5"] > 0.7, -1.0, 0.5) + rng.normal(0, 0.1, 80))
    assert found.is_told and found.r2 >= 0.5 and found.numbers[0].name == "model.g.x5"
    assert found.numbers[0].first_above and found.numbers[0].value == pytest.approx(0.7, abs=0.05)


def test_a_number_that_moves_the_gap_without_turning_it_has_no_value():
    numbers, _ = draw_numbers(50)
    found = find_turning_values(numbers, numbers["model.g.x2"] - 3.0)
    assert found.numbers[0].name == "model.g.x2" and not found.numbers[0].turns and not found.numbers[0].first_above


def test_a_variant_turns_the_ranking_between_its_two_values():
    numbers, rng = draw_numbers(60, count=20)
    numbers["behaviour=selection_only"] = (np.arange(60) % 3 == 1).astype(float)
    gap = 1.5 * numbers["behaviour=selection_only"] - 0.5 + rng.normal(0, 0.1, 60)
    found = find_turning_values(numbers, gap)
    assert found.numbers[0].name == "behaviour=selection_only" and 0 < found.numbers[0].value < 1


def test_noise_is_not_told():
    numbers, rng = draw_numbers(80)
    found = find_turning_values(numbers, rng.normal(0, 1, 80))
    assert not found.is_told and found.numbers == () and found.r2 < 0.5 and found.needed != 80


def test_below_forty_sets_nothing_is_fitted():
    numbers, _ = draw_numbers(39)
    found = find_turning_values(numbers, numbers["model.g.x3"] - 0.5)
    assert not found.is_told and found.needed == 40 and np.isnan(found.r2)
    holes = draw_numbers(41)[0]
    gap = holes["model.g.x3"] - 0.5
    gap[:2] = np.nan
    assert find_turning_values(holes, gap).sets == 39


def test_more_sets_are_asked_for_where_they_would_help():
    numbers, rng = draw_numbers(40, count=60, seed=3)
    weights = rng.normal(size=6)
    gap = sum(weight * numbers[f"model.g.x{k}"] for k, weight in enumerate(weights)) + rng.normal(0, 0.25, 40)
    found = find_turning_values(numbers, gap - gap.mean())
    assert found.is_told or found.needed == 0 or found.needed > 40


@pytest.mark.parametrize("curve, value", [([-1, 1], 0.5), ([1, -3], 0.25), ([1, 2], np.nan), ([-1, 0], np.nan),
                                          ([-2, -1, 1], 0.75)])
def test_crossings(curve, value):
    found = find_crossing(np.linspace(0, 1, len(curve)), np.array(curve, float))
    assert found == pytest.approx(value, nan_ok=True)
