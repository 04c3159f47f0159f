import json
import os
import subprocess
import sys

import pytest

from simulator.records.parquet import HOST
from simulator.studies.store import Store
from tests.records.small_record import small_record
from tests.studies.fake_player import a_run, record_of, runs


def half_written(store, run_id, host, pid):
    store.runs.mkdir(parents=True, exist_ok=True)
    half = store.runs / f".{run_id}.parquet.{host}.{pid}.0.tmp"
    half.write_bytes(b"half")
    return half


def test_a_run_is_there_only_under_its_own_name(tmp_path):
    store, run = Store(tmp_path), a_run()
    half = half_written(store, run.id, HOST, 999999999)
    assert not store.has(run.id) and store.missing([run, run]) == [run]
    store.clean()
    assert not half.exists()
    store.keep(record_of(run))
    assert store.has(run.id) and store.missing([run]) == []


def test_what_a_living_process_writes_is_left_alone(tmp_path):
    store = Store(tmp_path)
    mine, theirs = half_written(store, "a", HOST, os.getpid()), half_written(store, "b", "elsewhere", 999999999)
    old = half_written(store, "c", "elsewhere", 999999999)
    os.utime(old, (0, 0))
    store.clean()
    assert mine.exists() and theirs.exists() and not old.exists()


def test_opened_gives_the_runs_that_are_here_in_the_order_asked(tmp_path):
    store, wanted = Store(tmp_path), runs(2)
    for run in reversed(wanted[1:]):
        store.keep(record_of(run))
    read = store.opened(wanted)
    assert list(read.tables["runs"]["run"]) == [run.id for run in wanted[1:]]
    with pytest.raises(FileNotFoundError):
        Store(tmp_path / "empty").opened(wanted)


def test_a_failure_keeps_its_error_and_settings_until_the_run_is_played(tmp_path):
    store, run = Store(tmp_path), a_run(3, "garden")
    store.fail(run, "ValueError: trop d'été", "trace")
    known = store.failed()[run.id]
    assert known["error"] == "ValueError: trop d'été" and known["content"]["seed"] == 3
    assert known["levers"] == "garden" and known["trace"] == "trace"
    store.keep(record_of(run), 1.5)
    assert store.failed() == {} and list((tmp_path / "failed").iterdir()) == []


def test_clocks_and_hosts_stand_in_the_log(tmp_path):
    store, run = Store(tmp_path), a_run()
    store.keep(record_of(run), 1.5, threads=2)
    store.keep(record_of(run), 9.0)
    (file,) = (tmp_path / "log").iterdir()
    (line,) = file.read_text(encoding="utf-8").splitlines()
    told = json.loads(line)
    assert told["run"] == run.id and told["seconds"] == 1.5 and told["threads"] == 2 and told["libraries"]["numpy"]


def test_a_writer_killed_half_way_leaves_no_run(tmp_path):
    code = """
import os, sys
from pathlib import Path
from simulator.records import parquet
parquet.put = lambda half, path: os._exit(9)
from tests.records.small_record import small_record
from simulator.studies.store import Store
Store(Path(sys.argv[1])).keep(small_record())
"""
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False,
                          env={**os.environ, "PYTHONPATH": ":".join(path for path in sys.path if path)})
    assert done.returncode == 9
    store, record = Store(tmp_path), small_record()
    assert not store.has(record.run_id) and len(list(store.runs.iterdir())) == 1
    store.clean()
    assert list(store.runs.iterdir()) == []
    store.keep(record)
    assert store.has(record.run_id)
