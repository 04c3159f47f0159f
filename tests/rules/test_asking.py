"""Who asks, who is found, whom they turn to, who applies: closed forms."""

from __future__ import annotations

import math

import pytest

from simulator.parameters import Model
from simulator.rules.asking import appeal, applies, asks, caller_finds, neighbour_finds, over, registered, tie_finds

ASKING, AIDING = Model().asking.numbers, Model().aiding.numbers


def test_asking_is_about_three_quarters_at_a_middling_power_to_act() -> None:
    assert asks(0.5, ASKING) == pytest.approx(0.75)


def test_a_week_is_seven_days() -> None:
    assert over(0.3, 7) == pytest.approx(1 - 0.7**7)
    assert tie_finds(0.5, 1.0, 7, ASKING) == pytest.approx(1 - (1 - tie_finds(0.5, 1.0, 1, ASKING)) ** 7)
    assert caller_finds(0.5, 1.0, 2) == pytest.approx(1 - math.exp(-1.0))
    assert neighbour_finds(0.02, 0.5, 1) == pytest.approx(0.01)


def test_nobody_is_found_when_kept_apart() -> None:
    assert tie_finds(0.9, 0.0, 7, ASKING) == 0.0
    assert caller_finds(0.5, 0.0, 7) == 0.0


def test_register() -> None:
    assert registered(65, 1, 0.02, 0.03)
    assert not registered(64, 1, 0.02, 0.03) and not registered(80, 0, 0.02, 0.03) and not registered(80, 1, 0.03, 0.03)


def test_appeal_weighs_trust_skill_distance_and_load() -> None:
    assert appeal(0.5, 0.4, 2.0, 1.0, ASKING) == pytest.approx(6 * 0.5 + 0.4 - 0.3 * 2 - 0.5)


def test_no_trust_lowers_applications_and_does_not_end_them() -> None:
    """M4: P(apply | V = 0, s = 0) = .1192, and it never falls when V rises."""
    assert applies(0.0, 0.0, 0.0, AIDING) == pytest.approx(0.1192, abs=5e-5)
    chances = [applies(v / 20, 0.2, 0.0, AIDING) for v in range(21)]
    assert chances == sorted(chances)
