"""Stored runs played again: are the bytes the same?"""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ..records.folder import ENDING, metadata, save
from ..records.parquet import text, write_query
from ..records.record import Record
from ..records.results import RUNS_FOLDER, Results
from ..scenario.run import Run
from .rebuild import rebuilt
from .task import Player, engine


@dataclass(frozen=True)
class Verdict:
    """same: the run played again gives the stored bytes; why: what stood in the way, or how they differ."""

    run: str
    same: bool
    why: str = ""


def sample(results: Results, count: int, seed: int) -> list[str]:
    """Keys of at most `count` stored runs, the same for the same seed."""
    runs = sorted(str(row[0]) for row in results.sql("SELECT run FROM kept").fetchall())
    return sorted(random.Random(seed).sample(runs, min(count, len(runs))))


def verify(results: Results, runs: list[str], player: Player | None = None) -> Iterator[Verdict]:
    """Each of these runs, played again by itself and compared."""
    play = player or engine()
    for run_id in runs:
        (content,), = results.sql(f"SELECT content FROM kept WHERE run = {text(run_id)}").fetchall()
        try:
            run = rebuilt(json.loads(content), run_id)
        except (ValueError, KeyError, TypeError) as problem:
            yield Verdict(run_id, False, " ".join(str(problem).split()))
            continue
        yield _compared(results, run, play)


def _compared(results: Results, run: Run, play: Player) -> Verdict:
    found: list[Record] = []
    play([run], on_record=lambda _, record: found.append(record), threads=1)
    with tempfile.TemporaryDirectory() as folder:
        new, old = save(found[0], Path(folder) / "new.parquet"), results.folder / RUNS_FOLDER / f"{run.id}{ENDING}"
        if not old.is_file():  # compacted: both are written out of a file of runs, by the same hand
            old = extract(results.files, run.id, Path(folder) / "old.parquet")
            new = extract([new], run.id, Path(folder) / "again.parquet")
        same = old.read_bytes() == new.read_bytes()
    return Verdict(run.id, same, "" if same else "the bytes differ")


def extract(files: list[Path], run_id: str, file: Path) -> Path:
    """A run out of files of many runs, as a file of its own. OSError if it is in none."""
    source = f"SELECT * FROM read_parquet([{', '.join(text(one) for one in files)}]) WHERE run = {text(run_id)}"
    if not duckdb.execute(f"SELECT count(*) FROM ({source})").fetchall()[0][0]:
        raise FileNotFoundError(f"run {run_id} is in none of {len(files)} files")
    write_query(file, f"{source} LIMIT 1", {}, metadata())
    return file
