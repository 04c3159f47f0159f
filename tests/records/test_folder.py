import json
from pathlib import Path

import numpy as np
import pytest

from simulator.records import folder as folders
from simulator.records.folder import open_runs, opened, save
from simulator.records.parquet import read_metadata, read_table, write_table
from simulator.records.provenance import provenance
from simulator.records.record import Record
from simulator.records.schema import TABLES
from tests.records.small_record import small_record


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.parquet"))}


def test_a_repeat_writes_the_same_bytes(tmp_path):
    first = save(small_record(), tmp_path / "first", provenance(1.0))
    second = save(small_record(), tmp_path / "second", provenance(2.0))
    assert contents(first) == contents(second)
    assert set(contents(first)) == {f"{name}.parquet" for name in TABLES}


def test_what_is_read_back_is_what_was_written(tmp_path):
    record = small_record()
    read = open_runs([save(record, tmp_path / record.run_id)])
    told = opened([record])
    for name, table in record.tables.items():
        for column, values in table.items():
            np.testing.assert_array_equal(read.tables[name][column], values, err_msg=f"{name}.{column}")
            np.testing.assert_array_equal(told.tables[name][column], values)
    assert read.content[record.run_id] == json.loads(json.dumps(record.content))
    assert len(read.of("series", record.run_id)["day"]) == 4


def test_metadata_say_what_was_run_and_never_when(tmp_path):
    folder = save(small_record(), tmp_path / "a", provenance(1.0, threads=2))
    told = read_metadata(folder / "runs.parquet")
    assert told["seed"] == "1" and "balanced" in told["content"] and told["schema_version"] == "1"
    assert "content" not in read_metadata(folder / "series.parquet")
    origin = json.loads((folder / "provenance.json").read_text())
    assert origin["threads"] == 2 and origin["libraries"]["numpy"] == np.__version__


def test_a_write_that_fails_leaves_nothing(tmp_path, monkeypatch):
    def fail(path, table, metadata):
        if path.name == "groups.parquet":
            raise OSError("no space left")
        write_table(path, table, metadata)

    monkeypatch.setattr(folders, "write_table", fail)
    with pytest.raises(OSError, match="no space"):
        save(small_record(), tmp_path / "a")
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_is_there_is_left_alone(tmp_path):
    folder = save(small_record(), tmp_path / "a")
    before = (folder / "runs.parquet").stat().st_mtime_ns
    save(small_record(), folder)
    assert (folder / "runs.parquet").stat().st_mtime_ns == before


def test_refusals(tmp_path):
    with pytest.raises(ValueError, match="finish the record"):
        save(Record("a", {}), tmp_path / "a")
    with pytest.raises(FileNotFoundError, match="no run here"):
        open_runs([tmp_path / "nowhere"])
    with pytest.raises(FileNotFoundError):
        read_table([])


def test_text_with_quotes_survives(tmp_path):
    write_table(tmp_path / "t.parquet", {"a": np.array(["d'été"], object)}, {"key": "l'été"})
    assert read_table(tmp_path / "t.parquet")["a"][0] == "d'été"
    assert read_metadata(tmp_path / "t.parquet") == {"key": "l'été"}
