"""The store: a folder with the records of a study's runs. A run is stored once its file has its final name.

Nothing is locked. A run's id is a hash of all that its outcome depends on, and a repeated run gives the same bytes. So
any number of processes, on any number of machines, may write into one folder: the first to finish a run renames its
file into place, and the others find it there.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..i18n.translation import Message
from ..records.files.folder_check import (
    FAILED_FOLDER,
    LOG_FOLDER,
    PARTS_FOLDER,
    RUNS_FOLDER,
    STORE_FOLDERS,
    is_sound,
    list_sound_files,
)
from ..records.files.parquet import HOST_NAME, TEMPORARY_NAME, write_text_atomically
from ..records.files.provenance import collect_provenance
from ..records.files.run_files import RUN_FILE_SUFFIX, RunTables, load_runs, save_record
from ..records.record import Record
from ..records.results import index_part_files, read_failures
from ..records.schema import TABLE_SCHEMAS
from ..scenario.run import Run

FIGURES_FOLDER, EFFECTS_FILE = "figures", "effects.parquet"
ABANDONED_AFTER_SECONDS = 86400.0
"""Age in seconds from which a half-written file of another machine counts as abandoned."""


class Store:
    """A results folder. runs/<id>.parquet is one run; parts/ contains files of many runs; failed/ and log/ are JSON."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self.runs = self.folder / RUNS_FOLDER
        self._parts: dict[Path, dict[str, Path]] = {}

    def path(self, run_id: str) -> Path:
        """The file of a run, whether it exists or not."""
        return self.runs / f"{run_id}{RUN_FILE_SUFFIX}"

    def has(self, run_id: str) -> bool:
        """True if the run is stored. A damaged file is set aside."""
        return is_sound(self.folder, self.path(run_id)) or run_id in self.map_compacted_runs()

    def map_compacted_runs(self) -> dict[str, Path]:
        """Run id to the part file that contains it. Each part is read once."""
        parts = list_sound_files(self.folder, PARTS_FOLDER)
        self._parts = {part: self._parts[part] if part in self._parts else index_part_files([part]) for part in parts}
        return {run: part for runs in self._parts.values() for run, part in runs.items()}

    def set_damaged_files_aside(self) -> None:
        """Read every file of the folder; what is damaged or foreign is set aside, each with a line on stderr."""
        for part in STORE_FOLDERS:
            list_sound_files(self.folder, part)

    def list_stored_ids(self) -> set[str]:
        """Ids of all stored runs."""
        return {file.stem for file in list_sound_files(self.folder, RUNS_FOLDER)} | set(self.map_compacted_runs())

    def list_missing_runs(self, runs: Iterable[Run]) -> list[Run]:
        """The runs that are not stored, each once, in the order given."""
        wanted, compacted = {run.id: run for run in runs}, self.map_compacted_runs()
        return [run for run_id, run in wanted.items()
                if run_id not in compacted and not is_sound(self.folder, self.path(run_id))]

    def save(self, record: Record, seconds: float | None = None, **more: Any) -> Path:
        """Save a finished record and return its file. A stored run is not overwritten. OSError if it cannot be written.

        seconds, more: noted in log/ (times and hosts never go into records).
        """
        if self.has(record.run_id):
            return self.path(record.run_id)
        file = save_record(record, self.path(record.run_id))
        self.log_provenance(record.run_id, seconds, **more)
        (self.folder / FAILED_FOLDER / f"{record.run_id}.json").unlink(missing_ok=True)
        return file

    def log_provenance(self, run_id: str, seconds: float | None = None, **more: Any) -> None:
        """Append a line to the log of this process: run id, time, host, versions of libraries, `seconds` and `more`."""
        folder = self.folder / LOG_FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        line = json.dumps({"run": run_id, **collect_provenance(seconds, **more)}, ensure_ascii=False, default=str)
        with open(folder / f"{HOST_NAME}-{os.getpid()}.jsonl", "a", encoding="utf-8") as file:
            file.write(line + "\n")

    def opened(self, runs: Iterable[Run], names: Sequence[str] = tuple(TABLE_SCHEMAS)) -> RunTables:
        """The tables `names` of those of the runs that are stored, in the order given.

        FileNotFoundError if none of the runs is stored.
        """
        parts = self.map_compacted_runs()
        stored = [run_id for run_id in dict.fromkeys(run.id for run in runs) if self.has(run_id)]
        if not stored:
            raise FileNotFoundError(Message("{folder}: none of these runs is here", folder=self.folder))
        files = dict.fromkeys(self.path(run) if self.path(run).is_file() else parts[run] for run in stored)
        return load_runs(list(files), stored if parts else None, names)

    def save_failure(self, run: Run, error: str, trace: str = "") -> None:
        """Write failed/<id>.json for a run that could not be played: its error, traceback and settings."""
        failure = {"run": run.id, "error": error, "trace": trace, "seed": run.seed, "content": run.content(),
                   "levers": "+".join(sorted(lever.id for lever in run.levers)), "host": HOST_NAME,
                   "written": datetime.now(UTC).isoformat(timespec="seconds")}
        file = self.folder / FAILED_FOLDER / f"{run.id}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        write_text_atomically(file, json.dumps(failure, indent=2, ensure_ascii=False, default=str) + "\n")

    def read_failures(self) -> dict[str, Mapping[str, Any]]:
        """Run id to its failure, for runs that failed and have not been stored since."""
        stored_ids, failures = self.list_stored_ids(), read_failures(self.folder)
        return {str(failure["run"]): failure for failure in failures if failure["run"] not in stored_ids}

    def remove_abandoned_files(self) -> None:
        """Remove half-written files of processes that no longer run."""
        for part in (RUNS_FOLDER, PARTS_FOLDER, FAILED_FOLDER, "plans", "."):
            folder = self.folder / part
            for path in folder.glob(".*.tmp") if folder.is_dir() else ():
                owner = TEMPORARY_NAME.match(path.name)
                if owner and _is_abandoned(path, owner.group(1), int(owner.group(2))):
                    path.unlink(missing_ok=True)


def _is_abandoned(path: Path, host: str, pid: int) -> bool:
    """True if the process that was writing the file is gone; for another machine, judged by the file's age."""
    if host == HOST_NAME:
        return not _is_process_alive(pid)
    try:
        return time.time() - path.stat().st_mtime > ABANDONED_AFTER_SECONDS
    except FileNotFoundError:
        return False


def _is_process_alive(pid: int) -> bool:
    if os.name == "nt":
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
