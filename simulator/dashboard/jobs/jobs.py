"""Work that goes on while people look at the page: each job a process group of its own, writing into one folder.

A job outlives the page that started it, and ends with the server. How far it is, is read from its folder, so that a
page that is loaded again sees it too. Ended before its time, it leaves whole runs: started again, it plays the rest.
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

from ...records.results import FAILED
from ...studies.store import Store
from .workspace import LOG

POLITE = 5
"""Niceness of jobs: the page answers first."""
PATIENCE = 5.0
"""Seconds a job is given to end by itself."""
TOGETHER = 3
"""Jobs at a time, of all sessions; the next must wait."""


@dataclass
class _Job:
    process: subprocess.Popen[bytes]
    begun: float
    had: int
    stopped: bool = False


_jobs: dict[Path, _Job] = {}
_lock = threading.Lock()


@dataclass(frozen=True)
class Progress:
    """state: idle, running, done, failed, stopped. done of all runs are there; left: seconds still to go, or None."""

    state: str
    done: int
    all: int
    failed: int = 0
    left: float | None = None
    said: str = ""


def start(folder: Path, command: Sequence[str], runs: Sequence[str]) -> bool:
    """Start a job in a folder. False if one is at work there, or too many are elsewhere. OSError if it cannot start."""
    with _lock:
        busy = sum(job.process.poll() is None for job in _jobs.values())
        if busy >= TOGETHER or (folder in _jobs and _jobs[folder].process.poll() is None):
            return False
        with open(folder / LOG, "wb") as log:
            process = subprocess.Popen(list(command), stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                                       start_new_session=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
        if hasattr(os, "setpriority"):
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, process.pid, POLITE)
        _jobs[folder] = _Job(process, time.monotonic(), kept(folder, runs))
    return True


def stop(folder: Path) -> None:
    """End a job, its workers with it, and wait until it has ended. What it has finished stays."""
    job = _jobs.get(folder)
    if job is None or job.process.poll() is not None:
        return
    job.stopped = True
    _end(job.process, signal.SIGTERM)
    try:
        job.process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        _end(job.process, getattr(signal, "SIGKILL", signal.SIGTERM))
        job.process.wait()
    (folder / ".in_use").unlink(missing_ok=True)


def stop_all() -> None:
    """End every job: the server is closing."""
    for folder in list(_jobs):
        stop(folder)


def _end(process: subprocess.Popen[bytes], how: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, how)
        else:
            process.send_signal(how)


def kept(folder: Path, runs: Sequence[str]) -> int:
    """How many of these runs are in the folder."""
    return len(set(runs) & Store(folder).kept())


def progress(folder: Path, runs: Sequence[str]) -> Progress:
    """How far the work in a folder is."""
    done, all_runs, job = kept(folder, runs), len(set(runs)), _jobs.get(folder)
    failed = len(list((folder / FAILED).glob("*.json"))) if (folder / FAILED).is_dir() else 0
    if job is None:
        return Progress("done" if done and done >= all_runs else "idle", done, all_runs, failed)
    code = job.process.poll()
    if code is None:
        fresh, spent = done - job.had, time.monotonic() - job.begun
        left = spent / fresh * (all_runs - done) if fresh > 0 else None
        return Progress("running", done, all_runs, failed, left)
    if job.stopped:
        return Progress("stopped", done, all_runs, failed)
    return Progress("done" if code == 0 else "failed", done, all_runs, failed, said="" if code == 0 else _last(folder))


def _last(folder: Path) -> str:
    """The last line a job said, for whoever must mend something."""
    try:
        lines = (folder / LOG).read_text(encoding="utf-8", errors="replace").strip().splitlines()
    except OSError:
        return ""
    told = [line for line in lines if line.startswith("resilience:")] or lines
    return told[-1].removeprefix("resilience: ") if told else ""


def python(module: str, words: Sequence[str]) -> list[str]:
    """The command line that runs one of the project's modules with this interpreter."""
    return [sys.executable, "-m", module, *words]
