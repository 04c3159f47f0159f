"""The end of the time axis of a recovery figure: it depends on the curves, not on the length of the run."""

import numpy as np
import pytest

from simulator.report.figures.recovery import SHORTEST, TAIL, find_steady_day

DAYS = np.arange(366.0)


def recover_by(day, level=1.0):
    """A curve that falls to 0.8 at once and rises in a straight line to a level until a day."""
    return np.minimum(level, 0.8 + (level - 0.8) * DAYS / day)


@pytest.mark.parametrize("level", [1.0, 0.95])
def test_the_axis_ends_when_the_last_curve_has_recovered_or_is_steady(level):
    soon, late = recover_by(20, level), recover_by(100, level)
    assert find_steady_day(DAYS, np.array([soon])) == pytest.approx(max(SHORTEST, TAIL * 20), rel=0.1)
    both = find_steady_day(DAYS, np.array([soon, late]))
    assert 0.93 * TAIL * 100 <= both <= TAIL * 100 and both == find_steady_day(DAYS, np.array([late, soon]))


def test_curves_that_are_never_steady_are_shown_whole_and_flat_ones_in_short():
    assert find_steady_day(DAYS, np.array([recover_by(400)])) == 365
    assert find_steady_day(DAYS, np.ones((2, 366))) == SHORTEST
    assert find_steady_day(DAYS[:11], np.ones((1, 11))) == 10
