import subprocess
import sys

import pytest

from simulator.sweep.store import Store
from tests.records.small_record import small_record
from tests.sweep.fake_player import a_run, record_of, runs


def test_a_run_is_there_only_under_its_own_name(tmp_path):
    store, run = Store(tmp_path), a_run()
    half = store.runs / f".{run.id}.999999999.tmp"
    half.mkdir(parents=True)
    (half / "runs.parquet").write_bytes(b"half")
    assert not store.has(run.id) and store.missing([run, run]) == [run]
    store.clean()
    assert not half.exists()
    store.keep(record_of(run))
    assert store.has(run.id) and store.missing([run]) == []


def test_what_a_living_process_writes_is_left_alone(tmp_path):
    import os

    half = tmp_path / "runs" / f".abc.{os.getpid()}.tmp"
    half.mkdir(parents=True)
    Store(tmp_path).clean()
    assert half.exists()


def test_opened_gives_the_runs_that_are_here_in_the_order_asked(tmp_path):
    store, wanted = Store(tmp_path), runs(2)
    for run in reversed(wanted[1:]):
        store.keep(record_of(run))
    read = store.opened(wanted)
    assert list(read.tables["runs"]["run"]) == [run.id for run in wanted[1:]]
    with pytest.raises(FileNotFoundError):
        Store(tmp_path / "empty").opened(wanted)


def test_failures_are_written_and_forgotten(tmp_path):
    store = Store(tmp_path)
    store.note_failures([{"run": "a", "error": "é"}])
    assert "é" in (tmp_path / "failures.json").read_text(encoding="utf-8")
    store.note_failures([])
    assert list(tmp_path.iterdir()) == []


def test_a_writer_killed_half_way_leaves_no_run(tmp_path):
    code = """
import os, sys
from pathlib import Path
from simulator.records import folder
real = folder.write_table
def dying(path, table, metadata):
    real(path, table, metadata)
    if path.name == "series.parquet":
        os._exit(9)
folder.write_table = dying
from tests.records.small_record import small_record
from simulator.sweep.store import Store
Store(Path(sys.argv[1])).keep(small_record())
"""
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=sys.path[0] or None, check=False,
                          env={**__import__("os").environ, "PYTHONPATH": ":".join(p for p in sys.path if p)})
    assert done.returncode == 9
    store, record = Store(tmp_path), small_record()
    assert not store.has(record.run_id) and list(store.runs.iterdir())
    store.clean()
    assert list(store.runs.iterdir()) == []
    assert store.keep(record).is_dir()
