"""A damaged, empty or foreign file in a store is set aside with one line, and what it held is played again."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from simulator.app.cli.main import main
from simulator.records.files.checksum import forget_checked_files
from simulator.records.files.folder_check import STORE_FOLDERS
from simulator.records.files.parquet import write_table
from simulator.records.files.run_files import build_file_metadata
from simulator.records.results import Results
from simulator.studies.missing_runs import play_missing_locally
from simulator.studies.plan import plan_replications, write_plan
from simulator.studies.store import Store
from simulator.studies.store_compaction import compact_store
from tests.studies.fake_player import a_run, play_arms, runs

DAMAGES: dict[str, Callable[[Path], object]] = {
    "empty": lambda file: file.write_bytes(b""),
    "cut": lambda file: file.write_bytes(file.read_bytes()[:-7]),
    "half": lambda file: file.write_bytes(file.read_bytes()[:len(file.read_bytes()) // 2 - 3]),
    "binary": lambda file: file.write_bytes(bytes(range(256)) * 9),
    "text": lambda file: file.write_text("une note\n", encoding="utf-8"),
    "altered": lambda file: file.write_bytes(file.read_bytes()[:40] + b"\xff\xfe" + file.read_bytes()[42:]),
}


@pytest.fixture
def folder(tmp_path: Path, in_english: None) -> Path:
    """A store with two parts' worth of runs: four compacted, two single, one failure, a plan and a log."""
    store = Store(tmp_path / "store")
    play(store)
    compact_store(store)
    for run in (a_run(8), a_run(9)):
        play_missing_locally([run], store, workers=1, player=play_arms)
    store.save_failure(a_run(7), "ValueError: d'été")
    write_plan(store.folder, "mine", plan_replications(0, {}, a_run(), [1, 2, 7, 8, 9]), {"study": "{}"})
    return store.folder


def play(store: Store) -> list[str]:
    """Play what the store lacks; returns the ids of what was played."""
    played: list[str] = []
    wanted = [*runs(2), a_run(8), a_run(9)] if (store.folder / "plans").is_dir() else runs(2)
    play_missing_locally(wanted, store, workers=1, player=play_arms, on_run=lambda run: played.append(run.id))
    return played


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("part", STORE_FOLDERS)
def test_one_line_names_it_and_its_runs_are_played_again(part: str, damage: str, folder: Path,
                                                         capsys: pytest.CaptureFixture[str]) -> None:
    file = sorted((folder / part).iterdir())[0]
    before, whole = Results(folder).df("kept"), file.read_bytes()
    DAMAGES[damage](file)
    held = {"runs": 1, "parts": 6}.get(part, 0)
    results = Results(folder)
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"resilience: {file}: ") and "set aside" in line
    assert len(results.df("kept")) == len(before) - held
    (aside,) = (folder / "set_aside" / part).iterdir()
    assert aside.name == file.name and aside.read_bytes() != whole
    assert len(play(Store(folder))) == held
    assert capsys.readouterr().err == ""
    again = Results(folder).df("kept")
    assert again.sort_values("run").reset_index(drop=True).equals(before.sort_values("run").reset_index(drop=True))


@pytest.mark.parametrize("part", STORE_FOLDERS)
@pytest.mark.parametrize("name", ["notes.txt", "Thumbs.db", "run.parquet", "x.json", "a.jsonl", "folder.parquet"])
def test_foreign_files_and_folders_are_set_aside(part: str, name: str, folder: Path,
                                                 capsys: pytest.CaptureFixture[str]) -> None:
    foreign = folder / part / name
    if name.startswith("folder"):
        foreign.mkdir()
    else:
        foreign.write_text("[1, 2]", encoding="utf-8")
    before = len(Results(folder).df("kept"))
    assert capsys.readouterr().err.count("\n") == 1 and not foreign.exists()
    assert (folder / "set_aside" / part / name).exists() and before == 8
    assert play(Store(folder)) == [] and capsys.readouterr().err == ""


