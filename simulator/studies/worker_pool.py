"""Worker processes started before it is known what they will play, or kept for the next runs of one command.

A process takes seconds to load the libraries and the model. A command that will need some says so at once, reads and
checks what it was asked meanwhile, and finds them ready. This file is light: it is imported before anything else.
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

from ..kernel.gc import collect_seldom

_waiting: list[tuple[Any, Connection]] = []
"""Processes without work, and the pipes to them."""
_keepers: list[object] = []
"""Blocks that keep them."""


def cores() -> int:
    """Processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def begin(words: Sequence[str]) -> None:
    """Start as many workers as a command line of these words will want, at most as there are processors.

    Nothing is refused here: who cannot read a word starts none.
    """
    said = dict(word.split("=", 1) for word in words if "=" in word)
    asked = said.get("executor.workers", said.get("workers", str(cores())))
    count = min(int(asked), cores()) if asked.isdecimal() and len(asked) < 5 else 0
    if count > 1 and said.get("executor", "local") == "local" and said.get("executor.kind", "local") == "local":
        _waiting.extend(start(load=True) for _ in range(count))


def start(load: bool = False) -> tuple[Any, Connection]:
    """A new process (spawned) and the pipe to it. load: what a simulation takes is loaded before work comes."""
    context = get_context("spawn")
    mine, its = context.Pipe()
    process = context.Process(target=_attend, args=(its, load), daemon=True)
    process.start()
    its.close()
    return process, mine


def take() -> tuple[Any, Connection]:
    """A process that waits for work, else a new one."""
    while _waiting:
        process, pipe = _waiting.pop(0)
        if process.is_alive():
            return process, pipe
        pipe.close()
    return start()


def give(process: Any, pipe: Connection) -> bool:
    """Hand a process without work back, for whoever needs one next; False if nobody will."""
    if _keepers:
        _waiting.append((process, pipe))
    return bool(_keepers)


def dismiss() -> None:
    """Let all go that wait, unless they are kept: they end when nobody can send them work any more."""
    if _keepers:
        return
    for _, pipe in _waiting:
        pipe.close()
    _waiting.clear()


@contextmanager
def kept() -> Iterator[None]:
    """Inside the block, processes outlive the runs they were started for: for a command that plays many times."""
    _keepers.append(_waiting)
    try:
        yield
    finally:
        _keepers.pop()
        dismiss()


def _attend(pipe: Connection, load: bool) -> None:
    """What a new process does."""
    collect_seldom()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started it
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    from .local import work

    if load:
        from .task import engine

        engine()
    work(pipe)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)  # what it made is on the disk: taking libraries and compiled code apart takes a third of a second


def _leave_with_parent() -> None:
    """End at once when the process that started this one is gone, however it went."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
