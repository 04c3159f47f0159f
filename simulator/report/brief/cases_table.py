"""The six recognisable residents of a folder as a table of the brief's annex."""

from __future__ import annotations

from ...i18n.translation import translate
from ...records.resident_cases import read_cases
from ..stories.cases import list_case_rows
from .case import Case
from .tables import BriefTable


def build_cases_table(case: Case) -> BriefTable | None:
    """One row per resident, days lost in each arm; None where no cases of this scenario are kept beside the runs."""
    sheet = read_cases(case.results.folder)
    if sheet is None or not sheet.cases or not set(sheet.runs) <= set(case.opened.content):
        return None
    heads, rows = list_case_rows(sheet, case.lang)
    return BriefTable(translate("Recognisable residents, without levers and with each (seed {seed})", case.lang,
                                seed=sheet.seed), heads, rows)
