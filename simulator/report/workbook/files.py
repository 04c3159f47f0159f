"""Writes sheets as an Excel workbook, or one of them as CSV in the dialect that Excel reads in the reader's country.

Texts are never formulas. Numbers are numbers: no unit, no rounding, no thousands separator.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from ...i18n.plain_text import make_plain_cell, make_printable
from ..sheets.analysis_sheet import write_bytes_atomic
from .sheet import WorkbookSheet

MAX_TITLE, MAX_TEXT = 31, 32_767
"""Characters that Excel allows in the name of a sheet and in a cell."""
TITLE_SIGNS = re.compile(r"[\[\]:*?/\\']")
NOT_IN_XML = re.compile("[\ufffe\uffff]")
NARROW, WIDE = 10, 46
"""Widths of columns, in characters."""
SAMPLED_ROWS = 200
"""Rows that decide how wide a column is."""
HEAD_FILL = "FFE8EEF4"
COMMA_LANGUAGES = ("fr",)
"""Languages whose Excel separates columns by semicolons and decimals by a comma."""


def write_workbook(sheets: Sequence[WorkbookSheet], file: Path) -> None:
    """Write the sheets as one .xlsx file, whole or not at all."""
    write_bytes_atomic(file, render_workbook(sheets))


def render_workbook(sheets: Sequence[WorkbookSheet]) -> bytes:
    """The bytes of an .xlsx file with these sheets, heads frozen and filters set."""
    book = Workbook(write_only=True)
    titles: list[str] = []
    for sheet in sheets:
        titles.append(_make_title(sheet.title, titles))
        _add_sheet(book, titles[-1], sheet)
    page = BytesIO()
    book.save(page)
    return page.getvalue()


def _make_title(title: str, taken: Sequence[str]) -> str:
    """A name that Excel allows and that no other sheet has."""
    plain = TITLE_SIGNS.sub(" ", make_printable(title)).strip()[:MAX_TITLE] or "-"
    lower, name, number = {one.lower() for one in taken}, plain, 2
    while name.lower() in lower:
        name, number = f"{plain[:MAX_TITLE - 4]} {number}", number + 1
    return name


def _add_sheet(book: Workbook, title: str, sheet: WorkbookSheet) -> None:
    page = book.create_sheet(title)
    for k in range(len(sheet.columns)):
        page.column_dimensions[get_column_letter(k + 1)].width = _measure_width(sheet, k)
    page.freeze_panes = "B2" if len(sheet.columns) > 4 else "A2"
    page.auto_filter.ref = f"A1:{get_column_letter(max(1, len(sheet.columns)))}{len(sheet.rows) + 1}"
    page.append([_make_head_cell(page, column.head) for column in sheet.columns])
    for row in sheet.rows:
        page.append([_make_cell(page, value) for value in row])


def _measure_width(sheet: WorkbookSheet, k: int) -> int:
    longest = max((len(str(row[k])) for row in sheet.rows[:SAMPLED_ROWS] if k < len(row) and isinstance(row[k], str)),
                  default=0)
    return max(NARROW, min(WIDE, max(longest + 1, (len(sheet.columns[k].head) + 1) // 2 + 3)))


def _make_head_cell(page: Any, text: str) -> Any:
    cell = _make_text_cell(page, text)
    cell.font, cell.fill = Font(bold=True), PatternFill("solid", HEAD_FILL)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _make_cell(page: Any, value: Any) -> Any:
    plain = to_plain_value(value)
    return _make_text_cell(page, plain) if isinstance(plain, str) else plain


def _make_text_cell(page: Any, text: str) -> Any:
    """A cell of text, even where the text begins as a formula does."""
    cell = WriteOnlyCell(page, value=NOT_IN_XML.sub("\ufffd", make_printable(text))[:MAX_TEXT])
    cell.data_type = "s"
    return cell


def to_plain_value(value: Any) -> Any:
    """A cell's value: int, float, date, text, or None for what is missing, NaN or infinite."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, float):
        return value if isfinite(value) else None
    return value if value is None or isinstance(value, (int, date)) else str(value)


def format_spreadsheet_table(sheet: WorkbookSheet, lang: str) -> str:
    """The sheet as CSV that Excel opens by a double click: in French with semicolons and decimal commas.

    A byte order mark tells the encoding. Programs read the other CSV files of a folder, which have commas and points.
    """
    page, comma = StringIO(), lang in COMMA_LANGUAGES
    writer = csv.writer(page, delimiter=";" if comma else ",", lineterminator="\r\n")
    writer.writerow([make_plain_cell(column.head) for column in sheet.columns])
    writer.writerows([_format_csv_cell(cell, comma) for cell in row] for row in sheet.rows)
    return "\ufeff" + page.getvalue()


def _format_csv_cell(value: Any, comma: bool) -> str:
    plain = to_plain_value(value)
    if isinstance(plain, float):
        text = f"{plain:.12g}"
        return text.replace(".", ",") if comma else text
    return "" if plain is None else make_plain_cell(plain) if isinstance(plain, str) else str(plain)
