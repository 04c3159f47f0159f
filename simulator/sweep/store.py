"""Where the runs of a study are kept: a run is there when its folder has its name, and not before."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ..records.folder import Opened, open_runs, save
from ..records.record import Record
from ..run import Run

RUNS, FAILURES, FIGURES, EFFECTS = "runs", "failures.json", "figures", "effects.parquet"
_TEMPORARY = re.compile(r"^\..+\.(\d+)\.tmp$")


class Store:
    """folder/runs/<run id>/*.parquet, one folder per run, each put in place whole; effects and figures beside them."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self.runs = self.folder / RUNS

    def path(self, run_id: str) -> Path:
        """The folder of a run, whether it is there or not."""
        return self.runs / run_id

    def has(self, run_id: str) -> bool:
        """True if the run is kept here, whole."""
        return self.path(run_id).is_dir()

    def missing(self, runs: Iterable[Run]) -> list[Run]:
        """Runs still to play, each once, in the order given."""
        wanted = {run.id: run for run in runs}
        return [run for run_id, run in wanted.items() if not self.has(run_id)]

    def keep(self, record: Record, provenance: Mapping[str, Any] | None = None) -> Path:
        """Save a finished record; one that is there already is left alone."""
        self.runs.mkdir(parents=True, exist_ok=True)
        return save(record, self.path(record.run_id), provenance)

    def opened(self, runs: Iterable[Run]) -> Opened:
        """Tables of those of these runs that are here, in the order given. FileNotFoundError if none is."""
        return open_runs([self.path(run.id) for run in {run.id: run for run in runs}.values() if self.has(run.id)])

    def clean(self) -> None:
        """Remove what a process that is gone left half written."""
        for path in self.runs.glob(".*.tmp") if self.runs.is_dir() else ():
            owner = _TEMPORARY.match(path.name)
            if owner and not _alive(int(owner.group(1))):
                shutil.rmtree(path, ignore_errors=True)

    def note_failures(self, failures: Iterable[Mapping[str, Any]]) -> None:
        """Write failures.json, whole; remove it when nothing failed."""
        found, path = list(failures), self.folder / FAILURES
        if not found:
            path.unlink(missing_ok=True)
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        temporary.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        os.replace(temporary, path)


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
