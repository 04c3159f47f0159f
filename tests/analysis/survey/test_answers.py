"""Shares counted by hand on made residents."""

from __future__ import annotations

from math import isnan

import numpy as np
from pytest import approx

from simulator.analysis.survey.answers import ask_residents
from simulator.analysis.survey.survey_card import SurveyCard, SurveyQuestion

FIRST = {"age": np.array([10, 30, 40, 50, 60, 70]), "ties": np.array([9, 0, 1, 2, 3, 9]),
         "alive_onset": np.array([1, 1, 1, 1, 1, 0]), "died": np.array([0, 0, 0, 0, 1, 0])}
SECOND = {**FIRST, "ties": np.array([0, 2, 2, 2, 0, 0])}


def ask(question: SurveyQuestion, *people):
    card = SurveyCard("mine", "m", "m", "2023-06-15", "a source", questions=[question])
    return ask_residents(card, people)[0]


def test_children_and_the_dead_are_not_asked() -> None:
    found = ask(SurveyQuestion("q", "?", "?", "ties >= 2", 50.0), FIRST)
    assert found.respondents == 3 and found.model == approx(100 / 3) and found.difference == approx(100 / 3 - 50)


def test_seeds_are_averaged_with_their_ends() -> None:
    found = ask(SurveyQuestion("q", "?", "?", "ties >= 2", 50.0), FIRST, SECOND)
    assert (found.model, found.model_low, found.model_high, found.seeds) == approx((200 / 3, 100 / 3, 100.0, 2))


def test_a_mean_keeps_its_unit_and_a_condition_its_people() -> None:
    found = ask(SurveyQuestion("q", "?", "?", "ties", 2.0, among="age >= 40", unit="ties"), FIRST)
    assert (found.model, found.respondents) == (1.5, 2)


def test_nobody_asked_is_no_number() -> None:
    found = ask(SurveyQuestion("q", "?", "?", "ties", 2.0, among="age > 200"), FIRST)
    assert isnan(found.model) and (found.respondents, found.seeds) == (0, 0)
