"""Play the runs that a store lacks: in this process, in several, or on a Dask cluster."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence

from ..records.parquet import HOST
from ..scenario.run import Run
from .executor import Executor
from .local import Crew
from .machine import crew_size, prepare, presence, residents, threads_each
from .store import Store
from .task import Failure, Player, Watch, play_task, tasks
from .worker_pool import dismiss


class _Heard(Watch):
    """Hands everything on, and keeps the failures."""

    def __init__(self, inner: Watch) -> None:
        self.inner, self.failures = inner, list[Failure]()
        self.running = inner.running  # type: ignore[method-assign]
        self.done = inner.done  # type: ignore[method-assign]

    def failed(self, failure: Failure) -> None:
        self.failures.append(failure)
        self.inner.failed(failure)


def play_missing(runs: Sequence[Run], store: Store, executor: Executor, watch: Watch,
                 player: Player | None = None) -> list[Failure]:
    """Play those of these runs that the store lacks; returns what failed. The rest goes on.

    Results depend neither on the executor nor on the order of completion. KeyboardInterrupt, and DiskRefused when a
    run cannot be written, leave the finished runs in the store. Another process may do the same work at the same time.
    """
    store.runs.mkdir(parents=True, exist_ok=True)
    store.clean()
    heard = _Heard(watch)
    with presence(store.runs) as first:
        todo = tasks(store.missing(runs))
        if not first:
            todo.sort(key=_elsewhere)
        try:
            if todo:
                _play(todo, store, executor, heard, player)
        finally:
            dismiss()
            store.clean()  # what a worker was writing when all work was ended
    return heard.failures


def _elsewhere(task: Sequence[Run]) -> bytes:
    """An order of tasks of this process's own, so that two at work on one folder seldom play the same run."""
    return hashlib.sha256(f"{HOST} {os.getpid()} {task[0].id}".encode()).digest()


def _play(todo: list[list[Run]], store: Store, executor: Executor, watch: Watch, player: Player | None) -> None:
    if executor.kind == "dask":
        from .distributed import play_on_dask

        if player is None and not executor.address:
            prepare(todo)
        play_on_dask(todo, store, executor, watch, player)
        return
    workers = crew_size(executor.workers, sum(map(len, todo)), residents(todo[0][0]))
    threads = threads_each(executor.threads, workers)
    if workers > 1:
        if player is None:
            prepare(todo)
        Crew(store, threads, watch, player).play(todo, workers)
        return
    for task in todo:
        watch.running(1)
        play_task(task, store.folder, threads, watch, player)


class _OnRun(Watch):
    def __init__(self, on_run: Callable[[Run], None] | None) -> None:
        self.on_run = on_run

    def done(self, run: Run) -> None:
        if self.on_run is not None:
            self.on_run(run)


def play_all(runs: Sequence[Run], store: Store, *, workers: int | None = None, threads: int | None = None,
             on_run: Callable[[Run], None] | None = None, player: Player | None = None) -> list[Failure]:
    """Play what is missing on this machine; on_run(run) is called in this process as each run is kept."""
    return play_missing(runs, store, Executor("local", workers, threads), _OnRun(on_run), player)
