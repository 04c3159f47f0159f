"""Accepting to help: probability, time offered, dose of trust, helping load."""

from __future__ import annotations

import math

import pytest

from simulator.parameters import Model
from simulator.rules.accepting import (
    acceptance_probability,
    help_dose,
    load_retention,
    need_met_by_teaching,
    offered_time,
    teaching_hours,
    update_load,
)

AIDING, CONTACT = Model().aiding.numbers, Model().contact.numbers


def test_accepting_is_logistic() -> None:
    assert acceptance_probability(0.2, 0.0, 0.0, AIDING) == pytest.approx(0.5)
    assert acceptance_probability(0.6, 1.0, 1.0, AIDING) == pytest.approx(1 / (1 + math.exp(-(-1 + 3 + 1.5 - 0.5))))


def test_offered_time_is_a_share_with_a_cap() -> None:
    assert offered_time(2000, 0.0, 1, AIDING) == 400
    assert offered_time(2000, 1.0, 1, AIDING) == 2000
    assert offered_time(9000, 1.0, 1, AIDING) == 3000
    assert offered_time(-500, 1.0, 1, AIDING) == 0


@pytest.mark.parametrize("skill", [0.0, 0.13, 0.5, 1.0])
def test_teaching_hours_are_enough_and_no_more(skill: float) -> None:
    for need in (1, 7, 999, 12345):
        hours = teaching_hours(need, skill)
        assert need_met_by_teaching(hours, skill) >= need or need_met_by_teaching(hours, skill) == need - 1
        assert need_met_by_teaching(hours - 1, skill) < need


def test_the_giver_feels_half_of_the_gain() -> None:
    assert help_dose(1000, 0, CONTACT) == pytest.approx(5 * CONTACT.gain)
    assert help_dose(0, 1000, CONTACT) == pytest.approx(2.5 * CONTACT.gain)


def test_load_tends_to_hours_a_week() -> None:
    load = 0.0
    for _ in range(200):
        load = update_load(load, 2000, 7, load_retention(7, AIDING.load_days))
    assert load == pytest.approx(2.0)
    load = 4.0
    for _ in range(7):
        load = update_load(load, 0, 1, load_retention(1, AIDING.load_days))
    assert load == pytest.approx(update_load(4.0, 0, 7, load_retention(7, AIDING.load_days)))
