"""A run is in the store only if its file is complete; failures and logs stand beside it."""

import json
import os
import subprocess
import sys

import pytest

from simulator.records.files.parquet import HOST_NAME
from simulator.studies.store import Store
from tests.records.small_record import small_record
from tests.studies.fake_player import a_run, record_of, runs


def half_written(store, run_id, host, pid):
    store.runs.mkdir(parents=True, exist_ok=True)
    half = store.runs / f".{run_id}.parquet.{host}.{pid}.0.tmp"
    half.write_bytes(b"half")
    return half


def test_a_run_is_stored_once_its_file_has_its_final_name(tmp_path):
    store, run = Store(tmp_path), a_run()
    half = half_written(store, run.id, HOST_NAME, 999999999)
    assert not store.has(run.id) and store.list_missing_runs([run, run]) == [run]
    store.remove_abandoned_files()
    assert not half.exists()
    store.save(record_of(run))
    assert store.has(run.id) and store.list_missing_runs([run]) == []


def test_files_of_running_processes_are_not_removed(tmp_path):
    store = Store(tmp_path)
    mine, theirs = half_written(store, "a", HOST_NAME, os.getpid()), half_written(store, "b", "elsewhere", 999999999)
    old = half_written(store, "c", "elsewhere", 999999999)
    os.utime(old, (0, 0))
    store.remove_abandoned_files()
    assert mine.exists() and theirs.exists() and not old.exists()


def test_opened_returns_stored_runs_in_the_order_given(tmp_path):
    store, wanted = Store(tmp_path), runs(2)
    for run in reversed(wanted[1:]):
        store.save(record_of(run))
    read = store.opened(wanted)
    assert list(read.tables["runs"]["run"]) == [run.id for run in wanted[1:]]
    with pytest.raises(FileNotFoundError):
        Store(tmp_path / "empty").opened(wanted)


def test_a_failure_keeps_its_error_and_settings_until_the_run_is_played(tmp_path):
    store, run = Store(tmp_path), a_run(3, "garden")
    store.save_failure(run, "ValueError: trop d'été", "trace")
    known = store.read_failures()[run.id]
    assert known["error"] == "ValueError: trop d'été" and known["content"]["seed"] == 3
    assert known["levers"] == "garden" and known["trace"] == "trace"
    store.save(record_of(run), 1.5)
    assert store.read_failures() == {} and list((tmp_path / "failed").iterdir()) == []


def test_times_and_hosts_are_logged(tmp_path):
    store, run = Store(tmp_path), a_run()
    store.save(record_of(run), 1.5, threads=2)
    store.save(record_of(run), 9.0)
    (file,) = (tmp_path / "log").iterdir()
    (line,) = file.read_text(encoding="utf-8").splitlines()
    entry = json.loads(line)
    assert entry["run"] == run.id and entry["seconds"] == 1.5 and entry["threads"] == 2 and entry["libraries"]["numpy"]


def test_a_writer_killed_while_writing_leaves_no_run(tmp_path):
    code = """
import os, sys
from pathlib import Path
from simulator.records.files import parquet
parquet.replace_atomically = lambda temporary_path, path: os._exit(9)
from tests.records.small_record import small_record
from simulator.studies.store import Store
Store(Path(sys.argv[1])).save(small_record())
"""
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False,
                          env={**os.environ, "PYTHONPATH": ":".join(path for path in sys.path if path)})
    assert done.returncode == 9
    store, record = Store(tmp_path), small_record()
    assert not store.has(record.run_id) and len(list(store.runs.iterdir())) == 1
    store.remove_abandoned_files()
    assert list(store.runs.iterdir()) == []
    store.save(record)
    assert store.has(record.run_id)
