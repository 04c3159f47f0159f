"""The card of a published survey: when it was held, whom it asked, and each question with its published answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ...cards.errors import CardLocation, make_card_error, quote_value
from ...cards.reader import build_card, card_entry, check_id
from ...i18n.translation import Message, mark
from ..hindcast.event_card import USES
from .formula import FormulaError, parse_formula


@dataclass
class SurveyQuestion:
    """One question: how residents answer it, and what was published."""

    id: str = card_entry(doc=mark("short name of the question"))
    question_en: str = card_entry(doc=mark("the question and the answer that is counted, in English"))
    question_fr: str = card_entry(doc=mark("the same in French"))
    answer: str = card_entry(doc=mark("who gives that answer: a formula of columns of the table people"))
    published: float = card_entry(doc=mark("published value"))
    among: str = card_entry("", doc=mark("who is asked, beside the whole survey's condition: a formula"))
    unit: str = card_entry("%", doc=mark("its unit; % for a share"))
    low: float | None = card_entry(None, doc=mark("low end of the published interval"))
    high: float | None = card_entry(None, doc=mark("high end of it"))
    use: str = card_entry("check", doc=mark("whether it set a number of the model or checks it only"), choices=USES)
    note_en: str = card_entry("", doc=mark("what a reader must know of it, in English"))
    note_fr: str = card_entry("", doc=mark("the same in French"))


@dataclass
class SurveyCard:
    """A published survey: settings of the run in which it is held, its date, whom it asked, its questions."""

    id: str = card_entry(doc=mark("short name: small letters, digits and _"))
    label_fr: str = card_entry(doc=mark("French name"))
    label_en: str = card_entry(doc=mark("English name"))
    date: str = card_entry(doc=mark("the day on which residents are asked"))
    source: str = card_entry(doc=mark("where it was published"))
    address: str = card_entry("", doc=mark("where it can be opened"))
    among: str = card_entry("age >= 18", doc=mark("who is asked: a formula of columns of the table people"))
    settings: list[str] = card_entry(list, doc=mark("settings of the run, each written name=value"))
    questions: list[SurveyQuestion] = card_entry(list, doc=mark("its questions"))

    def check(self, where: CardLocation | str = "card") -> None:
        """CardError for an impossible id or date, no question, one listed twice, or a formula that says nothing."""
        place = CardLocation(where) if isinstance(where, str) else where
        check_id(place, self.id)
        _check_date(place, self.date)
        _check_formula(place, ("among",), self.among)
        if not self.questions:
            raise make_card_error(place, ("questions",), Message("is empty"), Message("at least one question"),
                                  Message("add it"))
        seen: set[str] = set()
        for k, question in enumerate(self.questions):
            if question.id in seen:
                raise make_card_error(place, ("questions", k, "id"), quote_value(question.id),
                                      Message("each question once"), Message("remove or rename one"))
            seen.add(question.id)
            _check_formula(place, ("questions", k, "answer"), question.answer)
            _check_formula(place, ("questions", k, "among"), question.among or "1")


def _check_date(place: CardLocation, text: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise make_card_error(place, ("date",), quote_value(text), Message("year-month-day such as 2027-08-04"),
                              Message("correct it")) from None


def _check_formula(place: CardLocation, path: tuple[Any, ...], text: str) -> None:
    try:
        parse_formula(text)
    except FormulaError as problem:
        raise make_card_error(place, path, quote_value(text), problem.expected,
                              Message("correct it (resilience describe columns people)")) from None


def parse_survey(mapping: Mapping[str, Any], where: CardLocation | str = "card") -> SurveyCard:
    """A survey from plain data. CardError says what is wrong, where, and what to do."""
    card = build_card(SurveyCard, mapping, where)
    card.check(where)
    return card
