"""What this machine can carry: cores, memory, and whether others are at work in the same folder."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ..scenario.run import Run
from .worker_pool import cores

BASE = 400 << 20
"""Bytes of a worker before it has built anything: interpreter, compiled code, libraries."""
EACH = 3 << 10
"""Bytes per resident: a world (0.9 KB), its copy for an arm, and what building takes."""


def memory() -> int:
    """Bytes free for new processes: what the system or the container allows; a large number where nobody says."""
    free = 1 << 62
    try:
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                free = int(line.split()[1]) << 10
        limit = Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii").strip()
        if limit.isdigit():
            used = int(Path("/sys/fs/cgroup/memory.current").read_text(encoding="ascii"))
            free = min(free, int(limit) - used)
    except (OSError, ValueError):
        pass
    return free


def crew_size(asked: int | None, tasks: int, residents: int) -> int:
    """Worker processes for so many tasks: as asked, else as many as cores and memory carry; one at least."""
    most = asked or min(cores(), memory() // (BASE + EACH * residents))
    return int(max(1, min(most, tasks)))


def residents(run: Run) -> int:
    """Residents of the run's territory, at most: of whole communes."""
    return int(sum(margin.population for margin in run.scenario.territory.margins().values()))


def threads_each(asked: int | None, workers: int) -> int:
    """Threads of each worker: as asked, else the cores shared out."""
    return max(1, asked or cores() // workers)


def prepare(todo: Sequence[Sequence[Run]]) -> None:
    """Compile in this process what every worker would otherwise compile for itself, at the same time."""
    from ..engine.precompile import warm

    warm(max((run for task in todo for run in task), key=lambda run: len(run.levers)))


@contextmanager
def presence(folder: Path) -> Iterator[bool]:
    """True inside the block if no other process is at work in the folder.

    The system forgets this when the process ends, however it ends: no file is left. Where it cannot be known (some
    network disks, Windows) the answer is False, which costs order and nothing else.
    """
    try:
        import fcntl

        handle = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):
        yield False
        return
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            alone = True
        except OSError:
            alone = False
        yield alone
    finally:
        os.close(handle)
