"""Background tasks of the page: processes that write one file each, such as the prices of a territory or a story."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from .job_control import STOP_TIMEOUT, end_process_group
from .job_guard import build_guarded_command

_tasks: dict[Path, subprocess.Popen[bytes]] = {}


def start_task(file: Path, command: Sequence[str], log: Path | None = None) -> None:
    """Start a command that writes a file. log: file for its output, else discarded. OSError if it cannot start."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with open(log or os.devnull, "wb") as output:
        _tasks[file] = subprocess.Popen(build_guarded_command(list(command)), stdin=subprocess.PIPE, stdout=output,
                                        stderr=subprocess.STDOUT, start_new_session=True)
    threading.Thread(target=_close_lifeline, args=(_tasks[file],), daemon=True).start()


def _close_lifeline(process: subprocess.Popen[bytes]) -> None:
    process.wait()
    if process.stdin is not None:
        process.stdin.close()


def was_task_started(file: Path) -> bool:
    """True if a task was started for the file, whether or not it has ended."""
    return file in _tasks


def is_task_running(file: Path) -> bool:
    """True while the file's task runs."""
    return file in _tasks and _tasks[file].poll() is None


def get_task_exit_code(file: Path) -> int | None:
    """Exit code of the file's task; None if there is none or it still runs."""
    return _tasks[file].poll() if file in _tasks else None


def count_running_tasks(folder: str) -> int:
    """Number of running tasks that write into folders of this name, over all sessions."""
    return sum(file.parent.name == folder and process.poll() is None for file, process in _tasks.items())


def stop_tasks() -> None:
    """End all running tasks, when the server closes."""
    for process in _tasks.values():
        if process.poll() is None:
            with suppress(OSError, subprocess.TimeoutExpired):
                end_process_group(process, signal.SIGTERM)
                process.wait(STOP_TIMEOUT)
    _tasks.clear()
