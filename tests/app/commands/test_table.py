"""`resilience table`: tables, and SQL limited to one SELECT over this folder."""

from __future__ import annotations

import csv

import openpyxl
import pytest

from simulator.analysis.effects.arms import collect_arms
from simulator.app.cli.main import main
from simulator.app.commands.table import RUNS_OVERVIEW_SQL
from simulator.records.files.run_files import combine_records
from simulator.records.results import open as open_results
from simulator.studies.store import Store
from tests.analysis.fake_runs import fake_study
from tests.studies.fake_player import record_of, runs


@pytest.fixture
def filled(idle, tmp_path):
    """Six runs in a folder `mine`, one of them failed."""
    store = Store(tmp_path / "mine")
    for run in runs(2)[:5]:
        store.save(record_of(run))
    store.save_failure(runs(2)[5], "ValueError: nobody home")
    return tmp_path


@pytest.mark.parametrize(("words", "says"), [
    ([], "garden"), (["runs"], "status"), (["failures"], "nobody home"), (["series", "--markdown"], "| run | day |"),
    (["--sql", "SELECT count(*) AS many FROM kept"], "many\n----\n5"),
    (["--sql", "SELECT run FROM runs ORDER BY loss LIMIT 1;"], "run"),
])
def test_tables(filled, capsys, words, says):
    assert main(["table", "mine", *words]) == 0
    assert says in capsys.readouterr().out


@pytest.mark.parametrize("query", [
    "COPY kept TO 'out.csv'", "CREATE TABLE a AS SELECT 1", "DROP VIEW kept", "SELECT 1; SELECT 2", "ATTACH 'x.db'",
    "SELECT * FROM read_text('/etc/hostname')", "SELECT * FROM '../other.parquet'", "SELEC", "SELECT nothing FROM runs",
    "SELECT * FROM duckdb_secrets()", "SELECT error('late') FROM range(3)", "INSTALL httpfs",
    "SET lock_configuration = false", "PRAGMA database_list", ""])
def test_other_statements_and_other_files_are_refused(filled, capsys, query):
    before = sorted(filled.rglob("*"))
    assert main(["table", "mine", f"--sql={query}" if query else "--sql"]) == 2
    output = capsys.readouterr()
    assert output.err.count("\n") == 1 and output.out == "" and sorted(filled.rglob("*")) == before


def test_words_that_mean_nothing(filled, capsys):
    for words in (["mine", "rnus"], ["mine", "runs", "more"], ["mine", "seed=1"], ["mine", "lang=de"]):
        assert main(["table", *words]) == 2
        assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(("words", "says"), [
    (["file=out.doc"], "NAME.xlsx or NAME.csv"), (["file=out.csv"], "holds one table"),
    (["runs", "file=/proc/none/out.csv"], "cannot be written"), (["file=/proc/none/out.xlsx"], "cannot be written"),
    (["runs", "fil=out.csv"], "unknown setting")])
def test_files_that_are_not_written_are_refused(filled, capsys, monkeypatch, words, says):
    monkeypatch.setenv("RESILIENCE_LANG", "en")
    before = sorted(filled.rglob("*"))
    assert main(["table", "mine", *words]) == 2
    error = capsys.readouterr().err
    assert says in error and error.count("\n") == 1 and sorted(filled.rglob("*")) == before


def test_tables_for_a_spreadsheet(filled, capsys):
    assert main(["table", "mine", "file=all.xlsx", "lang=fr"]) == 0
    assert main(["table", "mine", "runs", "file=runs.csv", "lang=fr"]) == 0
    query = "SELECT seed, 1.5 AS half FROM kept ORDER BY seed"
    assert main(["table", "mine", "--sql", query, "file=few.csv", "lang=fr"]) == 0
    assert capsys.readouterr().out.split() == ["all.xlsx", "runs.csv", "few.csv"]
    assert "Simulations" in openpyxl.load_workbook("all.xlsx", read_only=True).sheetnames
    lines = (filled / "few.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "Graine;half" and lines[1] == "1;1,5"
    with open("runs.csv", encoding="utf-8-sig", newline="") as written:
        rows = list(csv.DictReader(written, delimiter=";"))
    assert sorted(row["Graine"] for row in rows) == ["1", "1", "1", "2", "2"]


def test_compact_and_table(filled, capsys):
    assert main(["compact", "mine", "lang=en"]) == 0
    assert "5 runs put into" in capsys.readouterr().out
    assert main(["compact", "mine", "lang=en"]) == 0 and "nothing to compact" in capsys.readouterr().out
    assert main(["table", "mine", "--sql", "SELECT count(*) AS many FROM kept"]) == 0
    assert "5" in capsys.readouterr().out


@pytest.mark.parametrize("horizon", [365, 20])
def test_the_overview_tells_the_loss_that_comparisons_tell(tmp_path, monkeypatch, horizon):
    """Also where the run lasts longer than losses count, as when the crisis comes back."""
    monkeypatch.chdir(tmp_path)
    records = fake_study(3, ("outreach",))
    for record in records:
        record.tables["runs"]["horizon"][:] = horizon
        Store(tmp_path / "mine").save(record)
    results = open_results(tmp_path / "mine")
    columns, rows = results.sql(RUNS_OVERVIEW_SQL).columns, results.sql(RUNS_OVERVIEW_SQL).fetchall()
    told = {row[columns.index("levers")]: row[columns.index("loss_per_head")] for row in rows}
    arms = collect_arms(combine_records(records))
    assert told == pytest.approx({"+".join(arm.levers): arm.values("loss", [1, 2, 3]).mean() for arm in arms})