PLANTS: dict[str, Callable[[Path], object]] = {
    "pipe": os.mkfifo,
    "link to nothing": lambda file: file.symlink_to("nowhere"),
    "link to itself": lambda file: file.symlink_to(file.name),
    "link to a folder": lambda file: file.symlink_to("/"),
    "device": lambda file: file.symlink_to("/dev/zero"),
    "folder": lambda file: (file.mkdir(), (file / "x").write_text("x")),
    "deep": lambda file: file.write_text("[" * 100_000 + "]" * 100_000),
    "zeros": lambda file: file.write_bytes(bytes(5000)),
}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes and links")
@pytest.mark.parametrize("plant", PLANTS)
@pytest.mark.parametrize("part", STORE_FOLDERS)
def test_what_only_has_the_name_of_a_file_is_set_aside(part: str, plant: str, folder: Path,
                                                       capsys: pytest.CaptureFixture[str]) -> None:
    file = folder / part / ("0123456789abcdef" + sorted((folder / part).iterdir())[0].suffix)
    PLANTS[plant](file)
    assert len(Results(folder).df("kept")) == 8
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"resilience: {file}: ") and "set aside" in line
    assert not os.path.lexists(file) and os.path.lexists(folder / "set_aside" / part / file.name)
    assert play(Store(folder)) == [] and capsys.readouterr().err == ""


def test_playing_alone_heals_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for part in ("runs", "parts"):
        file = sorted((folder / part).iterdir())[0]
        file.write_bytes(file.read_bytes()[:2000])
    assert len(play(Store(folder))) == 7 and capsys.readouterr().err.count("\n") == 2


def test_a_run_under_another_runs_name_is_played_again(folder: Path) -> None:
    one, other = sorted((folder / "runs").iterdir())
    shutil.copy(one, other)
    assert play(Store(folder)) == [other.stem]


def test_a_second_file_of_the_same_name_is_kept_beside_the_first(folder: Path) -> None:
    for _ in range(3):
        file = sorted((folder / "runs").iterdir())[0]
        file.write_bytes(b"")
        assert play(Store(folder)) == [file.stem]
    assert len(list((folder / "set_aside" / "runs").iterdir())) == 3


@pytest.mark.parametrize("command", ["table", "verify", "compact", "report", "analyse", "explain", "map"])
def test_every_command_says_one_line_and_goes_on(command: str, folder: Path,
                                                 capsys: pytest.CaptureFixture[str]) -> None:
    for part in ("runs", "plans", "failed", "log"):
        (sorted((folder / part).iterdir())[0]).write_bytes(b"PAR1")
    main([command, str(folder), *(["sample=0"] if command == "verify" else [])])
    lines = capsys.readouterr().err.splitlines()
    assert sum("set aside" in line for line in lines) == 4
    assert not any("Error" in line or "Traceback" in line for line in lines)


def test_verify_reads_all_and_plays_none(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["verify", str(folder), "sample=0", "lang=en"]
    assert main(words) == 0
    output = capsys.readouterr()
    assert "8 runs read" in output.out and output.err == ""
    file = sorted((folder / "runs").iterdir())[0]
    data = bytearray(file.read_bytes())
    data[len(data) // 3] ^= 4
    file.write_bytes(data)
    assert main(words) == 1
    output = capsys.readouterr()
    assert str(file) in output.err and "7 runs read" in output.out and "1 damaged files" in output.out


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_in_a_folder_that_cannot_be_written_it_is_left_and_not_read(folder: Path) -> None:
    file = sorted((folder / "runs").iterdir())[0]
    file.write_bytes(b"")
    (folder / "runs").chmod(0o500)
    try:
        assert len(Results(folder).df("kept")) == 7 and file.exists()
    finally:
        (folder / "runs").chmod(0o700)


def test_verify_reads_the_tables_of_effects_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder / "effects.parquet"
    write_table(file, {"a": np.arange(3)}, build_file_metadata("effects"))
    assert main(["verify", str(folder), "sample=0"]) == 0
    DAMAGES["altered"](file)
    forget_checked_files()
    capsys.readouterr()
    assert main(["verify", str(folder), "sample=0"]) == 1
    said = capsys.readouterr()
    assert said.err.count("\n") == 1 and "effects.parquet: " in said.err and "1 damaged files" in said.out
    assert (folder / "set_aside" / "effects.parquet").is_file() and not file.exists()
