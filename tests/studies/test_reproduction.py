"""Two results folders compared: runs by what they hold, tables and figures by their bytes or values."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from simulator.records.files.parquet import write_table
from simulator.records.files.run_files import build_file_metadata, save_record
from simulator.records.results import Results
from simulator.studies.reproduction import (
    compare_derived_files,
    compare_folders_run_by_run,
    list_stored_keys,
    list_stores,
    rebuild_stored_runs,
)
from simulator.studies.store import Store
from simulator.studies.store_compaction import compact_store
from tests.records.small_record import small_record
from tests.studies.fake_player import record_of, runs
from tests.studies.test_replay_check import plain


def fill(folder: Path, steps: int = 4) -> Results:
    """A folder with four runs, all of so many steps."""
    for run in runs(2, ("garden",)):
        Store(folder).save(small_record(run.id, steps=steps, **plain(run)))
    return Results(folder)


def test_runs_are_the_same_whatever_commit_wrote_them_and_whether_they_are_compacted(tmp_path):
    old = fill(tmp_path / "old")
    for run in runs(2, ("garden",)):
        record = small_record(run.id, **plain(run))
        save_record(record, tmp_path / "new" / "runs" / f"{run.id}.parquet", {"commit": "another"})
    keys = list_stored_keys(old)
    assert len(keys) == 4
    assert all(check.identical for check in compare_folders_run_by_run(old, Results(tmp_path / "new"), keys))
    compact_store(Store(tmp_path / "new"))
    assert all(check.identical for check in compare_folders_run_by_run(old, Results(tmp_path / "new"), keys))


def test_a_run_that_differs_or_is_missing_is_named(tmp_path):
    old, new = fill(tmp_path / "old"), fill(tmp_path / "new", steps=5)
    keys = list_stored_keys(old)
    assert {check.reason for check in compare_folders_run_by_run(old, new, keys)} == {"the bytes differ"}
    (tmp_path / "new" / "runs" / f"{keys[0]}.parquet").unlink()
    first = next(iter(compare_folders_run_by_run(old, Results(tmp_path / "new"), keys)))
    assert (first.run, first.identical) == (keys[0], False) and "not played" in first.reason


def test_runs_of_another_version_are_refused_one_by_one(tmp_path):
    run = runs(1, ())[0]
    Store(tmp_path).save(record_of(run))
    Store(tmp_path).save(small_record("0" * 16, **{**plain(run), "model_version": "0.0.9"}))
    found = rebuild_stored_runs(Results(tmp_path))
    assert [one.id for one in found.runs] == [run.id] and list(found.refused) == ["0" * 16]
    assert "0.0.9" in found.refused["0" * 16]


def test_folders_with_runs_of_their_own_are_found(tmp_path):
    for name in ("runs", "lean/runs", "paths/parts", "figures", "set_aside/runs"):
        (tmp_path / name).mkdir(parents=True)
    assert list_stores(tmp_path) == [Path(), Path("lean"), Path("paths")]


def test_tables_and_figures_are_compared_and_nothing_else(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    for folder, value in ((old, 1), (new, 2)):
        for name in ("runs/a.parquet", "log/a.csv", "maps/a.png", "summary.txt", "brief_fr.html", "differs.csv"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(str(value))
        (folder / "figures").mkdir()
        (folder / "figures" / "same.svg").write_text("drawn")
        table = {"value": np.array([1.0, np.nan]), "name": np.array(["a", "b"], object)}
        write_table(folder / "effects.parquet", table, {**build_file_metadata("effects"), "commit": str(value)})
    (old / "only.csv").write_text("1")
    found = compare_derived_files(old, new)
    assert [name.as_posix() for name in found.same] == ["effects.parquet", "figures/same.svg"]
    assert [name.as_posix() for name in found.different] == ["differs.csv"]
    assert [name.as_posix() for name in found.absent] == ["only.csv"]
