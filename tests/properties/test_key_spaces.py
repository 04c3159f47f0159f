"""I4: two territories in one world, in two key spaces, are each what they are alone, in calm and in crisis."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.world.world import World
from tests.properties.trial_run import column, fresh, played, trial
from tests.properties.two_territories import join_territories, list_differences, shift_key_space

SHIFT = 20
"""Commune numbers end at 79, the top byte of a uid at 127: a key space twenty higher overlaps no other."""


@pytest.fixture(scope="module")
def worlds() -> tuple[World, World, World]:
    """After calm, two crises and calm again: the territory alone in either key space, and both in one world."""
    run = trial()
    first = shift_key_space(fresh(run), 0)
    second = shift_key_space(first, SHIFT)
    both = join_territories(first, second)
    assert not list_differences(both, first) and not list_differences(both, second, first)
    engines = [played(run, world) for world in (first, second, both)]
    for flow in ("new_assistance", "met_kin_assistance", "met_institution_assistance", "joined", "pairs_met", "applied",
                 "goods_donated"):
        apart = column(engines[0], flow) + column(engines[1], flow)
        assert (column(engines[2], flow) == apart).all() and apart.any(), flow
    return first, second, both


def test_the_first_is_what_it_is_alone(worlds: tuple[World, World, World]) -> None:
    first, _, both = worlds
    assert list_differences(both, first) == []


def test_the_second_is_what_it_is_alone(worlds: tuple[World, World, World]) -> None:
    first, second, both = worlds
    assert list_differences(both, second, first) == []


def test_key_spaces_differ_by_random_numbers_alone(worlds: tuple[World, World, World]) -> None:
    first, second, _ = worlds
    assert (first.people.age == second.people.age).all() and first.people.functioning.min() < 1
    assert np.mean(first.people.functioning == second.people.functioning) < 0.9
    assert not np.array_equal(first.ties.alter, second.ties.alter)
