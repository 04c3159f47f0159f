"""Compaction: the same tables before and after, and at every instant between."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.records.results import Results
from simulator.studies import compact as module
from simulator.studies.compact import Busy, compact
from simulator.studies.machine import presence
from simulator.studies.store import Store
from simulator.studies.verify import extract, sample
from tests.studies.fake_player import record_of, runs


@pytest.fixture
def store(tmp_path):
    found = Store(tmp_path)
    for run in runs(2):
        found.keep(record_of(run))
    return found


def tables(store):
    results = Results(store.folder)
    return {name: results.sql(f"SELECT * EXCLUDE (run), run FROM {name} ORDER BY ALL").fetchall()
            for name in ("kept", "series", "groups")}


def test_nothing_changes_but_the_files(store):
    before, opened = tables(store), store.opened(runs(2))
    count, part = compact(store)
    assert count == 6 and part.is_file() and list(store.runs.iterdir()) == []
    assert repr(tables(store)) == repr(before)
    assert Store(store.folder).missing(runs(3)) == runs(3)[6:]
    again = Store(store.folder).opened(runs(2))
    for name, table in opened.tables.items():
        for column, values in table.items():
            np.testing.assert_array_equal(again.tables[name][column], values)
    assert again.content == opened.content
    assert compact(store) == (0, None)


def test_killed_between_the_part_and_the_files_nothing_is_doubled(store, monkeypatch):
    before = tables(store)

    def killed(files):
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "in_parts", killed)
    with pytest.raises(KeyboardInterrupt):
        compact(store)
    assert len(list(store.runs.iterdir())) == 6 and repr(tables(store)) == repr(before)
    monkeypatch.undo()
    compact(Store(store.folder))
    assert list(store.runs.iterdir()) == [] and repr(tables(store)) == repr(before)


def test_later_runs_stand_beside_the_part_and_join_a_second_one(store):
    compact(store)
    for run in runs(4):
        store.keep(record_of(run))
    assert len(list(store.runs.iterdir())) == 6
    compact(store)
    assert len(list((store.folder / "parts").iterdir())) == 2 and Results(store.folder).count()["done"] == 12


def test_a_folder_at_work_is_not_compacted(store):
    with presence(store.runs) as alone, pytest.raises(Busy):
        assert alone
        compact(store)
    assert compact(store)[0] == 6


def test_a_run_taken_out_of_a_part_is_the_run(store, tmp_path):
    run = runs(2)[3]
    single = extract([store.path(run.id)], run.id, tmp_path / "a.parquet").read_bytes()
    _, part = compact(store)
    assert extract([part], run.id, tmp_path / "b.parquet").read_bytes() == single
    with pytest.raises(FileNotFoundError):
        extract([part], "nothing", tmp_path / "c.parquet")


def test_a_sample_is_the_same_for_the_same_seed(store):
    results = Results(store.folder)
    assert sample(results, 3, 1) == sample(results, 3, 1) and len(sample(results, 99, 1)) == 6
    assert len({tuple(sample(results, 3, seed)) for seed in range(9)}) > 1
