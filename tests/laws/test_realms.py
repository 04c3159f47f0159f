"""I4: two places side by side under two realms are each what they are alone, through calm and crisis."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.world.world import World
from tests.laws.side_by_side import beside, half, realm
from tests.laws.trial import column, fresh, played, trial

SHIFT = 20
"""Commune numbers end at 79, the top byte of a uid at 127: a realm twenty higher meets no other."""


@pytest.fixture(scope="module")
def worlds() -> tuple[World, World, World]:
    """After a calm, two crises and calm again: the place alone in either realm, and both in one world."""
    run = trial()
    here = realm(fresh(run), 0)
    there = realm(here, SHIFT)
    both = beside(here, there)
    assert not half(both, here) and not half(both, there, here)
    engines = [played(run, world) for world in (here, there, both)]
    for flow in ("new_care", "met_kin_care", "met_institution_care", "joined", "met_pairs", "applied", "goods_donated"):
        apart = column(engines[0], flow) + column(engines[1], flow)
        assert (column(engines[2], flow) == apart).all() and apart.any(), flow
    return here, there, both


def test_the_first_is_what_it_is_alone(worlds: tuple[World, World, World]) -> None:
    here, _, both = worlds
    assert half(both, here) == []


def test_the_second_is_what_it_is_alone(worlds: tuple[World, World, World]) -> None:
    here, there, both = worlds
    assert half(both, there, here) == []


def test_realms_differ_by_luck_alone(worlds: tuple[World, World, World]) -> None:
    here, there, _ = worlds
    assert (here.people.age == there.people.age).all() and here.people.functioning.min() < 1
    assert np.mean(here.people.functioning == there.people.functioning) < 0.9
    assert not np.array_equal(here.ties.other, there.ties.other)
