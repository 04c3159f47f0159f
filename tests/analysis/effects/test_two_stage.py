import numpy as np
import pytest

from simulator.analysis.effects.two_stage import seeds_for_width, seeds_to_choose, stein


def test_stein_holds_its_width_and_its_promise_whatever_the_spread():
    """Intervals at most the width asked for; at least 94 of 100 hold the mean (95 promised, 1,500 drawn)."""
    rng = np.random.default_rng(21)
    for spread in (0.5, 2.0):
        held, wide = [], []
        for _ in range(750):
            first = rng.normal(3, spread, 8)
            n = seeds_for_width(first, 0.7)
            low, high = stein(first, np.r_[first, rng.normal(3, spread, n - 8)])
            held.append(low <= 3 <= high)
            wide.append((high - low) / 2)
        assert np.mean(held) >= 0.935 and max(wide) <= 0.7 + 1e-9


def test_stein_by_hand():
    first = np.array([0.0, 2.0])
    assert seeds_for_width(first, 12.7062047364 * np.sqrt(2)) == 2
    assert seeds_for_width(first, 12.7062047364 * np.sqrt(2) / 2 + 1e-6) == 4


def test_the_arm_chosen_is_the_best_as_often_as_promised():
    """Best ahead by exactly the smallest difference: chosen in 95 of 100 at least, with luck shared between arms."""
    rng, right = np.random.default_rng(22), 0
    means = np.array([0.0, 0.5, 0.5, 0.5])
    for _ in range(400):
        luck = rng.normal(0, 3, 10)
        first = {str(k): luck + m + rng.normal(0, 0.6, 10) for k, m in enumerate(means)}
        n = seeds_to_choose(first, 0.5) - 10
        more = rng.normal(0, 3, n)
        totals = [np.r_[first[str(k)], more + m + rng.normal(0, 0.6, n)].mean() for k, m in enumerate(means)]
        right += int(np.argmin(totals) == 0)
    assert right / 400 >= 0.95


def test_what_cannot_be_planned_is_refused():
    with pytest.raises(ValueError, match="at least 2"):
        seeds_for_width(np.array([1.0]), 0.1)
    with pytest.raises(ValueError, match="above 0"):
        seeds_for_width(np.array([1.0, 2.0]), 0.0)
    with pytest.raises(ValueError, match="2 arms or more"):
        seeds_to_choose({"a": np.zeros(3)}, 0.1)
