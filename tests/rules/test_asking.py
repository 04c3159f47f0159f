"""Asking, detection, choice of helpers, application: closed forms."""

from __future__ import annotations

import pytest

from simulator.parameters import Model
from simulator.rules.asking import (
    application_probability,
    asking_probability,
    helper_score,
    is_registered,
    neighbour_check_probability,
    probability_over_days,
    tie_detection_probability,
)

ASKING, AIDING = Model().asking.numbers, Model().aiding.numbers


def test_asking_is_about_three_quarters_at_a_middling_power_to_act() -> None:
    assert asking_probability(0.5, ASKING) == pytest.approx(0.75)


def test_a_week_is_seven_days() -> None:
    assert probability_over_days(0.3, 7) == pytest.approx(1 - 0.7**7)
    one_day = tie_detection_probability(0.5, 1.0, 1, ASKING)
    assert tie_detection_probability(0.5, 1.0, 7, ASKING) == pytest.approx(1 - (1 - one_day)**7)
    assert neighbour_check_probability(0.02, 0.5, 1) == pytest.approx(0.01)


def test_nobody_is_detected_without_contact() -> None:
    assert tie_detection_probability(0.9, 0.0, 7, ASKING) == 0.0


def test_register_takes_consenting_seniors_within_its_coverage() -> None:
    assert is_registered(65, 1, 0.02, 0.03)
    assert not is_registered(64, 1, 0.02, 0.03)
    assert not is_registered(80, 0, 0.02, 0.03)
    assert not is_registered(80, 1, 0.03, 0.03)


def test_helper_score_weighs_trust_skill_distance_and_load() -> None:
    assert helper_score(0.5, 0.4, 2.0, 1.0, ASKING) == pytest.approx(6 * 0.5 + 0.4 - 0.3 * 2 - 0.5)


def test_no_trust_lowers_applications_and_does_not_end_them() -> None:
    """M4: P(apply | V = 0, s = 0) = .1192, and it never falls when V rises."""
    assert application_probability(0.0, 0.0, 0.0, AIDING) == pytest.approx(0.1192, abs=5e-5)
    chances = [application_probability(v / 20, 0.2, 0.0, AIDING) for v in range(21)]
    assert chances == sorted(chances)
