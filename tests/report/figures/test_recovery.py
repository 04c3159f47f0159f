"""Where a figure of recovery ends: told by the curves, not by how long was played."""

import numpy as np
import pytest

from simulator.report.figures.recovery import SHORTEST, TAIL, still

DAYS = np.arange(366.0)


def back(day, level=1.0):
    """Falls to 0.8 at once and climbs in a straight line until a day."""
    return np.minimum(level, 0.8 + (level - 0.8) * DAYS / day)


@pytest.mark.parametrize("level", [1.0, 0.95])
def test_the_axis_ends_when_the_last_curve_is_back_or_stands_still(level):
    soon, late = back(20, level), back(100, level)
    assert still(DAYS, np.array([soon])) == pytest.approx(max(SHORTEST, TAIL * 20), rel=0.1)
    both = still(DAYS, np.array([soon, late]))
    assert 0.93 * TAIL * 100 <= both <= TAIL * 100 and both == still(DAYS, np.array([late, soon]))


def test_curves_that_never_stand_still_are_shown_whole_and_flat_ones_in_short():
    assert still(DAYS, np.array([back(400)])) == 365
    assert still(DAYS, np.ones((2, 366))) == SHORTEST
    assert still(DAYS[:11], np.ones((1, 11))) == 10
