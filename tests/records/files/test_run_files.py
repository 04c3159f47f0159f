import errno
import json
import sys

import duckdb
import numpy as np
import pytest

from simulator.records.files import parquet
from simulator.records.files.parquet import read_metadata, read_table, write_table
from simulator.records.files.provenance import describe_origin
from simulator.records.files.run_files import build_table_query, combine_records, load_runs, save_record
from simulator.records.record import Record
from simulator.records.schema import SCHEMA_VERSION, TABLE_SCHEMAS
from tests.records.small_record import small_record


def test_a_repeat_writes_the_same_bytes(tmp_path):
    first = save_record(small_record(), tmp_path / "first.parquet")
    second = save_record(small_record(), tmp_path / "second.parquet")
    assert first.read_bytes() == second.read_bytes()
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["first.parquet", "second.parquet"]


def test_what_is_read_back_is_what_was_written(tmp_path):
    record = small_record()
    read = load_runs([save_record(record, tmp_path / "a.parquet")])
    combined = combine_records([record])
    for name, table in record.tables.items():
        assert list(read.tables[name]) == list(TABLE_SCHEMAS[name])
        for column, values in table.items():
            np.testing.assert_array_equal(read.tables[name][column], values, err_msg=f"{name}.{column}")
            np.testing.assert_array_equal(combined.tables[name][column], values)
            assert read.tables[name][column].dtype == values.dtype
    assert read.content[record.run_id] == json.loads(json.dumps(record.content))
    assert len(read.of("series", record.run_id)["day"]) == 4


def test_runs_come_in_the_order_requested(tmp_path):
    files = [save_record(small_record(name, steps=k + 3), tmp_path / f"{name}.parquet") for k, name in enumerate("abc")]
    read = load_runs(files, ["c", "a"])
    assert list(read.tables["runs"]["run"]) == ["c", "a"] and list(read.content) == ["c", "a"]
    assert list(dict.fromkeys(read.tables["series"]["run"])) == ["c", "a"]
    assert list(read.of("series", "c")["day"]) == [0, 7, 14, 21, 28]


@pytest.mark.parametrize("runs", [None, ["c", "a", "d"]])
def test_many_batches_give_the_tables_of_one(tmp_path, monkeypatch, runs):
    files = [save_record(small_record(name, steps=k + 3), tmp_path / f"{name}.parquet")
             for k, name in enumerate("abcd")]
    whole = load_runs(files, runs)
    monkeypatch.setattr("simulator.records.files.run_files.BATCH_BYTES", 1)
    parts = load_runs(files, runs)
    for name, table in whole.tables.items():
        for column, values in table.items():
            np.testing.assert_array_equal(parts.tables[name][column], values, err_msg=f"{name}.{column}")
            assert parts.tables[name][column].dtype == values.dtype
    assert parts.content == whole.content and list(parts.content) == list(whole.content)


def test_equal_texts_and_settings_are_in_memory_once(tmp_path):
    read = load_runs([save_record(small_record(name, seed=k), tmp_path / f"{name}.parquet")
                      for k, name in enumerate("ab")])
    runs = read.tables["series"]["run"]
    assert len({id(run) for run in runs}) == 2
    assert read.content["a"]["scenario"] is read.content["b"]["scenario"]
    assert (read.content["a"]["seed"], read.content["b"]["seed"]) == (0, 1)


def test_plain_duckdb_reads_a_run(tmp_path):
    save_record(small_record("a"), tmp_path / "a.parquet")
    rows = duckdb.sql(f"SELECT run, seed, len(series), content->>'$.model.behaviour' FROM '{tmp_path}/*.parquet'")
    assert rows.fetchall() == [("a", 1, 4, "balanced")]


@pytest.mark.parametrize("name", TABLE_SCHEMAS)
def test_no_run_is_an_empty_table(name):
    empty = duckdb.sql(build_table_query(name, []))
    assert [c for c in empty.columns if c != "content"] == list(TABLE_SCHEMAS[name]) and empty.fetchall() == []


def test_the_file_holds_its_versions_and_no_time(tmp_path):
    metadata = read_metadata(save_record(small_record(), tmp_path / "a.parquet"))
    units = json.loads(metadata.pop("units"))
    assert units["runs"]["loss"] == "person-days" and "run" not in units["runs"] and "network" not in units
    assert all(units[table][column] == TABLE_SCHEMAS[table][column].unit for table in units for column in units[table])
    assert metadata.pop("sha256") and metadata == {"schema_version": str(SCHEMA_VERSION), "kind": "run",
                                                   "run": small_record().run_id, **describe_origin()}


def test_a_write_that_fails_leaves_nothing(tmp_path, monkeypatch):
    def fail(temporary_path, path):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(parquet, "replace_atomically", fail)
    with pytest.raises(OSError, match="No space"):
        save_record(small_record(), tmp_path / "a.parquet")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="needs a device that is always full")
def test_a_full_disk_is_an_oserror(tmp_path, monkeypatch):
    full = tmp_path / "full"
    full.symlink_to("/dev/full")
    monkeypatch.setattr(parquet, "make_temporary_path", lambda path: full)
    with pytest.raises(OSError) as caught:
        save_record(small_record(), tmp_path / "a.parquet")
    assert caught.value.errno == errno.ENOSPC
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_is_left_unchanged(tmp_path):
    file = save_record(small_record(), tmp_path / "a.parquet")
    before = file.stat().st_mtime_ns
    save_record(small_record(), file)
    assert file.stat().st_mtime_ns == before


def test_refusals(tmp_path, monkeypatch):
    with pytest.raises(ValueError, match="finish the record"):
        save_record(Record("a", {}), tmp_path / "a.parquet")
    with pytest.raises(FileNotFoundError, match="no run here"):
        load_runs([tmp_path / "nowhere.parquet"])
    with pytest.raises(FileNotFoundError):
        read_table([])
    file = save_record(small_record(), tmp_path / "a.parquet")
    monkeypatch.setattr("simulator.records.files.checksum.SCHEMA_VERSION", 99)
    with pytest.raises(ValueError, match=rf"0.6.1 or earlier \(schema {SCHEMA_VERSION}\): read it"):
        load_runs([file])


def test_text_with_quotes_survives(tmp_path):
    write_table(tmp_path / "t.parquet", {"a": np.array(["d'été"], object)}, {"key": "l'été"})
    assert read_table(tmp_path / "t.parquet")["a"][0] == "d'été"
    assert read_metadata(tmp_path / "t.parquet")["key"] == "l'été"
