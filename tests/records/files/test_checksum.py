"""A changed bit in a file of results is noticed when it is read, wherever it is."""

from __future__ import annotations

import mmap
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from simulator.analysis.effects.effects_table import write_effects_table
from simulator.records.files import checksum
from simulator.records.files.checksum import DamagedFileError, OlderVersionError, check_file, read_footer_value
from simulator.records.files.parquet import read_table
from simulator.records.files.run_files import RUN_FILE_SUFFIX, load_runs
from simulator.records.results import Results
from simulator.records.schema import EFFECTS_SCHEMA
from simulator.studies.plan import plan_replications, write_plan
from simulator.studies.store import Store
from simulator.studies.store_compaction import compact_store
from tests.records.small_record import small_record
from tests.studies.fake_player import a_run, record_of


def run_file(folder: Path) -> Path:
    return Store(folder).save(small_record())


def part_file(folder: Path) -> Path:
    for run in (a_run(), a_run(2)):
        Store(folder).save(record_of(run))
    return compact_store(Store(folder))[1] or folder


def plan_file(folder: Path) -> Path:
    return write_plan(folder, "mine", plan_replications(0, {"x": 0.5}, a_run(), [1, 2]), {"study": "{}"})


def effects_file(folder: Path) -> Path:
    file = folder / f"effects{RUN_FILE_SUFFIX}"
    write_effects_table({name: np.array(["heat"], object) if spec.dtype == "str" else np.ones(1, spec.dtype)
                         for name, spec in EFFECTS_SCHEMA.items()}, file)
    return file


KINDS: dict[str, Callable[[Path], Path]] = {"run": run_file, "part": part_file, "plan": plan_file,
                                            "effects": effects_file}


@pytest.mark.parametrize("kind", KINDS)
def test_every_flipped_bit_is_found(kind: str, tmp_path: Path) -> None:
    file = KINDS[kind](tmp_path)
    check_file(file, kind)
    data = file.read_bytes()
    rng = np.random.default_rng(7)
    places = {*rng.integers(0, len(data), 250).tolist(), *range(12), *range(len(data) - 160, len(data))}
    for place in sorted(places):
        changed = bytearray(data)
        changed[place] ^= 1 << int(rng.integers(8))
        file.write_bytes(changed)
        with pytest.raises(DamagedFileError):
            check_file(file, kind)
        with pytest.raises(DamagedFileError, match=str(file)):
            load_runs([file]) if kind in ("run", "part") else read_table(file)
    file.write_bytes(data)
    check_file(file, kind)


@pytest.mark.parametrize("length", [0, 1, 4, 11, 12, 100, 2000, -1, -8, -64])
def test_every_cut_is_found(length: int, tmp_path: Path) -> None:
    file = run_file(tmp_path)
    data = file.read_bytes()
    for wrong in (data[:length], data[:length] + bytes(len(data) - len(data[:length])), data + b"\0"):
        file.write_bytes(wrong)
        with pytest.raises(DamagedFileError):
            check_file(file, "run")


def test_a_file_of_another_kind_run_or_program_is_refused(tmp_path: Path) -> None:
    files = {kind: KINDS[kind](tmp_path / kind) for kind in KINDS if (tmp_path / kind).mkdir() is None}
    for kind, file in files.items():
        for other in KINDS:
            if other != kind:
                with pytest.raises(DamagedFileError, match="another file of results"):
                    check_file(file, other)
    renamed = files["run"].with_name(f"{'f' * 16}{RUN_FILE_SUFFIX}")
    shutil.copy(files["run"], renamed)
    with pytest.raises(DamagedFileError, match="run 0123456789abcdef"):
        check_file(renamed, "run")
    foreign = tmp_path / "foreign.parquet"
    duckdb.execute(f"COPY (SELECT 1 AS run) TO '{foreign}' (FORMAT parquet)")
    with pytest.raises(DamagedFileError, match="no checksum"):
        check_file(foreign)


def test_a_file_of_an_older_version_is_not_called_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "old.parquet"
    duckdb.execute(f"COPY (SELECT 1 AS run) TO '{old}' (FORMAT parquet, KV_METADATA {{schema_version: '3'}})")
    with pytest.raises(OlderVersionError, match="schema 3"):
        check_file(old)
    now = run_file(tmp_path)
    monkeypatch.setattr(checksum, "SCHEMA_VERSION", 99)
    with pytest.raises(OlderVersionError, match="0.6.1 or earlier"):
        check_file(now)


def test_the_footer_gives_what_was_put_into_it(tmp_path: Path) -> None:
    with open(run_file(tmp_path), "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        assert read_footer_value(data, "kind") == "run" and read_footer_value(data, "nothing") == ""
        assert read_footer_value(data, "run") == small_record().run_id


def test_a_sound_file_is_read_once_until_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = run_file(tmp_path)
    check_file(file)
    asked: list[Any] = []
    monkeypatch.setattr(checksum, "_check_content", lambda *words: asked.append(words))
    check_file(file)
    assert not asked
    file.write_bytes(file.read_bytes())
    check_file(file)
    checksum.forget_checked_files()
    check_file(file)
    assert len(asked) == 2
    assert len(Results(tmp_path).files) == 1
