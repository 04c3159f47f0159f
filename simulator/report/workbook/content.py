"""Which sheets a results folder gives: effects where there are any, what is stored, meanings of columns, settings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ...analysis.study_outcomes import load_study_outcomes
from ...i18n.texts.table_heads import get_column_head
from ...i18n.translation import translate
from ...records.files.folder_check import PLANS_FOLDER
from ...records.results import Results
from ..brief.portfolio_search import list_portfolio_names, read_job_settings
from ..figures.findings import rank_effects
from .effect_sheets import (
    build_effect_sheet,
    build_group_sheet,
    build_lever_sheet,
    build_scenario_sheet,
    build_study_effect_sheet,
)
from .sheet import WorkbookColumn, WorkbookSheet
from .stored_sheets import build_csv_sheets, build_run_sheet, build_settings_sheet


def collect_sheets(results: Results, lang: str, study: str | None = None) -> list[WorkbookSheet]:
    """Every sheet of a folder's workbook. study: its name where the folder holds several.

    ValueError if nothing was played, or if the folder holds several studies and none is named.
    """
    sheets = [*_build_effect_sheets(results, lang, study), *build_csv_sheets(results.folder, lang),
              build_run_sheet(results, lang)]
    return [*sheets, build_meaning_sheet(sheets, lang), build_settings_sheet(results, lang)]


def _build_effect_sheets(results: Results, lang: str, study: str | None) -> Iterator[WorkbookSheet]:
    """Sheets of effects; none where there is nothing to compare."""
    if any((results.folder / PLANS_FOLDER).glob("*.parquet")):
        yield from _build_study_sheets(results, lang, study)
        return
    opened = replace(results.opened(), portfolio_names=list_portfolio_names(read_job_settings(results.folder)))
    try:
        baseline, effects, seeds = rank_effects(opened)
    except ValueError:
        yield from _build_study_sheets(results, lang, study)
        return
    if effects:
        labels = {arm.portfolio: arm.label[lang] for arm, _ in effects}
        yield build_lever_sheet(baseline, effects, seeds, lang)
        yield build_effect_sheet(opened, labels, lang)
        yield build_group_sheet(baseline, effects, seeds, lang)


def _build_study_sheets(results: Results, lang: str, study: str | None) -> Iterator[WorkbookSheet]:
    try:
        outcomes = load_study_outcomes(results, study)
    except ValueError as problem:
        if "stud" in str(problem):
            raise
        return
    yield build_study_effect_sheet(outcomes, lang)
    if outcomes.points > 1:
        yield build_scenario_sheet(outcomes, lang)


def build_meaning_sheet(sheets: list[WorkbookSheet], lang: str) -> WorkbookSheet:
    """One row per column of these sheets: its head, its name in files, its unit and its meaning."""
    names = ("sheet", "head", "column", "unit", "meaning")
    columns = [WorkbookColumn(name, get_column_head("", name, lang)) for name in names]
    rows = [[sheet.title, column.head, column.name, column.unit, column.meaning]
            for sheet in sheets for column in sheet.columns]
    return WorkbookSheet(translate("Meaning of columns", lang), columns, rows)


def write_results_workbook(results: Results, lang: str, file: Path, study: str | None = None) -> None:
    """Write the workbook of a folder to a file, whole or not at all. ValueError as `collect_sheets`."""
    from .files import write_workbook  # openpyxl takes a while to import

    write_workbook(collect_sheets(results, lang, study), file)
