"""Workbooks and CSV for spreadsheets: numbers stay numbers, texts are never formulas, nothing is half written."""

from __future__ import annotations

import csv
from datetime import date
from io import BytesIO, StringIO

import numpy as np
import openpyxl
import pytest

from simulator.report.workbook.files import format_spreadsheet_table, render_workbook, write_workbook
from simulator.report.workbook.sheet import WorkbookColumn, WorkbookSheet

HOSTILE = ["=1+1", "+33 1", "-2+3", "@SUM(A1)", "\x1b[31m", "a\ufffe", "<b>&amp;</b>", "ligne\nsuite", "日本 🙂",
           "\t=1"]


def sheet_of(*rows, title="Essai"):
    return WorkbookSheet(title, [WorkbookColumn(f"c{k}", f"=tête {k}") for k in range(len(rows[0]))], rows)


def read_back(*sheets):
    return openpyxl.load_workbook(BytesIO(render_workbook(sheets)))


def test_numbers_dates_and_gaps_come_back_as_they_were():
    page = read_back(sheet_of([1, 0.1 + 0.2, np.float64(-3.5), np.int64(7), True, float("nan"), float("inf"), None,
                               date(2026, 12, 1)]))["Essai"]
    cells = [cell.value for cell in page[2]]
    assert cells[:8] == [1, pytest.approx(0.3), -3.5, 7, 1, None, None, None] and cells[8].date() == date(2026, 12, 1)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_a_text_whatever_it_begins_with(text):
    page = read_back(sheet_of([text]))["Essai"]
    assert page["A2"].data_type == page["A1"].data_type == "s"
    assert page["A2"].value.endswith(text.strip()[-1:].replace("\ufffe", "\ufffd"))


def test_names_of_sheets_are_allowed_and_differ():
    book = read_back(sheet_of([1], title="a/b:c*?" + "x" * 40), sheet_of([1], title="a/b:c*?" + "x" * 40),
                     sheet_of([1], title="[]"))
    assert len(set(book.sheetnames)) == 3 and all(0 < len(name) <= 31 for name in book.sheetnames)


def test_french_csv_opens_by_a_double_click_and_gives_the_numbers_back():
    text = format_spreadsheet_table(sheet_of([1234.5, -2, "=1+1", "a;b", None]), "fr")
    assert text.startswith("\ufeff'=tête 0;")
    rows = list(csv.reader(StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert rows[1] == ["1234,5", "-2", "'=1+1", "a;b", ""]


def test_english_csv_has_commas_and_points():
    assert format_spreadsheet_table(sheet_of([1.5, "x"]), "en").splitlines()[1] == "1.5,x"


def test_a_workbook_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    file = tmp_path / "results.xlsx"
    write_workbook([sheet_of([1])], file)
    before = file.read_bytes()

    def refuse(*_):
        raise OSError("no space")

    monkeypatch.setattr("os.replace", refuse)
    with pytest.raises(OSError, match="no space"):
        write_workbook([sheet_of([2])], file)
    assert file.read_bytes() == before and [one.name for one in tmp_path.iterdir()] == ["results.xlsx"]
