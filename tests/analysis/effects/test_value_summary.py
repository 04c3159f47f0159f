"""Few values in one line: never an interval without an end."""

from __future__ import annotations

from math import isfinite, isnan

import numpy as np
import pytest

from simulator.analysis.effects.confidence_sequence import compute_anytime_interval
from simulator.analysis.effects.value_summary import average_over_points, find_min_sample_size, summarise_values


def test_the_least_number_of_values_is_where_the_interval_ends() -> None:
    least, values = find_min_sample_size(), np.arange(20.0) ** 1.5
    assert not isfinite(compute_anytime_interval(values[: least - 1])[0])
    assert isfinite(compute_anytime_interval(values[:least])[0])


@pytest.mark.parametrize("n", range(0, 8))
def test_missing_values_and_interval_exclude_one_another(n: int) -> None:
    found = summarise_values(np.r_[np.arange(float(n)), np.nan])
    assert found.n == n and found.more_needed == max(0, find_min_sample_size() - n)
    assert isnan(found.low) == isnan(found.high) == (found.more_needed > 0)
    assert found.mean == pytest.approx((n - 1) / 2) if n else isnan(found.mean)
    assert isnan(found.deviation) == (n < 2)


def test_equal_values_need_the_planned_number() -> None:
    assert summarise_values(np.ones(6)).more_needed == 4
    found = summarise_values(np.ones(10))
    assert (found.low, found.high, found.more_needed) == (1.0, 1.0, 0)


def test_values_are_averaged_over_points_for_the_seeds_that_every_point_has():
    values = {(0, 1): 2.0, (1, 1): 4.0, (0, 2): 1.0, (1, 2): float("nan"), (0, 3): 5.0}
    assert average_over_points(values).tolist() == [3.0] and not average_over_points({}).size
