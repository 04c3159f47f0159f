"""file= of `resilience table`: the whole workbook of a folder, or one table, written for a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...config.errors import UsageError, get_system_reason, to_usage_error
from ...records.results import Results

SPREADSHEET_SUFFIXES = (".xlsx", ".csv")


def parse_table_file(options: Mapping[str, str]) -> Path | None:
    """The file that is asked for; None without one. UsageError for a kind of file that is not written."""
    if "file" not in options:
        return None
    file = Path(options["file"])
    if file.suffix.lower() not in SPREADSHEET_SUFFIXES:
        raise UsageError("{name} = {value!r}: expected {expected}", name="file", value=options["file"],
                         expected="NAME.xlsx or NAME.csv")
    return file


def export_workbook(results: Results, file: Path, lang: str, study: str | None) -> int:
    """Write the workbook of the folder and print its path; exit code 0. UsageError if it cannot be."""
    from ...report.workbook.content import write_results_workbook

    if file.suffix.lower() == ".csv":
        raise UsageError("file={path}: a CSV file holds one table; name it (resilience table FOLDER runs file=…), "
                         "or choose file=NAME.xlsx for all", path=file)
    try:
        write_results_workbook(results, lang, file, study)
    except ValueError as problem:
        raise to_usage_error(problem, str(results.folder)) from None
    except OSError as problem:
        raise make_export_error(file, problem) from None
    print(file)
    return 0


def export_table(file: Path, table: tuple[str, list[str], list[tuple[Any, ...]]], lang: str) -> int:
    """Write one table and print its path; exit code 0. table: its name, columns and rows."""
    from ...report.sheets.analysis_sheet import write_text_atomic
    from ...report.workbook.files import format_spreadsheet_table, write_workbook
    from ...report.workbook.stored_sheets import build_table_sheet

    sheet = build_table_sheet(*table, lang)
    try:
        if file.suffix.lower() == ".csv":
            write_text_atomic(file, format_spreadsheet_table(sheet, lang))
        else:
            write_workbook([sheet], file)
    except OSError as problem:
        raise make_export_error(file, problem) from None
    print(file)
    return 0


def make_export_error(file: Path, problem: Exception) -> UsageError:
    """The refusal of a file that cannot be written."""
    return UsageError("{path}: cannot be written ({why}); choose another file with file=…", path=file,
                      why=get_system_reason(problem))
