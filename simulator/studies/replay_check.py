"""Check of reproducibility: stored runs are played again and compared byte by byte."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ..i18n.translation import Message
from ..records.files.folder_check import RUNS_FOLDER
from ..records.files.parquet import quote_sql, read_metadata, write_query
from ..records.files.run_files import RUN_FILE_SUFFIX, build_file_metadata, save_record
from ..records.record import Record
from ..records.results import Results
from ..scenario.run import Run, hash_run_content
from .run_content import rebuild_run
from .task import Player, load_default_player


@dataclass(frozen=True)
class ReplayCheck:
    """identical: the run played again gives the stored bytes. reason: why not, or why it could not be played."""

    run: str
    identical: bool
    reason: str = ""


def sample_stored_runs(results: Results, count: int, seed: int) -> list[str]:
    """Ids of at most `count` stored runs, drawn with this seed."""
    runs = sorted(str(row[0]) for row in results.sql("SELECT run FROM kept").fetchall())
    return sorted(random.Random(seed).sample(runs, min(count, len(runs))))


def list_runs_under_other_keys(results: Results) -> list[str]:
    """Ids of stored runs whose settings give another id."""
    rows = results.sql("SELECT run, content FROM kept ORDER BY run").fetchall()
    return [str(run) for run, content in rows if hash_run_content(json.loads(content)) != run]


def list_rebuilt_runs(results: Results, run_ids: list[str]) -> list[Run]:
    """Those of these stored runs that can be played again."""
    found = []
    for run_id in run_ids:
        try:
            found.append(rebuild_run(results.read_content(run_id), run_id))
        except (ValueError, KeyError, TypeError):
            continue  # verify_stored_runs says why
    return found


def verify_stored_runs(results: Results, runs: list[str], player: Player | None = None) -> Iterator[ReplayCheck]:
    """Play each of these runs again, by itself, and compare it with what is stored."""
    play = player or load_default_player()
    for run_id in runs:
        try:
            run = rebuild_run(results.read_content(run_id), run_id)
        except (ValueError, KeyError, TypeError) as problem:
            yield ReplayCheck(run_id, False, Message("{why}", why=problem))
            continue
        yield _compare_bytes(results, run, play)


def _compare_bytes(results: Results, run: Run, play: Player) -> ReplayCheck:
    records: list[Record] = []
    play([run], on_record=lambda _, record: records.append(record), threads=1)
    with tempfile.TemporaryDirectory() as folder:
        old = results.folder / RUNS_FOLDER / f"{run.id}{RUN_FILE_SUFFIX}"
        metadata = read_metadata(old) if old.is_file() else {}
        new = save_record(records[0], Path(folder) / "new.parquet", metadata)
        if not metadata:  # compacted: both are extracted from a file of runs in the same way
            old = extract_run(results.files, run.id, Path(folder) / "old.parquet")
            new = extract_run([new], run.id, Path(folder) / "again.parquet")
        identical = old.read_bytes() == new.read_bytes()
    return ReplayCheck(run.id, identical, "" if identical else Message("the bytes differ"))


def extract_run(files: list[Path], run_id: str, file: Path) -> Path:
    """Copy one run from files of many runs into `file`; returns `file`. FileNotFoundError if it is in none."""
    listed = ", ".join(map(quote_sql, files))
    source = f"SELECT * FROM read_parquet([{listed}]) WHERE run = {quote_sql(run_id)}"
    if not duckdb.execute(f"SELECT count(*) FROM ({source})").fetchall()[0][0]:
        raise FileNotFoundError(Message("run {run} is in none of {n} files", run=run_id, n=len(files)))
    write_query(file, f"{source} LIMIT 1", {}, build_file_metadata("part"))
    return file
