"""Which set a seed plays: twenty new ones, ten of them again, and so on for ever."""

from __future__ import annotations

from collections import Counter

import pytest

from simulator.scenario.set_of_seed import count_seeds_for_repeats, count_seeds_for_sets, locate_set


def test_twenty_seeds_play_new_sets_and_the_next_ten_play_the_first_ten_again():
    assert [locate_set(seed) for seed in range(1, 31)] == [*range(20), *range(10)]
    assert [locate_set(seed) for seed in range(31, 61)] == [*range(20, 40), *range(20, 30)]


def test_no_set_is_played_more_than_twice_and_none_is_left_out():
    counts = Counter(locate_set(seed) for seed in range(1, 301))
    assert sorted(counts) == list(range(200)) and sorted(Counter(counts.values()).items()) == [(1, 100), (2, 100)]


@pytest.mark.parametrize("sets", [1, 2, 10, 11, 20, 21, 40, 41])
def test_seeds_needed_are_the_fewest_that_do(sets):
    enough = count_seeds_for_sets(sets)
    distinct = [len({locate_set(seed) for seed in range(1, count + 1)}) for count in (enough - 1, enough)]
    assert distinct == [sets - 1, sets]
    repeated = [sum(n > 1 for n in Counter(locate_set(seed) for seed in range(1, count + 1)).values())
                for count in (count_seeds_for_repeats(sets) - 1, count_seeds_for_repeats(sets))]
    assert repeated == [sets - 1, sets]
