"""Survey cards: the shipped ones are sound and name their source; a faulty one is refused in one line."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.analysis.survey.survey_card import parse_survey
from simulator.cards.reader import CardError
from simulator.config.cards.card_files import list_config_folders
from simulator.config.cards.catalogue import load_cards

SURVEYS = [found.card for found in load_cards("survey", list_config_folders([]))]
QUESTION = {"id": "q", "question_en": "?", "question_fr": "?", "answer": "ties > 1", "published": 50.0}
CARD = {"id": "mine", "label_fr": "m", "label_en": "m", "date": "2023-06-15", "source": "s", "questions": [QUESTION]}


def test_shipped_surveys_are_published_ones() -> None:
    assert {card.id for card in SURVEYS} >= {"apur_2023", "coconel_2020", "insee_2021"}
    assert all(card.address.startswith("https://") and card.source for card in SURVEYS)


@pytest.mark.parametrize(("changed", "words"), [
    ({"date": "June 2023"}, "date"), ({"questions": []}, "questions"), ({"questions": [QUESTION, QUESTION]}, "once"),
    ({"among": "open(1)"}, "among"), ({"questions": [{**QUESTION, "answer": "nobody > 1"}]}, "nobody"),
    ({"id": "no spaces"}, "id"), ({"colour": 1}, "colour")])
def test_a_faulty_card_is_refused_in_one_line(changed: dict[str, Any], words: str) -> None:
    with pytest.raises(CardError) as refused:
        parse_survey({**CARD, **changed})
    assert words in str(refused.value) and "\n" not in str(refused.value)
