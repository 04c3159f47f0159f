"""Sheets of what a results folder stores: its runs, the CSV tables beside them, its settings."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from ...i18n.plain_text import make_plain_cell
from ...i18n.translation import mark, translate
from ...records.results import Results
from ...records.schema import TABLE_SCHEMAS
from ..brief.portfolio_search import read_job_settings
from .sheet import WorkbookColumn, WorkbookSheet, build_columns

CSV_TITLES: dict[str, str] = {
    "budget": mark("Budget"), "breakeven": mark("Break-even"), "evidence": mark("Numbers and sources"),
    "lean": mark("Assumptions tried"), "ensemble": mark("Doubt about numbers"),
    "mixes": mark("Mixes: doses and cost"), "mix_differences": mark("Mixes, one minus the other"),
}
"""CSV file beside the runs to the title of its sheet; any other is titled by its name."""
NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")
MAX_RUN_ROWS = 20_000
"""Rows of runs in a workbook at most: more would take minutes to write, and as long to open."""
WORDY_SETTINGS = ("sources", "sources_fr", "grades", "source", "explanation_fr", "explanation_en", "mechanism",
                  "mechanism_fr")
"""Entries of cards that are prose: `resilience describe` prints them."""


def build_csv_sheets(folder: Path, lang: str) -> Iterator[WorkbookSheet]:
    """One sheet for each CSV table beside the runs, whatever wrote it; its heads are known or are its own."""
    for file in sorted(folder.glob("*.csv")):
        rows = _read_csv(file)
        if not rows or not rows[0]:
            continue
        title = translate(CSV_TITLES[file.stem], lang) if file.stem in CSV_TITLES else file.stem
        width = len(rows[0])
        yield WorkbookSheet(title, build_columns(file.stem, rows[0], lang),
                            [[read_csv_cell(cell) for cell in row[:width]] for row in rows[1:]])


def _read_csv(file: Path) -> list[list[str]]:
    """The rows of a table beside the runs, which somebody else may have put there; none if it cannot be read as one."""
    if not file.is_file():
        return []
    with file.open(encoding="utf-8", errors="replace", newline="") as opened:
        try:
            return list(csv.reader(opened))
        except csv.Error:
            return []


def read_csv_cell(text: str) -> Any:
    """A cell of our own CSV tables as it was before writing: a number, nothing, or text."""
    if NUMBER.fullmatch(text):
        return float(text) if set(text) & set(".eE") else int(text)
    if text in ("", "nan", "inf", "-inf"):
        return None
    return text[1:] if text.startswith("'") and make_plain_cell(text[1:]) == text else text


def build_run_sheet(results: Results, lang: str) -> WorkbookSheet:
    """One row per run, planned or stored, with every column of the table of runs."""
    relation = results.sql(f"SELECT * FROM runs LIMIT {MAX_RUN_ROWS}")
    columns, rows = build_columns("runs", relation.columns, lang, TABLE_SCHEMAS["runs"]), relation.fetchall()
    if len(rows) == MAX_RUN_ROWS:
        note = translate("the first {n} runs only; `resilience table FOLDER runs file=runs.csv` has all", lang,
                         n=MAX_RUN_ROWS)
        columns[0] = replace(columns[0], meaning=note)
    return WorkbookSheet(translate("Runs", lang), columns, rows)


def build_table_sheet(name: str, names: list[str], rows: list[tuple[Any, ...]], lang: str) -> WorkbookSheet:
    """One table of the folder, or the result of a query over it (name: "")."""
    schema = TABLE_SCHEMAS.get("runs" if name in ("", "kept") else name)
    return WorkbookSheet(name or translate("Query", lang), build_columns(name or "runs", names, lang, schema), rows)


def build_settings_sheet(results: Results, lang: str) -> WorkbookSheet:
    """Every setting that was played, one a row: of the job, or, in a study's folder, of one of its runs."""
    job = read_job_settings(results.folder)
    if not job:
        first = results.sql("SELECT run FROM kept ORDER BY levers, seed LIMIT 1").fetchall()
        job = results.read_content(str(first[0][0])) if first else {}
    columns = [WorkbookColumn(name, head) for name, head in zip(
        ("name", "value"), (translate("Setting", lang), translate("Value", lang)))]
    return WorkbookSheet(translate("Settings", lang), columns, list(_flatten_settings(job)))


def _flatten_settings(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """(dotted name, value) of each number and text, prose left out."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if not isinstance(value, (dict, list)):
        yield name, value if isinstance(value, (int, float, str)) or value is None else str(value)
    elif not value:
        yield name, None
    elif isinstance(value, list) and not any(isinstance(one, (dict, list)) for one in value):
        yield name, ", ".join(map(str, value))
    else:
        for key, one in items:
            if key not in WORDY_SETTINGS:
                yield from _flatten_settings(one, f"{name}.{key}" if name else str(key))
