"""What simulated residents answer to the questions of a survey, beside what was published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .formula import evaluate_formula
from .survey_card import SurveyCard, SurveyQuestion

PERCENT = 100.0


@dataclass(frozen=True)
class SurveyAnswer:
    """The answer to one question, in its unit; NaN if nobody was asked.

    model: mean over seeds. model_low, model_high: lowest and highest seed. respondents: asked, in all seeds.
    """

    question: SurveyQuestion
    model: float
    model_low: float
    model_high: float
    respondents: int
    seeds: int

    @property
    def difference(self) -> float:
        """The model's answer less the published one, in the question's unit."""
        return self.model - self.question.published


def ask_residents(card: SurveyCard, people_of_seeds: Sequence[Mapping[str, np.ndarray]]) -> list[SurveyAnswer]:
    """The answer to each question. people_of_seeds: the table `people` of each seed, on the survey's day."""
    answers = []
    for question in card.questions:
        asked = [_find_respondents(card, question, people) for people in people_of_seeds]
        values = [_count_answer(question, people, who) for people, who in zip(people_of_seeds, asked) if who.any()]
        found = (float(np.mean(values)), min(values), max(values)) if values else (float("nan"),) * 3
        answers.append(SurveyAnswer(question, *found, int(sum(who.sum() for who in asked)), len(values)))
    return answers


def _find_respondents(card: SurveyCard, question: SurveyQuestion, people: Mapping[str, np.ndarray]) -> np.ndarray:
    """bool[n]: who is asked: alive, and meets the conditions of the survey and of the question."""
    chosen = (people["alive_onset"] > 0) & (people["died"] == 0) & (evaluate_formula(card.among, people) != 0)
    return chosen & (evaluate_formula(question.among or "1", people) != 0)


def _count_answer(question: SurveyQuestion, people: Mapping[str, np.ndarray], who: np.ndarray) -> float:
    """The mean answer of those asked, in the question's unit."""
    factor = PERCENT if question.unit == "%" else 1.0
    return factor * float(evaluate_formula(question.answer, people)[who].mean())
