"""Where the runs of a study are kept: a run is there when its file has its name, and not before. Nothing is locked.

A run's key is a hash of all that its outcome depends on, and a repeat gives the same bytes. So any number of
processes, on any number of machines, may write here: whoever finishes a run first names it, the others find it there.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..records.folder import ENDING, Opened, open_runs, save
from ..records.parquet import HOST, TEMPORARY, write_text
from ..records.provenance import provenance
from ..records.record import Record
from ..records.results import FAILED, PARTS, RUNS_FOLDER, failures, in_parts
from ..records.schema import TABLES
from ..scenario.run import Run

FIGURES, EFFECTS, LOG = "figures", "effects.parquet", "log"
OLD = 86400.0
"""Seconds after which a half-written file of another machine is taken for abandoned."""


class Store:
    """folder/runs/<run>.parquet, one file per run, each put in place whole; failed/, parts/, log/ beside them."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self.runs = self.folder / RUNS_FOLDER
        self._parts: dict[Path, dict[str, Path]] = {}

    def path(self, run_id: str) -> Path:
        """The file of a run, whether it is there or not."""
        return self.runs / f"{run_id}{ENDING}"

    def has(self, run_id: str) -> bool:
        """True if the run is kept here, whole."""
        return self.path(run_id).is_file() or run_id in self.compacted()

    def compacted(self) -> dict[str, Path]:
        """Run to the part file that holds it; parts are read once."""
        folder = self.folder / PARTS
        for part in folder.glob(f"*{ENDING}") if folder.is_dir() else ():
            if part not in self._parts and not part.name.startswith("."):
                self._parts[part] = in_parts([part])
        return {run: part for one in self._parts.values() for run, part in one.items()}

    def kept(self) -> set[str]:
        """Keys of all runs that are here."""
        single = {name[:-len(ENDING)] for name in (os.listdir(self.runs) if self.runs.is_dir() else ())
                  if name.endswith(ENDING) and not name.startswith(".")}
        return single | set(self.compacted())

    def missing(self, runs: Iterable[Run]) -> list[Run]:
        """Runs still to play, each once, in the order given."""
        wanted, here = {run.id: run for run in runs}, self.kept()
        return [run for run_id, run in wanted.items() if run_id not in here]

    def keep(self, record: Record, seconds: float | None = None, **more: Any) -> Path:
        """Save a finished record; one that is there already is left alone. OSError when the disk refuses.

        seconds and more: what to note in log/, where clocks and hosts go.
        """
        if self.has(record.run_id):
            return self.path(record.run_id)
        file = save(record, self.path(record.run_id))
        self.note(record.run_id, seconds, **more)
        (self.folder / FAILED / f"{record.run_id}.json").unlink(missing_ok=True)
        return file

    def note(self, run_id: str, seconds: float | None = None, **more: Any) -> None:
        """One line in this process's own log: who made which run, when, with which libraries."""
        folder = self.folder / LOG
        folder.mkdir(parents=True, exist_ok=True)
        line = json.dumps({"run": run_id, **provenance(seconds, **more)}, ensure_ascii=False, default=str)
        with open(folder / f"{HOST}-{os.getpid()}.jsonl", "a", encoding="utf-8") as file:
            file.write(line + "\n")

    def opened(self, runs: Iterable[Run], names: Sequence[str] = tuple(TABLES)) -> Opened:
        """Tables of these names, of those of these runs that are here, in the order given.

        FileNotFoundError if no run is.
        """
        parts = self.compacted()
        wanted = [run for run in dict.fromkeys(run.id for run in runs) if self.has(run)]
        if not wanted:
            raise FileNotFoundError(f"{self.folder}: none of these runs is here")
        files = dict.fromkeys(self.path(run) if self.path(run).is_file() else parts[run] for run in wanted)
        return open_runs(list(files), wanted if parts else None, names)

    def fail(self, run: Run, error: str, trace: str = "") -> None:
        """Remember a run that could not be played: its error and all its settings."""
        told = {"run": run.id, "error": error, "trace": trace, "seed": run.seed, "content": run.content(),
                "levers": "+".join(sorted(lever.id for lever in run.levers)), "host": HOST,
                "written": datetime.now(UTC).isoformat(timespec="seconds")}
        file = self.folder / FAILED / f"{run.id}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        write_text(file, json.dumps(told, indent=2, ensure_ascii=False, default=str) + "\n")

    def failed(self) -> dict[str, Mapping[str, Any]]:
        """Run to what is known of its failure; a run that was played since has not failed."""
        here = self.kept()
        return {str(one["run"]): one for one in failures(self.folder) if one["run"] not in here}

    def clean(self) -> None:
        """Remove what a process that is gone left half written."""
        for part in (RUNS_FOLDER, PARTS, FAILED, "plans", "."):
            folder = self.folder / part
            for path in folder.glob(".*.tmp") if folder.is_dir() else ():
                owner = TEMPORARY.match(path.name)
                if owner and _abandoned(path, owner.group(1), int(owner.group(2))):
                    path.unlink(missing_ok=True)


def _abandoned(path: Path, host: str, pid: int) -> bool:
    """True if the process that was writing is gone; of another machine's only the age is known."""
    if host == HOST:
        return not _alive(pid)
    try:
        return time.time() - path.stat().st_mtime > OLD
    except FileNotFoundError:
        return False


def _alive(pid: int) -> bool:
    if os.name == "nt":
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
