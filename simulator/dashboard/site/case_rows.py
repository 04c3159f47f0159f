"""The six recognisable residents of a folder, as the page to hand on shows them."""

from __future__ import annotations

from typing import Any

from ...i18n.texts.case_texts import CASE_TITLES
from ...i18n.translation import list_languages
from ...records.resident_cases import CaseLife, CaseSheet
from ...report.stories.cases import format_case_help, format_case_person, format_days_back
from ..data.comparison import Comparison
from .texts import say_in_all_languages


def list_scene_cases(sheet: CaseSheet | None, comparison: Comparison) -> list[dict[str, Any]]:
    """Title, person, and a life in each arm in turn, the baseline first; empty where the cases are of other runs."""
    if sheet is None or not sheet.cases:
        return []
    arms = [comparison.baseline, *comparison.ranked]
    arm_of_run = {str(view.run["run"]): k for k, shown in enumerate(arms) for view in shown.arm.runs.values()}
    places = [arm_of_run.get(run) for run in sheet.runs]
    if sorted(place for place in places if place is not None) != list(range(len(arms))):
        return []
    return [{"title": say_in_all_languages(CASE_TITLES[case.kind]), "number": case.person.number,
             "person": {lang: format_case_person(case, lang) for lang in list_languages()},
             "lives": [_describe_life(case.lives[places.index(k)]) for k in range(len(arms))]} for case in sheet.cases]


def _describe_life(life: CaseLife) -> dict[str, Any]:
    return {"loss": life.loss, "back": {lang: format_days_back(life, lang) for lang in list_languages()},
            "help": {lang: format_case_help(life, lang) for lang in list_languages()}}
