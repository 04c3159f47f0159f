"""Compaction: tables are the same before, after and, if it is killed, in between."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.records.results import Results
from simulator.studies import store_compaction as module
from simulator.studies.machine import try_lock_folder
from simulator.studies.replay_check import extract_run, sample_stored_runs
from simulator.studies.store import Store
from simulator.studies.store_compaction import StoreInUseError, compact_store
from tests.studies.fake_player import record_of, runs


@pytest.fixture
def store(tmp_path):
    found = Store(tmp_path)
    for run in runs(2):
        found.save(record_of(run))
    return found


def tables(store):
    results = Results(store.folder)
    return {name: results.sql(f"SELECT * EXCLUDE (run), run FROM {name} ORDER BY ALL").fetchall()
            for name in ("kept", "series", "groups")}


def test_compaction_changes_files_and_no_table(store):
    before, opened = tables(store), store.opened(runs(2))
    count, part = compact_store(store)
    assert count == 6 and part.is_file() and list(store.runs.iterdir()) == []
    assert repr(tables(store)) == repr(before)
    assert Store(store.folder).list_missing_runs(runs(3)) == runs(3)[6:]
    again = Store(store.folder).opened(runs(2))
    for name, table in opened.tables.items():
        for column, values in table.items():
            np.testing.assert_array_equal(again.tables[name][column], values)
    assert again.content == opened.content
    assert compact_store(store) == (0, None)


def test_a_compaction_killed_half_way_doubles_nothing(store, monkeypatch):
    before = tables(store)

    def killed(files):
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "index_part_files", killed)
    with pytest.raises(KeyboardInterrupt):
        compact_store(store)
    assert len(list(store.runs.iterdir())) == 6 and repr(tables(store)) == repr(before)
    monkeypatch.undo()
    compact_store(Store(store.folder))
    assert list(store.runs.iterdir()) == [] and repr(tables(store)) == repr(before)


def test_later_runs_are_compacted_into_a_second_part(store):
    compact_store(store)
    for run in runs(4):
        store.save(record_of(run))
    assert len(list(store.runs.iterdir())) == 6
    compact_store(store)
    assert len(list((store.folder / "parts").iterdir())) == 2 and Results(store.folder).count()["done"] == 12


def test_a_folder_in_use_is_not_compacted(store):
    with try_lock_folder(store.runs) as alone, pytest.raises(StoreInUseError):
        assert alone
        compact_store(store)
    assert compact_store(store)[0] == 6


def test_a_run_extracted_from_a_part_has_the_same_bytes(store, tmp_path):
    run = runs(2)[3]
    single = extract_run([store.path(run.id)], run.id, tmp_path / "a.parquet").read_bytes()
    _, part = compact_store(store)
    assert extract_run([part], run.id, tmp_path / "b.parquet").read_bytes() == single
    with pytest.raises(FileNotFoundError):
        extract_run([part], "nothing", tmp_path / "c.parquet")


def test_a_sample_is_the_same_for_the_same_seed(store):
    results = Results(store.folder)
    assert sample_stored_runs(results, 3, 1) == sample_stored_runs(results, 3, 1)
    assert len(sample_stored_runs(results, 99, 1)) == 6
    assert len({tuple(sample_stored_runs(results, 3, seed)) for seed in range(9)}) > 1
