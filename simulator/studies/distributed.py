"""The same tasks on a Dask cluster: one that is there, by its address, or one started on this machine."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from ..records.folder import ENDING
from ..records.parquet import put, temporary
from ..records.results import FAILED, RUNS_FOLDER
from ..scenario.run import Run
from .executor import Executor
from .machine import crew_size, prepare, residents, threads_each
from .store import LOG, Store
from .task import DiskRefused, Failure, Player, Watch, fail, play_task

WAIT = 20
"""Seconds for a scheduler to answer."""
AHEAD = 2
"""Tasks handed out per thread of the cluster: enough to keep it busy, few enough to see what others have played."""


def one_line(problem: BaseException) -> str:
    """What went wrong, on one line."""
    return " ".join(f"{type(problem).__name__}: {problem}".split())


class Unreachable(Exception):
    """No scheduler answers at the address."""


@dataclass
class _Outcome(Watch):
    """What became of a task, as it travels back. files: name in the store to bytes, where disks are not shared."""

    kept: list[str] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    def done(self, run: Run) -> None:
        self.kept.append(run.id)

    def failed(self, failure: Failure) -> None:
        self.failures.append(failure)


def _remote(runs: Sequence[Run], folder: str | None, threads: int, player: Player | None) -> _Outcome:
    """A task on a worker of the cluster. Without a shared folder everything it wrote goes back."""
    outcome = _Outcome()
    if folder is not None:
        play_task(runs, Path(folder), threads, outcome, player)
        return outcome
    with tempfile.TemporaryDirectory() as own:
        play_task(runs, Path(own), threads, outcome, player)
        outcome.files = {str(file.relative_to(own)): file.read_bytes()
                         for part in (RUNS_FOLDER, FAILED, LOG) for file in sorted((Path(own) / part).glob("*"))}
    return outcome


@contextmanager
def _cluster(executor: Executor, count: int, first: Run) -> Iterator[tuple[Any, int]]:
    """A client of the cluster, and the threads of each task."""
    dask = import_module("distributed")
    if executor.address:
        try:
            client = dask.Client(executor.address, timeout=WAIT)
        except (OSError, ValueError) as problem:
            raise Unreachable(str(problem) or type(problem).__name__) from None
        with client:
            yield client, executor.threads or 1
        return
    workers = crew_size(executor.workers, count, residents(first))
    with (tempfile.TemporaryDirectory() as own,
          dask.LocalCluster(n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None,
                            silence_logs=50, local_directory=own) as local, dask.Client(local) as client):
        yield client, threads_each(executor.threads, workers)


def play_on_dask(todo: list[list[Run]], store: Store, executor: Executor, watch: Watch, player: Player | None) -> None:
    """Play all tasks. A worker that dies is replaced by the cluster and its tasks are played again by others.

    Unreachable if nobody answers at the address; DiskRefused when a finished run cannot be written.
    """
    with _cluster(executor, len(todo), todo[0][0]) as (client, threads):
        if executor.address and player is None:  # its workers may share a cache: one compiles for all
            wait_for = client.submit(prepare, todo[:1], pure=False)
            wait_for.exception()
        Field(client, store, executor, watch).play(
            todo, lambda runs, folder: client.submit(_remote, runs, folder, threads, player, pure=False))


class Field:
    """Tasks in flight on a cluster."""

    def __init__(self, client: Any, store: Store, executor: Executor, watch: Watch) -> None:
        self.client, self.store, self.watch = client, store, watch
        self.folder = str(store.folder.resolve()) if executor.shared else None
        self.flying: dict[Any, list[Run]] = {}

    def play(self, waiting: list[list[Run]], submit: Callable[[list[Run], str | None], Any]) -> None:
        """Hand out tasks until all are done; none is kept in memory for longer than it takes to write it."""
        waiting, finished = list(waiting), import_module("distributed").as_completed([])
        try:
            while waiting or self.flying:
                room = AHEAD * max(1, sum(self.client.nthreads().values()))
                while waiting and len(self.flying) < room:
                    future = submit(waiting[0], self.folder)
                    self.flying[future] = waiting.pop(0)
                    finished.add(future)
                self.watch.running(min(len(self.flying), max(1, room // AHEAD)))
                future = next(finished)
                waiting += self._land(future, self.flying.pop(future))
        except BaseException:
            self.client.cancel(list(self.flying))
            raise

    def _land(self, future: Any, runs: list[Run]) -> list[list[Run]]:
        """Keep what a task brought. What is to be tried again, one by one: a task that killed all its workers."""
        try:
            outcome = future.result()
        except DiskRefused:
            raise
        except Exception as problem:
            if len(runs) > 1:
                return [[run] for run in runs]
            died = "Killed" in type(problem).__name__
            self.watch.failed(fail(self.store, runs[0], "its workers died" if died else one_line(problem)))
            return []
        self._write(outcome.files)
        by_key = {run.id: run for run in runs}
        for run_id in outcome.kept:
            self.watch.done(by_key[run_id])
        for failure in outcome.failures:
            self.watch.failed(failure)
        return []

    def _write(self, files: dict[str, bytes]) -> None:
        for name, content in files.items():
            file = self.store.folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            if file.parent.name == LOG:
                with open(file, "ab") as log:
                    log.write(content)
            elif file.suffix != ENDING or not self.store.has(file.stem):
                half = temporary(file)
                try:
                    half.write_bytes(content)
                    put(half, file)
                except OSError as problem:
                    raise DiskRefused(problem.errno, problem.strerror, str(file)) from None
                finally:
                    half.unlink(missing_ok=True)
