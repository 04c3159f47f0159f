"""A results folder against the same folder played again: which runs, tables and figures are the same to the byte."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..i18n.translation import Message
from ..records.files.checksum import DamagedFileError
from ..records.files.folder_check import PARTS_FOLDER, RUNS_FOLDER, SET_ASIDE_FOLDER, STORE_FOLDERS
from ..records.files.parquet import read_table
from ..records.files.run_files import RUN_FILE_SUFFIX
from ..records.results import Results, index_part_files
from ..scenario.run import Run
from .replay_check import ReplayCheck, extract_run
from .run_content import rebuild_run

COMPARED_SUFFIXES = (".csv", ".md", ".parquet", ".png", ".svg")
"""Tables and figures. Texts for the terminal and pages depend on its width, or on who opened them."""
OTHER_COMMANDS = ("maps", "cards")
"""Folders that other commands fill, or that hold what was given."""


@dataclass
class RebuiltRuns:
    """runs: those of a folder, from the settings stored with them. refused: run id to why it cannot be played."""

    runs: list[Run] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def list_stores(folder: Path) -> list[Path]:
    """The folder and those in it that hold runs of their own (lean/, paths/), relative to it."""
    inner = sorted(one for one in folder.iterdir() if one.is_dir() and not one.is_symlink()
                   and one.name not in (*STORE_FOLDERS, SET_ASIDE_FOLDER))
    return [one.relative_to(folder) for one in (folder, *inner)
            if any((one / part).is_dir() for part in (RUNS_FOLDER, PARTS_FOLDER))]


def rebuild_stored_runs(results: Results) -> RebuiltRuns:
    """Every run of a folder, in the order of their keys."""
    found = RebuiltRuns()
    for run_id in list_stored_keys(results):
        try:
            found.runs.append(rebuild_run(results.read_content(run_id), run_id))
        except (ValueError, KeyError, TypeError) as problem:
            found.refused[run_id] = Message("{why}", why=problem)
    return found


def list_stored_keys(results: Results) -> list[str]:
    """Ids of the stored runs, sorted."""
    return [str(row[0]) for row in results.sql("SELECT run FROM kept ORDER BY run").fetchall()]


def compare_folders_run_by_run(old: Results, new: Results, runs: Sequence[str]) -> Iterator[ReplayCheck]:
    """Each of these runs of one folder against the same run of another, whichever commit wrote them."""
    places = [index_part_files([file for file in one.files if file.parent.name == PARTS_FOLDER]) for one in (old, new)]
    with tempfile.TemporaryDirectory() as folder:
        for run in runs:
            files = [_find_run_file(one, run, parts) for one, parts in zip((old, new), places)]
            if files[1] is None:
                yield ReplayCheck(run, False, Message("it failed, or was not played"))
                continue
            same = _read_run_bytes(files[0], run, Path(folder)) == _read_run_bytes(files[1], run, Path(folder))
            yield ReplayCheck(run, same, "" if same else Message("the bytes differ"))


def _find_run_file(results: Results, run: str, parts: dict[str, Path]) -> Path | None:
    file = results.folder / RUNS_FOLDER / f"{run}{RUN_FILE_SUFFIX}"
    return file if file.is_file() else parts.get(run)


def _read_run_bytes(file: Path | None, run: str, folder: Path) -> bytes:
    """A run as the bytes of a file that holds it alone, without what says which version wrote it."""
    assert file is not None, "a run that is listed has a file"
    copy = extract_run([file], run, folder / "run.parquet")
    data = copy.read_bytes()
    copy.unlink()
    return data


@dataclass
class FileComparison:
    """Tables and figures of two folders, relative to them: the same in both, different, and only in the first."""

    same: list[Path] = field(default_factory=list)
    different: list[Path] = field(default_factory=list)
    absent: list[Path] = field(default_factory=list)


def compare_derived_files(old: Path, new: Path) -> FileComparison:
    """The tables and figures that a command made of its runs. Parquet tables count as the same if their values are."""
    found = FileComparison()
    for file in sorted(old.rglob("*")):
        name = file.relative_to(old)
        folders = {*name.parts[:-1]}
        if file.suffix not in COMPARED_SUFFIXES or folders & {*STORE_FOLDERS, SET_ASIDE_FOLDER, *OTHER_COMMANDS}:
            continue
        other = new / name
        kind = found.absent if not other.is_file() else found.same if _hold_the_same(file, other) else found.different
        kind.append(name)
    return found


def _hold_the_same(one: Path, other: Path) -> bool:
    if one.read_bytes() == other.read_bytes():
        return True
    if one.suffix != RUN_FILE_SUFFIX:
        return False
    try:
        tables = [read_table(file) for file in (one, other)]
    except (DamagedFileError, ValueError):
        return False
    return list(tables[0]) == list(tables[1]) and all(
        values.dtype == tables[1][name].dtype and values.tolist().__repr__() == tables[1][name].tolist().__repr__()
        for name, values in tables[0].items())
