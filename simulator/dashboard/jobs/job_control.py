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
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ...i18n.system_reason import get_system_reason
from ...records.files.folder_check import FAILED_FOLDER, RUNS_FOLDER
from ...records.files.run_files import RUN_FILE_SUFFIX
from ...studies.store import Store
from ..data.workspace import LOG_FILE
from .job_guard import build_guarded_command

JOB_NICENESS = 5
"""Niceness of jobs, so that the page stays responsive."""
STOP_TIMEOUT = 5.0
"""Seconds that a job has to end by itself before it is killed."""
MAX_JOBS = 3
"""Jobs at a time, over all sessions; further ones wait."""


@dataclass
class _Job:
    """process: None while the job waits for its turn, and if it could not be started."""

    command: list[str]
    runs: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    runs_before: int = 0
    stopped: bool = False
    problem: str = ""

    @property
    def is_waiting(self) -> bool:
        """True until its turn comes."""
        return self.process is None and not self.stopped and not self.problem

    @property
    def is_running(self) -> bool:
        """True while its process runs."""
        return self.process is not None and self.process.poll() is None


_jobs: dict[Path, _Job] = {}
"""Folder to its last job, in the order in which they were asked for."""
_lock = threading.RLock()


@dataclass(frozen=True)
class JobProgress:
    """Progress of a job.

    state: idle, queued, running, done, failed or stopped. done: runs stored, of `total`. failed: runs that failed.
    seconds_left: estimated, None if unknown. last_line: last output line of a failed job. ahead: jobs that are running
    or will start before a queued one.
    """

    state: str
    done: int
    total: int
    failed: int = 0
    seconds_left: float | None = None
    last_line: str = ""
    ahead: int = 0


def start_job(folder: Path, command: Sequence[str], runs: Sequence[str]) -> bool:
    """Start a job in a folder, or let it wait for its turn. False if one runs or waits there.

    runs: ids of the runs it should store. OSError if it cannot start.
    """
    with _lock:
        known = _jobs.pop(folder, None)
        if known is not None and (known.is_running or known.is_waiting):
            _jobs[folder] = known
            return False
        job = _jobs[folder] = _Job(list(command), runs)
        try:
            _start_waiting_jobs()
        finally:
            if job.problem:
                del _jobs[folder]
        return True


def _start_waiting_jobs() -> None:
    """Start those that wait while there is room: first from the session with the fewest running, then the oldest."""
    with _lock:
        while sum(job.is_running for job in _jobs.values()) < MAX_JOBS:
            waiting = _list_waiting_folders()
            if not waiting:
                return
            _start_process(waiting[0], _jobs[waiting[0]])


def _list_waiting_folders() -> list[Path]:
    """Folders whose jobs wait, in the order in which they would start now."""
    running = Counter(folder.parent for folder, job in _jobs.items() if job.is_running)
    waiting = [folder for folder, job in _jobs.items() if job.is_waiting]
    order = []
    while waiting:
        order.append(min(waiting, key=lambda folder: running[folder.parent]))
        waiting.remove(order[-1])
        running[order[-1].parent] += 1
    return order


def _start_process(folder: Path, job: _Job) -> None:
    """Start a job's process. OSError if it cannot start; the job then has a `problem`."""
    try:
        with open(folder / LOG_FILE, "wb") as log:
            job.process = subprocess.Popen(build_guarded_command(job.command), stdin=subprocess.PIPE, stdout=log,
                                           stderr=subprocess.STDOUT, start_new_session=True,
                                           env={**os.environ, "PYTHONUNBUFFERED": "1"})
    except OSError as problem:
        job.problem = get_system_reason(problem)
        raise
    if hasattr(os, "setpriority"):
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, job.process.pid, JOB_NICENESS)
    job.started_at, job.runs_before = time.monotonic(), count_stored_runs(folder, job.runs)
    threading.Thread(target=_follow_job, args=(job.process,), daemon=True).start()


def _follow_job(process: subprocess.Popen[bytes]) -> None:
    """Wait for the end of a job and start the next."""
    process.wait()
    if process.stdin is not None:
        process.stdin.close()
    with suppress(OSError):  # the page of the job that could not start says why
        _start_waiting_jobs()


def stop_job(folder: Path) -> None:
    """End a job with its workers, and wait until it has ended. Finished runs stay. A job that waits never starts."""
    with _lock:
        job = _jobs.get(folder)
        if job is None or not (job.is_running or job.is_waiting):
            return
        job.stopped = True
        process = job.process
    if process is None:
        return
    end_process_group(process, signal.SIGTERM)
    try:
        process.wait(STOP_TIMEOUT)
    except subprocess.TimeoutExpired:
        end_process_group(process, getattr(signal, "SIGKILL", signal.SIGTERM))
        process.wait()
    (folder / ".in_use").unlink(missing_ok=True)


def stop_all_jobs() -> None:
    """End every job, when the server closes: first those that wait, so that none starts meanwhile."""
    for folder in sorted(_jobs, key=lambda folder: _jobs[folder].is_running):
        stop_job(folder)


def end_process_group(process: subprocess.Popen[bytes], signal_number: int) -> None:
    """Send a signal to the process group of a job."""
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal_number)
        else:
            process.send_signal(signal_number)


def count_stored_runs(folder: Path, runs: Sequence[str]) -> int:
    """Number of these runs that the folder holds, by their names: asked every second, it reads no run."""
    single = {file.stem for file in (folder / RUNS_FOLDER).glob(f"*{RUN_FILE_SUFFIX}")}
    return len(set(runs) & (single | set(Store(folder).map_compacted_runs())))


def read_job_progress(folder: Path, runs: Sequence[str]) -> JobProgress:
    """Progress of the job in a folder that should store these runs."""
    done, all_runs, job = count_stored_runs(folder, runs), len(set(runs)), _jobs.get(folder)
    failed = len(list((folder / FAILED_FOLDER).glob("*.json"))) if (folder / FAILED_FOLDER).is_dir() else 0
    if job is None:
        return JobProgress("done" if done and done >= all_runs else "idle", done, all_runs, failed)
    if job.is_waiting:
        with _lock:
            waiting, running = _list_waiting_folders(), sum(other.is_running for other in _jobs.values())
        ahead = running + (waiting.index(folder) if folder in waiting else 0)
        return JobProgress("queued", done, all_runs, failed, ahead=ahead)
    if job.stopped:
        return JobProgress("stopped", done, all_runs, failed)
    if job.process is None:
        return JobProgress("failed", done, all_runs, failed, last_line=job.problem)
    code = job.process.poll()
    if code is None:
        new_runs, spent = done - job.runs_before, time.monotonic() - job.started_at
        left = spent / new_runs * (all_runs - done) if new_runs > 0 else None
        return JobProgress("running", done, all_runs, failed, left)
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
