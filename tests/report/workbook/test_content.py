"""The sheets of a folder's workbook: numbers as the tables have them, every column with head and meaning."""

from __future__ import annotations

import pytest

from simulator.analysis.effects.arms import collect_arms
from simulator.analysis.effects.effects_table import build_effects_table
from simulator.analysis.effects.outcomes import OUTCOMES
from simulator.i18n.texts.table_heads import COLUMN_HEADS
from simulator.i18n.translation import translate
from simulator.records.files.run_files import save_record
from simulator.records.results import open as open_results
from simulator.records.schema import EFFECTS_SCHEMA, RUNS_SCHEMA
from simulator.report.workbook.content import collect_sheets
from simulator.report.workbook.stored_sheets import read_csv_cell
from tests.analysis import fake_runs

SAME_IN_FRENCH = {"Crises", "p", "p (Holm)", "EUR", "Dose", "Verdict", "Source", "Date", "Commune"}


@pytest.fixture
def results(tmp_path):
    for record in fake_runs.fake_study(3, ("outreach", "coordinator")):
        save_record(record, tmp_path / "runs" / f"{record.run_id}.parquet")
    (tmp_path / "settings.yaml").write_text("command: compare\nsettings:\n  lang: fr\n  crisis: {flood: {days: 7, "
                                            "sources: [a, b]}}\n", encoding="utf-8")
    (tmp_path / "chain.csv").write_text("lever,steps,share\noutreach,3,0.25\n'=1+1,nan,inf\n", encoding="utf-8")
    return open_results(tmp_path)


def find(sheets, title):
    return next(sheet for sheet in sheets if sheet.title == title)


def column(sheet, name):
    k = next(k for k, one in enumerate(sheet.columns) if one.name == name)
    return [row[k] for row in sheet.rows]


def test_the_effects_are_those_of_the_table_of_effects(results):
    sheet, table = find(collect_sheets(results, "en"), "Effects"), build_effects_table(results.opened())
    for name in ("difference", "low", "high", "n", "helps_next"):
        assert column(sheet, name) == pytest.approx(list(table[name]), nan_ok=True)


def test_one_row_a_lever_best_first_with_its_cost(results):
    sheet = find(collect_sheets(results, "fr"), "Leviers")
    changes = column(sheet, "loss.difference")
    assert changes == sorted(changes) and len(changes) == 2
    arms = {"+".join(arm.levers): arm for arm in collect_arms(results.opened())}
    for levers, cost in zip(column(sheet, "levers"), column(sheet, "cost")):
        assert cost == pytest.approx(arms[levers].column("cost", [1, 2, 3]).mean())


def test_every_stored_run_is_a_row(results):
    sheet = find(collect_sheets(results, "fr"), "Simulations")
    assert len(sheet.rows) == 9 and set(RUNS_SCHEMA) <= {one.name for one in sheet.columns}


def test_a_table_that_anybody_writes_beside_the_runs_is_a_sheet(results):
    sheet = find(collect_sheets(results, "fr"), "chain")
    assert list(sheet.rows) == [["outreach", 3, 0.25], ["=1+1", None, None]]


def test_settings_are_one_a_row_without_prose(results):
    settings = dict(find(collect_sheets(results, "en"), "Settings").rows)
    assert settings["settings.crisis.flood.days"] == 7
    assert not any("sources" in name for name in settings)


def test_every_column_of_records_and_effects_has_a_head_and_a_french_meaning(results):
    for schema in (RUNS_SCHEMA, EFFECTS_SCHEMA):
        assert [name for name in schema if name not in COLUMN_HEADS] == []
        assert [spec.doc for spec in schema.values() if spec.doc not in ("territory",)
                and translate(spec.doc, "fr") == spec.doc] == []
    assert [name for name in OUTCOMES if name not in COLUMN_HEADS] == []
    assert {head for head in COLUMN_HEADS.values() if translate(head, "fr") == head} <= SAME_IN_FRENCH
    meanings = find(collect_sheets(results, "fr"), "Sens des colonnes")
    rows = {(row[0], row[2]): row for row in meanings.rows}
    assert rows["Simulations", "loss"][3:] == ["jours-personne",
                                               "fonctionnement perdu depuis le début de la crise, tous habitants"]
    assert rows["Leviers", "loss.difference"][3] == "jours-personne par habitant"


@pytest.mark.parametrize(("text", "value"), [("3", 3), ("-0.5", -0.5), ("1e-05", 1e-05), ("", None), ("nan", None),
                                             ("inf", None), ("'=1+1", "=1+1"), ("'avant", "'avant"),
                                             ("0123x", "0123x")])
def test_a_cell_of_our_own_tables_is_read_as_it_was_written(text, value):
    found = read_csv_cell(text)
    assert found == value and type(found) is type(value)
