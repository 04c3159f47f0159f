"""`resilience check survey`: a survey card of one's own, with the run in which it would be held."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ....config.errors import UsageError
from ....i18n.translation import Message

if TYPE_CHECKING:
    from ....analysis.survey.survey_card import SurveyCard


def check_survey_file(file: Path, config_folders: Sequence[str]) -> list[Message]:
    """What is wrong with a card; empty if it is good.

    Beside its entries: its settings are those of a run, its day lies within that run, published values lie within
    their intervals, and a survey that names no address says so.
    """
    from ....api.survey import find_survey, list_survey_runs

    try:
        card = find_survey(str(file), list(config_folders))
        list_survey_runs(card, [], list(config_folders), (1,))
    except UsageError as problem:
        return [problem.message]
    except ValueError as problem:
        return [problem.args[0]]
    return list(_find_faults(card))


def _find_faults(card: SurveyCard) -> list[Message]:
    """Published values that contradict one another, and texts that a reader would miss."""
    found = []
    for question in card.questions:
        low, high = question.low, question.high
        if (low is None) != (high is None):
            found.append(Message("question {name}: low and high come together; give both or none", name=question.id))
        elif low is not None and high is not None and not low <= question.published <= high:
            found.append(Message("question {name}: published {value} lies outside {low} to {high}", name=question.id,
                                 value=question.published, low=low, high=high))
        if question.unit == "%" and not 0 <= question.published <= 100:
            found.append(Message("question {name}: published {value}: expected 0 to 100 %", name=question.id,
                                 value=question.published))
    return found
