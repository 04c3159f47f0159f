"""A published survey beside the model's answers, for the terminal and as a CSV file."""

from __future__ import annotations

from collections.abc import Sequence

from ..analysis.survey.answers import SurveyAnswer
from ..analysis.survey.survey_card import SurveyCard
from ..i18n.number_format import NO_VALUE, format_number
from ..i18n.translation import translate
from .sheets.analysis_sheet import AnalysisSheet
from .terminal.text_table import format_fixed_width_table

QUESTION_WIDTH = 46
"""Characters a line of a question, at most."""


def format_survey(card: SurveyCard, answers: Sequence[SurveyAnswer], lang: str, most: int = 0) -> str:
    """The survey's name and source, then a row for each question. most: characters a line may have (0: any number)."""
    heads = [translate("question", lang), translate("published", lang), translate("model", lang),
             translate("difference", lang), translate("asked", lang)]
    rows = [_format_row(answer, lang) for answer in answers]
    title = f"{card.label_fr if lang == 'fr' else card.label_en} · {card.date}\n{card.source}\n\n"
    note = translate("Model: mean over seeds, lowest and highest in brackets; asked: residents, over all seeds.", lang)
    return title + format_fixed_width_table(heads, rows, QUESTION_WIDTH, most) + f"\n{note}\n"


def _format_row(answer: SurveyAnswer, lang: str) -> list[str]:
    question = answer.question
    text, note = (question.question_fr, question.note_fr) if lang == "fr" else (question.question_en, question.note_en)
    text += translate(" · used to calibrate", lang) if question.use == "calibration" else ""
    text += f" ({note})" if note else ""
    published = f"{_format_value(question.published, lang)} {question.unit}"
    if question.low is not None and question.high is not None:
        published += f" [{_format_value(question.low, lang)} – {_format_value(question.high, lang)}]"
    if not answer.seeds:
        return [text, published, NO_VALUE, NO_VALUE, "0"]
    band = f"[{_format_value(answer.model_low, lang)} – {_format_value(answer.model_high, lang)}]"
    return [text, published, f"{_format_value(answer.model, lang)} {band}",
            format_number(answer.difference, lang, 0 if question.unit == "%" else 1, sign=True),
            format_number(answer.respondents, lang)]


def _format_value(value: float, lang: str) -> str:
    return format_number(value, lang, 0 if abs(value) >= 10 else 1)


def build_survey_sheet(card: SurveyCard, answers: Sequence[SurveyAnswer]) -> AnalysisSheet:
    """The answers as a table, numbers unrounded."""
    heads = ("survey", "date", "id", "question", "published", "low", "high", "unit", "model", "model_low", "model_high",
             "seeds", "respondents", "use", "answer", "among", "source", "address")
    rows = [(card.id, card.date, a.question.id, a.question.question_en, a.question.published, a.question.low,
             a.question.high, a.question.unit, a.model, a.model_low, a.model_high, a.seeds, a.respondents,
             a.question.use, a.question.answer, a.question.among or card.among, card.source, card.address)
            for a in answers]
    return AnalysisSheet("survey", "", heads, rows)
