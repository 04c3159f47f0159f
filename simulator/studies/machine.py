"""Resources of this machine: free memory, number of workers and threads, and a lock on a folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from ..scenario.run import Run
from ..world.places.selection import count_territory_residents
from .worker_pool import count_cores

WORKER_BASE_BYTES = 400 << 20
"""Bytes of a worker before it builds a world: interpreter, compiled code, libraries."""
BYTES_PER_RESIDENT = 3 << 10
"""Bytes per resident: a world (0.9 KB), its copy for an arm, and temporary arrays of building it."""


def measure_free_memory() -> int:
    """Bytes available to new processes, by the system or the container; 1 << 62 where neither says."""
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


def choose_worker_count(requested: int | None, tasks: int, residents: int) -> int:
    """Number of worker processes: as requested, else what cores and memory allow. At least 1, at most one per task.

    residents: size of a run, for its memory.
    """
    bytes_per_worker = WORKER_BASE_BYTES + BYTES_PER_RESIDENT * residents
    most = requested or min(count_cores(), measure_free_memory() // bytes_per_worker)
    return int(max(1, min(most, tasks)))


def count_residents(run: Run) -> int:
    """About how many residents a run has, within some 2 %, without building its territory.

    Of a population that is given: all its residents, those outside the neighbourhoods chosen included.
    """
    given = run.given_population
    if given is not None and given.residents is not None:
        return len(given.residents["age"])
    territory = run.scenario.territory
    try:
        return count_territory_residents(territory, run.model, {site.id: site for site in run.scenario.sites})
    except ValueError:  # a place that is refused when it is built, with its reason: all of its communes
        return sum(margins.population for margins in territory.margins().values())


def choose_threads_per_worker(requested: int | None, workers: int) -> int:
    """Threads of each worker: as requested, else an equal share of the cores."""
    return max(1, requested or count_cores() // workers)


def precompile_for_workers(tasks: Sequence[Sequence[Run]],
                           progress: Callable[[int, int], None] | None = None) -> None:
    """Compile once, into the cache, what each worker would otherwise compile for itself; progress as for `precompile`.

    The levers of all runs act in the small run that is played for it: what workers have to compile counts as playing.
    """
    from ..engine.precompile import precompile

    levers = {lever.id: lever for task in tasks for run in task for lever in run.levers}
    precompile(replace(tasks[0][0], levers=tuple(levers.values())), progress=progress)


@contextmanager
def try_lock_folder(folder: Path) -> Iterator[bool]:
    """Lock the folder during the block if no other process holds the lock; yields True if it was free.

    The system releases the lock when the process ends, however it ends, and no file is left. Yields False where
    folders cannot be locked (some network disks, Windows): then tasks are played in another order and nothing else
    changes.
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
