"""Six recognisable residents in words: who each is, what the crisis costs them without levers and with each."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import fill
from typing import Any

from ...i18n.number_format import format_number
from ...i18n.texts.case_texts import CASE_HELPERS, CASE_TITLES
from ...i18n.texts.story_texts import STORY_LABELS, get_story_text
from ...i18n.translation import translate
from ...records.resident_cases import CaseLife, CaseSheet, ResidentCase
from ..terminal.text_table import format_fixed_width_table
from .balance import WIDTH

LABEL_WIDTH = 34


def format_case_person(case: ResidentCase, lang: str) -> str:
    """Age, sex, occupation, floor, lift, income and commune, in one sentence."""
    person = case.person
    job = get_story_text(STORY_LABELS[f"job{person.job}"], lang)
    facts: dict[str, Any] = {"age": person.age, "job": job, "commune": person.commune}
    who = get_story_text("{age}, man, {job}, {commune}.", lang, **facts)
    if person.woman:
        who = get_story_text("{age}, woman, {job}, {commune}.", lang, **facts)
    traits = [get_story_text(STORY_LABELS[f"home{person.household}"], lang, persons=person.persons),
              _format_floor(case, lang), _format_income(person.quintile, lang)]
    return f"{who} {get_story_text('; ', lang).join(traits)}."


def _format_floor(case: ResidentCase, lang: str) -> str:
    floor = case.person.floor
    if not floor:
        return get_story_text("ground floor", lang)
    if case.lift:
        return translate("floor {floor}, with a lift", lang, floor=floor)
    return translate("floor {floor}, without a lift", lang, floor=floor)


def _format_income(quintile: int, lang: str) -> str:
    if quintile:
        return get_story_text("income fifth {quintile} (1 is the poorest)", lang, quintile=quintile + 1)
    return get_story_text("income fifth 1, the poorest", lang)


def list_case_arms(sheet: CaseSheet, lang: str) -> list[str]:
    """The name of each arm."""
    return [names[lang] or translate("No lever", lang) for names in sheet.levers]


def format_case_loss(life: CaseLife, lang: str) -> str:
    """Days of functioning lost."""
    return format_number(life.loss, lang, 1 if life.loss >= 1 else 2)


def format_days_back(life: CaseLife, lang: str) -> str:
    """Days until back for good."""
    if not life.alive:
        return get_story_text(STORY_LABELS["dead"], lang)
    return translate("not by the end", lang) if life.days_back is None else format_number(life.days_back, lang)


def format_case_help(life: CaseLife, lang: str) -> str:
    """Who helped, or that nobody did."""
    names = [translate(CASE_HELPERS[name], lang) for name in life.helped_by]
    if names:
        return ", ".join(names)
    return translate("nobody (asked)", lang) if life.asked else translate("nobody (did not ask)", lang)


def list_case_facts(sheet: CaseSheet, case: ResidentCase, lang: str) -> list[dict[str, str]]:
    """One row for each arm of one resident: days lost, days until back, who helped, under their heads."""
    heads = [translate("lever", lang), translate("days lost", lang), translate("days until back", lang),
             translate("helped by", lang)]
    return [dict(zip(heads, [arm, format_case_loss(life, lang), format_days_back(life, lang),
                             format_case_help(life, lang)]))
            for arm, life in zip(list_case_arms(sheet, lang), case.lives)]


def format_case_title(case: ResidentCase, lang: str) -> str:
    """The kind of resident, and the resident's number."""
    return translate("{title} (resident {n})", lang, title=translate(CASE_TITLES[case.kind], lang),
                     n=case.person.number)


def format_cases(sheet: CaseSheet, lang: str, width: int = WIDTH) -> str:
    """Every case as text: the person, then a row for each arm; kinds of whom nobody is hit; how to read it."""
    heads = ["", translate("days lost", lang), translate("days until back", lang), translate("helped by", lang)]
    parts = []
    for case in sheet.cases:
        rows = [[arm, format_case_loss(life, lang), format_days_back(life, lang), format_case_help(life, lang)]
                for arm, life in zip(list_case_arms(sheet, lang), case.lives)]
        parts.append("\n".join([format_case_title(case, lang), fill(format_case_person(case, lang), width), "",
                                format_fixed_width_table(heads, rows, LABEL_WIDTH).rstrip("\n")]))
    return "\n\n".join([*parts, *(fill(note, width) for note in list_case_notes(sheet, lang))]) + "\n"


def list_case_notes(sheet: CaseSheet, lang: str) -> Iterator[str]:
    """Kinds without a resident, and what the cases are and are not."""
    if sheet.missing:
        kinds = get_story_text("; ", lang).join(translate(CASE_TITLES[kind], lang) for kind in sheet.missing)
        yield translate("Nobody of these kinds is hit without levers: {kinds}.", lang, kinds=kinds)
    yield translate("Nobody is real. Each is chosen by rule among those whom the crisis hits without levers, nearest "
                    "to the usual loss of their kind, and has the same luck in every arm (seed {seed}). They show how "
                    "levers reach people; what levers do on average is in the tables.", lang, seed=sheet.seed)


def list_case_rows(sheet: CaseSheet, lang: str) -> tuple[list[str], list[list[str]]]:
    """(heads, rows) of a table: one row a person, days lost in each arm."""
    rows = [[f"{translate(CASE_TITLES[case.kind], lang)}. {format_case_person(case, lang)}",
             *(f"{format_case_loss(life, lang)} · {format_case_help(life, lang)}" for life in case.lives)]
            for case in sheet.cases]
    return [translate("Days lost · helped by", lang), *list_case_arms(sheet, lang)], rows
