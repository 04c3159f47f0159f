"""`resilience table`: tables, and SQL limited to one SELECT over this folder."""

from __future__ import annotations

import pytest

from simulator.app.cli.main import main
from simulator.studies.store import Store
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


def test_compact_and_table(filled, capsys):
    assert main(["compact", "mine", "lang=en"]) == 0
    assert "5 runs put into" in capsys.readouterr().out
    assert main(["compact", "mine", "lang=en"]) == 0 and "nothing to compact" in capsys.readouterr().out
    assert main(["table", "mine", "--sql", "SELECT count(*) AS many FROM kept"]) == 0
    assert "5" in capsys.readouterr().out
