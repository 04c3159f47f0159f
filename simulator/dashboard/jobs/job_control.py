"""Jobs of the page: each is a process group of its own that writes the runs of one comparison into its folder.

A job outlives the page that started it and ends with the server. Its progress is read from the folder, so that a page
that is loaded again sees it too. A job that is stopped leaves whole runs; started again, it simulates the rest.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ...records.folder_check import FAILED_FOLDER
from ...studies.store import Store
from ..data.workspace import LOG_FILE

JOB_NICENESS = 5
"""Niceness of jobs, so that the page stays responsive."""
STOP_TIMEOUT = 5.0
"""Seconds that a job has to end by itself before it is killed."""
MAX_JOBS = 3
"""Jobs at a time, over all sessions; further ones are refused."""


@dataclass
class _Job:
    process: subprocess.Popen[bytes]
    started_at: float
    runs_before: int
    stopped: bool = False


_jobs: dict[Path, _Job] = {}
_lock = threading.Lock()


@dataclass(frozen=True)
class JobProgress:
    """Progress of a job.

    state: idle, running, done, failed or stopped. done: runs stored, of `total`. failed: runs that failed.
    seconds_left: estimated, None if unknown. last_line: last output line of a failed job.
    """

    state: str
    done: int
    total: int
    failed: int = 0
    seconds_left: float | None = None
    last_line: str = ""


def start_job(folder: Path, command: Sequence[str], runs: Sequence[str]) -> bool:
    """Start a job in a folder. False if one runs there, or too many run elsewhere. OSError if it cannot start.

    runs: ids of the runs it should store.
    """
    with _lock:
        running = sum(job.process.poll() is None for job in _jobs.values())
        if running >= MAX_JOBS or (folder in _jobs and _jobs[folder].process.poll() is None):
            return False
        with open(folder / LOG_FILE, "wb") as log:
            process = subprocess.Popen(list(command), stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                                       start_new_session=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
        if hasattr(os, "setpriority"):
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, process.pid, JOB_NICENESS)
        _jobs[folder] = _Job(process, time.monotonic(), count_stored_runs(folder, runs))
    return True


def stop_job(folder: Path) -> None:
    """End a job with its workers, and wait until it has ended. Finished runs stay."""
    job = _jobs.get(folder)
    if job is None or job.process.poll() is not None:
        return
    job.stopped = True
    _end(job.process, signal.SIGTERM)
    try:
        job.process.wait(STOP_TIMEOUT)
    except subprocess.TimeoutExpired:
        _end(job.process, getattr(signal, "SIGKILL", signal.SIGTERM))
        job.process.wait()
    (folder / ".in_use").unlink(missing_ok=True)


def stop_all_jobs() -> None:
    """End every job, when the server closes."""
    for folder in list(_jobs):
        stop_job(folder)


def _end(process: subprocess.Popen[bytes], signal_number: int) -> None:
    """Send a signal to the process group of a job."""
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal_number)
        else:
            process.send_signal(signal_number)


def count_stored_runs(folder: Path, runs: Sequence[str]) -> int:
    """Number of these runs that the folder holds."""
    return len(set(runs) & Store(folder).list_stored_ids())


def read_job_progress(folder: Path, runs: Sequence[str]) -> JobProgress:
    """Progress of the job in a folder that should store these runs."""
    done, all_runs, job = count_stored_runs(folder, runs), len(set(runs)), _jobs.get(folder)
    failed = len(list((folder / FAILED_FOLDER).glob("*.json"))) if (folder / FAILED_FOLDER).is_dir() else 0
    if job is None:
        return JobProgress("done" if done and done >= all_runs else "idle", done, all_runs, failed)
    code = job.process.poll()
    if code is None:
        new_runs, spent = done - job.runs_before, time.monotonic() - job.started_at
        left = spent / new_runs * (all_runs - done) if new_runs > 0 else None
        return JobProgress("running", done, all_runs, failed, left)
    if job.stopped:
        return JobProgress("stopped", done, all_runs, failed)
    return JobProgress("done" if code == 0 else "failed", done, all_runs, failed,
                       last_line="" if code == 0 else _read_last_line(folder))


def _read_last_line(folder: Path) -> str:
    """The last error line of a job, else the last line of its log; empty without one."""
    try:
        lines = (folder / LOG_FILE).read_text(encoding="utf-8", errors="replace").strip().splitlines()
    except OSError:
        return ""
    lines = [line for line in lines if line.startswith("resilience:")] or lines
    return lines[-1].removeprefix("resilience: ") if lines else ""


def build_module_command(module: str, arguments: Sequence[str]) -> list[str]:
    """The command line that runs one of the project's modules with this interpreter."""
    return [sys.executable, "-m", module, *arguments]
