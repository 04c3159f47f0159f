"""Play the runs that a store lacks: in this process, in several, or on a Dask cluster."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence

from ..records.files.parquet import HOST_NAME
from ..scenario.run import Run
from .executor_settings import ExecutorSettings
from .local_executor import LocalExecutor
from .machine import (
    choose_threads_per_worker,
    choose_worker_count,
    count_residents,
    precompile_for_workers,
    try_lock_folder,
)
from .store import Store
from .task import Player, ProgressListener, RunFailure, group_runs_into_tasks, play_task
from .worker_pool import dismiss_idle_workers


class _FailureCollector(ProgressListener):
    """Passes every call on to another listener, and collects the failures."""

    def __init__(self, inner: ProgressListener) -> None:
        self.inner, self.failures = inner, list[RunFailure]()
        self.compiling = inner.compiling  # type: ignore[method-assign]
        self.running = inner.running  # type: ignore[method-assign]
        self.done = inner.done  # type: ignore[method-assign]

    def failed(self, failure: RunFailure) -> None:
        self.failures.append(failure)
        self.inner.failed(failure)


def play_missing(runs: Sequence[Run], store: Store, executor: ExecutorSettings, listener: ProgressListener,
                 player: Player | None = None) -> list[RunFailure]:
    """Play the runs that the store lacks; returns the failures. A run that fails does not stop the others.

    Results depend neither on the executor nor on the order of completion. KeyboardInterrupt, and StoreWriteError when
    a run cannot be written, leave the finished runs in the store. Other processes may do the same work meanwhile.
    """
    store.runs.mkdir(parents=True, exist_ok=True)
    store.remove_abandoned_files()
    store.set_damaged_files_aside()
    collector = _FailureCollector(listener)
    with try_lock_folder(store.runs) as is_first:
        missing_tasks = group_runs_into_tasks(store.list_missing_runs(runs))
        if not is_first:
            missing_tasks.sort(key=_task_order_key)
        try:
            if missing_tasks:
                _dispatch_tasks(missing_tasks, store, executor, collector, player)
        finally:
            dismiss_idle_workers()
            store.remove_abandoned_files()  # what workers were writing when they were stopped
    return collector.failures


def _task_order_key(task: Sequence[Run]) -> bytes:
    """Sort key that differs between processes, so that two working on one folder seldom play the same run."""
    return hashlib.sha256(f"{HOST_NAME} {os.getpid()} {task[0].id}".encode()).digest()


def _dispatch_tasks(missing_tasks: list[list[Run]], store: Store, executor: ExecutorSettings,
                    listener: ProgressListener, player: Player | None) -> None:
    if executor.kind == "dask":
        from .dask_executor import play_on_dask

        if player is None and not executor.address:
            precompile_for_workers(missing_tasks, listener.compiling)
        play_on_dask(missing_tasks, store, executor, listener, player)
        return
    workers = choose_worker_count(executor.workers, sum(map(len, missing_tasks)), count_residents(missing_tasks[0][0]))
    threads = choose_threads_per_worker(executor.threads, workers)
    if player is None:
        precompile_for_workers(missing_tasks, listener.compiling)
    if workers > 1:
        LocalExecutor(store, threads, listener, player).play(missing_tasks, workers)
        return
    for task in missing_tasks:
        listener.running(1)
        play_task(task, store.folder, threads, listener, player)


class _CallbackListener(ProgressListener):
    def __init__(self, on_run: Callable[[Run], None] | None) -> None:
        self.on_run = on_run

    def done(self, run: Run) -> None:
        if self.on_run is not None:
            self.on_run(run)


def play_missing_locally(runs: Sequence[Run], store: Store, *, workers: int | None = None, threads: int | None = None,
                         on_run: Callable[[Run], None] | None = None, player: Player | None = None) -> list[RunFailure]:
    """Play what is missing on this machine; on_run(run) is called in this process as each run is stored."""
    return play_missing(runs, store, ExecutorSettings("local", workers, threads), _CallbackListener(on_run), player)
