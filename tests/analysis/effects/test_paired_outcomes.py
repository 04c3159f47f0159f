"""A time is compared where both arms reach it, and only if they do so in most seeds."""

from __future__ import annotations

import numpy as np

from simulator.analysis.effects.paired_outcomes import compare_paired_outcome

NAN = float("nan")


def test_a_time_reached_in_four_of_five_seeds_is_compared_over_those():
    effect = compare_paired_outcome("back_80", np.array([100, 110, 120, 130, NAN]), np.array([90, 100, 110, 120, 80.0]))
    assert effect.n == 4 and effect.difference == -10


def test_a_time_reached_in_fewer_is_not_compared():
    """The lever is 10 days sooner wherever both are back, but in two seeds of five it is never."""
    effect = compare_paired_outcome("back_80", np.array([100, 110, 120, 130, 140.0]),
                                    np.array([90, 100, 110, NAN, NAN]))
    assert effect.n == 0 and np.isnan(effect.difference)


def test_other_outcomes_leave_out_missing_pairs_alone():
    assert compare_paired_outcome("loss", np.array([1.0, NAN, 3.0]), np.array([1.0, 2.0, 2.0])).n == 2
    mine = compare_paired_outcome("my_own", np.array([1.0, 2.0, 3.0]), np.array([0.0, 1.0, 2.5]))
    assert mine.n == 3 and np.isnan(mine.prob_benefit)
