"""Plays tasks on a Dask cluster: an existing one, by its address, or one started on this machine."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from ..records.files.folder_check import FAILED_FOLDER, LOG_FOLDER, RUNS_FOLDER
from ..records.files.parquet import write_bytes_atomically
from ..records.files.run_files import RUN_FILE_SUFFIX
from ..scenario.run import Run
from .executor_settings import ExecutorSettings
from .machine import choose_threads_per_worker, choose_worker_count, count_residents, precompile_for_workers
from .store import Store
from .task import Player, ProgressListener, RunFailure, StoreWriteError, play_task, record_run_failure

CONNECT_TIMEOUT_SECONDS = 20
"""Seconds to wait for a scheduler's answer."""
TASKS_PER_THREAD = 2
"""Tasks submitted per thread of the cluster: enough to keep it busy, few enough to notice what others have played."""


def format_exception_line(problem: BaseException) -> str:
    """An exception's type and message, on one line."""
    return " ".join(f"{type(problem).__name__}: {problem}".split())


class SchedulerUnreachableError(Exception):
    """No scheduler answers at the address."""


@dataclass
class _TaskOutcome(ProgressListener):
    """The outcome of a task, as a worker returns it.

    files: path in the store to content, if the worker does not see the results folder.
    """

    stored_runs: list[str] = field(default_factory=list)
    failures: list[RunFailure] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    def done(self, run: Run) -> None:
        self.stored_runs.append(run.id)

    def failed(self, failure: RunFailure) -> None:
        self.failures.append(failure)


def _play_on_worker(runs: Sequence[Run], folder: str | None, threads: int, player: Player | None) -> _TaskOutcome:
    """Play a task; runs on a worker. If `folder` is None, the files it wrote are returned in the outcome."""
    outcome = _TaskOutcome()
    if folder is not None:
        play_task(runs, Path(folder), threads, outcome, player)
        return outcome
    with tempfile.TemporaryDirectory() as scratch:
        play_task(runs, Path(scratch), threads, outcome, player)
        outcome.files = {str(file.relative_to(scratch)): file.read_bytes()
                         for part in (RUNS_FOLDER, FAILED_FOLDER, LOG_FOLDER)
                         for file in sorted((Path(scratch) / part).glob("*"))}
    return outcome


@contextmanager
def _connect_cluster(executor: ExecutorSettings, count: int, first: Run) -> Iterator[tuple[Any, int]]:
    """A client of the cluster, and the number of threads of each task. `count` is the number of tasks."""
    dask = import_module("distributed")
    if executor.address:
        try:
            client = dask.Client(executor.address, timeout=CONNECT_TIMEOUT_SECONDS)
        except (OSError, ValueError) as problem:
            raise SchedulerUnreachableError(str(problem) or type(problem).__name__) from None
        with client:
            yield client, executor.threads or 1
        return
    workers = choose_worker_count(executor.workers, count, count_residents(first))
    with (tempfile.TemporaryDirectory() as scratch,
          dask.LocalCluster(n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None,
                            silence_logs=50, local_directory=scratch) as local, dask.Client(local) as client):
        close_http_ports(client)
        yield client, choose_threads_per_worker(executor.threads, workers)


def close_http_ports(client: Any) -> None:
    """Close the ports on which a cluster that we started serves pages: Dask opens them also without a dashboard."""
    plugin = import_module("distributed").WorkerPlugin

    class ClosePages(plugin):  # type: ignore[misc, valid-type]
        def setup(self, worker: Any) -> None:
            worker.http_server.stop()

    client.run_on_scheduler(lambda dask_scheduler: dask_scheduler.http_server.stop())
    client.register_plugin(ClosePages())


def play_on_dask(tasks: list[list[Run]], store: Store, executor: ExecutorSettings, listener: ProgressListener,
                 player: Player | None) -> None:
    """Play all tasks. The cluster replaces a worker that dies; other workers play its tasks again.

    SchedulerUnreachableError if no scheduler answers at the address; StoreWriteError when a run cannot be written.
    """
    with _connect_cluster(executor, len(tasks), tasks[0][0]) as (client, threads):
        if executor.address and player is None:  # workers may share a cache: one compiles for all of them
            compilation = client.submit(precompile_for_workers, tasks[:1], pure=False)
            compilation.exception()
        DaskExecutor(client, store, executor, listener).play(
            tasks, lambda runs, folder: client.submit(_play_on_worker, runs, folder, threads, player, pure=False))


class DaskExecutor:
    """Submits tasks to a cluster and stores what they return."""

    def __init__(self, client: Any, store: Store, executor: ExecutorSettings, listener: ProgressListener) -> None:
        self.client, self.store, self.listener = client, store, listener
        self.folder = str(store.folder.resolve()) if executor.shared else None
        self.in_flight: dict[Any, list[Run]] = {}

    def play(self, waiting: list[list[Run]], submit: Callable[[list[Run], str | None], Any]) -> None:
        """Submit tasks until all are done. A result is dropped from memory as soon as it is written."""
        waiting, finished = list(waiting), import_module("distributed").as_completed([])
        try:
            while waiting or self.in_flight:
                capacity = TASKS_PER_THREAD * max(1, sum(self.client.nthreads().values()))
                while waiting and len(self.in_flight) < capacity:
                    future = submit(waiting[0], self.folder)
                    self.in_flight[future] = waiting.pop(0)
                    finished.add(future)
                self.listener.running(min(len(self.in_flight), max(1, capacity // TASKS_PER_THREAD)))
                future = next(finished)
                waiting += self._collect_result(future, self.in_flight.pop(future))
        except BaseException:
            self.client.cancel(list(self.in_flight))
            raise

    def _collect_result(self, future: Any, runs: list[Run]) -> list[list[Run]]:
        """Store the result of a task. Returns tasks to play again: its runs one by one, if the task itself failed."""
        try:
            outcome = future.result()
        except StoreWriteError:
            raise
        except Exception as problem:
            if len(runs) > 1:
                return [[run] for run in runs]
            died = "Killed" in type(problem).__name__
            error = "its workers died" if died else format_exception_line(problem)
            self.listener.failed(record_run_failure(self.store, runs[0], error))
            return []
        self._store_files(outcome.files)
        runs_by_id = {run.id: run for run in runs}
        for run_id in outcome.stored_runs:
            self.listener.done(runs_by_id[run_id])
        for failure in outcome.failures:
            self.listener.failed(failure)
        return []

    def _store_files(self, files: dict[str, bytes]) -> None:
        for name, content in files.items():
            file = self.store.folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            if file.parent.name == LOG_FOLDER:
                with open(file, "ab") as log:
                    log.write(content)
            elif file.suffix != RUN_FILE_SUFFIX or not self.store.has(file.stem):
                try:
                    write_bytes_atomically(file, content)
                except OSError as problem:
                    raise StoreWriteError(problem.errno, problem.strerror, str(file)) from None
