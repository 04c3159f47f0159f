"""A pool of worker processes: started before their tasks are known, and reused within one command.

A process takes seconds to load libraries and model. A command that will need workers starts them first and reads and
checks its configuration meanwhile. This module imports little, because it is imported before anything else.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import connection, get_context, parent_process
from multiprocessing.connection import Connection
from typing import Any

from ..kernel.garbage_collection import raise_gc_threshold

_idle_workers: list[tuple[Any, Connection]] = []
"""Workers without a task: (process, pipe)."""
_keep_requests: list[object] = []
"""One entry per `keep_workers` block that is open."""


def count_cores() -> int:
    """Processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def prestart_workers(arguments: Sequence[str]) -> None:
    """Start as many workers as a command line with these words will use, at most one per core.

    Nothing is checked here: an invalid word starts no worker.
    """
    options = dict(word.split("=", 1) for word in arguments if "=" in word)
    requested = options.get("executor.workers", options.get("workers", str(count_cores())))
    count = min(int(requested), count_cores()) if requested.isdecimal() and len(requested) < 5 else 0
    if count > 1 and options.get("executor", "local") == "local" and options.get("executor.kind", "local") == "local":
        _idle_workers.extend(start_worker(load=True) for _ in range(count))


def start_worker(load: bool = False) -> tuple[Any, Connection]:
    """Spawn a process; returns it and the pipe to it. load: import the model before the first task comes."""
    context = get_context("spawn")
    pipe, worker_pipe = context.Pipe()
    process = context.Process(target=_worker_main, args=(worker_pipe, load), daemon=True)
    process.start()
    worker_pipe.close()
    return process, pipe


def take_worker() -> tuple[Any, Connection]:
    """An idle worker, else a new one."""
    while _idle_workers:
        process, pipe = _idle_workers.pop(0)
        if process.is_alive():
            return process, pipe
        pipe.close()
    return start_worker()


def return_worker(process: Any, pipe: Connection) -> bool:
    """Put a worker back into the pool; False if the pool keeps none, and the caller has to end it."""
    if _keep_requests:
        _idle_workers.append((process, pipe))
    return bool(_keep_requests)


def dismiss_idle_workers() -> None:
    """End all idle workers, unless a `keep_workers` block is open. A worker ends when its pipe is closed."""
    if _keep_requests:
        return
    for _, pipe in _idle_workers:
        pipe.close()
    _idle_workers.clear()


@contextmanager
def keep_workers() -> Iterator[None]:
    """Inside the block, workers are reused for further runs: for a command that plays several times."""
    _keep_requests.append(_idle_workers)
    try:
        yield
    finally:
        _keep_requests.pop()
        dismiss_idle_workers()


def _worker_main(pipe: Connection, load: bool) -> None:
    """Main function of a worker process."""
    raise_gc_threshold()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is handled by the parent
    threading.Thread(target=_exit_with_parent, daemon=True).start()
    from .worker_loop import run_worker_loop

    if load:
        from .task import load_default_player

        load_default_player()
    run_worker_loop(pipe)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)  # results are on disk: a regular exit would take a third of a second to unload libraries


def _exit_with_parent() -> None:
    """End this process at once when its parent ends, however it ends."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
