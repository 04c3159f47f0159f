"""results.xlsx of a comparison: there, and no reason to fail when Excel holds it open."""

from __future__ import annotations

import openpyxl

from simulator.app.jobs.workbook import WORKBOOK_FILE, save_workbook
from simulator.records.files.run_files import save_record
from tests.analysis import fake_runs


def fill(folder):
    for record in fake_runs.fake_study(2, ("outreach",)):
        save_record(record, folder / "runs" / f"{record.run_id}.parquet")


def test_the_workbook_is_in_the_readers_language(tmp_path):
    fill(tmp_path)
    save_workbook(tmp_path, "fr")
    book = openpyxl.load_workbook(tmp_path / WORKBOOK_FILE, read_only=True)
    assert book.sheetnames[0] == "Leviers" and book.sheetnames[-2:] == ["Sens des colonnes", "Réglages"]


def test_a_file_that_is_open_elsewhere_costs_one_line(tmp_path, monkeypatch, capsys):
    fill(tmp_path)

    def locked(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.replace", locked)
    save_workbook(tmp_path, "en")
    error = capsys.readouterr().err
    assert error.count("\n") == 1 and "close it" in error and not (tmp_path / WORKBOOK_FILE).exists()
