"""Plays tasks in worker processes on this machine. If a worker dies, others go on and play its runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing import connection
from multiprocessing.connection import Connection
from typing import Any

from ..scenario.run import Run
from . import worker_pool
from .store import Store
from .task import (
    Player,
    ProgressListener,
    StoreWriteError,
    record_run_failure,
    split_longest_tasks,
)

MAX_WORKER_DEATHS = 2
"""Deaths of its worker after which a run is played once more, alone."""
SHUTDOWN_TIMEOUT_SECONDS = 5.0
"""Seconds to wait for a worker to end by itself."""


@dataclass
class _Worker:
    process: Any
    pipe: Connection
    runs: list[Run] = field(default_factory=list)
    """The task being played; empty when the worker is free."""
    finished_ids: set[str] = field(default_factory=set)
    """Ids of the runs of the task that are stored or have failed."""

    def list_unfinished_runs(self) -> list[Run]:
        """Runs of the task that are neither stored nor failed."""
        return [run for run in self.runs if run.id not in self.finished_ids]


class LocalExecutor:
    """Assigns tasks to worker processes and stores what fails."""

    def __init__(self, store: Store, threads: int, listener: ProgressListener, player: Player | None = None) -> None:
        self.store, self.threads, self.listener, self.player = store, threads, listener, player
        self.workers: list[_Worker] = []
        self.deaths: dict[str, int] = {}
        self.solo_tasks: list[list[Run]] = []

    def play(self, tasks: Sequence[list[Run]], workers: int) -> None:
        """Play all tasks. StoreWriteError and KeyboardInterrupt end all work at once; stored runs are complete."""
        try:
            self._play_tasks(list(tasks), workers)
            if self.solo_tasks:
                self._release_workers(self.workers[1:])
                self._play_tasks(self.solo_tasks, 1)
        finally:
            self._release_workers(list(self.workers))

    def _play_tasks(self, queue: list[list[Run]], workers: int) -> None:
        while queue or any(worker.runs for worker in self.workers):
            self._assign_tasks(queue, workers)
            busy = [worker for worker in self.workers if worker.runs]
            self.listener.running(len(busy))
            ready = connection.wait([worker.pipe for worker in busy])
            for worker in busy:
                if worker.pipe in ready and not self._receive_message(worker):
                    self._requeue_dead_worker(worker, queue)

    def _assign_tasks(self, queue: list[list[Run]], workers: int) -> None:
        """Send a task to every free worker, without the runs that another process has stored meanwhile.

        The last tasks are halved, so that no worker is idle while another plays a long one.
        """
        free = workers - sum(bool(worker.runs) for worker in self.workers)
        queue[:] = split_longest_tasks(queue, free)
        while queue and sum(bool(worker.runs) for worker in self.workers) < workers:
            runs = queue.pop(0)
            missing = self._list_missing(runs)
            if missing:
                worker = next((known for known in self.workers if not known.runs), None) or self._add_worker()
                worker.runs, worker.finished_ids = missing, set()
                try:
                    worker.pipe.send((missing, self.store.folder, self.threads, self.player))
                except OSError:
                    continue  # the worker died between two tasks: _play_tasks finds its pipe closed

    def _list_missing(self, runs: Sequence[Run]) -> list[Run]:
        missing = self.store.list_missing_runs(runs)
        missing_ids = {run.id for run in missing}
        for run in runs:
            if run.id not in missing_ids:
                self.listener.done(run)
        return missing

    def _add_worker(self) -> _Worker:
        self.workers.append(_Worker(*worker_pool.take_worker()))
        return self.workers[-1]

    def _receive_message(self, worker: _Worker) -> bool:
        """Handle one message from a worker; False if the worker is dead."""
        try:
            kind, content = worker.pipe.recv()
        except (EOFError, OSError):
            return False
        if kind == "done":
            worker.finished_ids.add(worker.runs[content].id)
            self.listener.done(worker.runs[content])
        elif kind == "failed":
            worker.finished_ids.add(content.run)
            self.listener.failed(content)
        elif kind == "disk":
            raise StoreWriteError(*content)
        else:
            worker.runs = []
        return True

    def _requeue_dead_worker(self, worker: _Worker, queue: list[list[Run]]) -> None:
        """Put back what a dead worker left: the run it was playing as a task of its own, the others as another task."""
        self.workers.remove(worker)
        worker.process.join()
        worker.pipe.close()
        unfinished = self._list_missing(worker.list_unfinished_runs())
        if unfinished[1:]:
            queue.insert(0, unfinished[1:])
        for run in unfinished[:1]:
            self.deaths[run.id] = self.deaths.get(run.id, 0) + 1
            if self.deaths[run.id] < MAX_WORKER_DEATHS:
                queue.insert(0, [run])
            elif self.deaths[run.id] == MAX_WORKER_DEATHS:
                self.solo_tasks.append([run])
            else:
                error = f"its process died (exit code {worker.process.exitcode})"
                self.listener.failed(record_run_failure(self.store, run, error))

    def _release_workers(self, workers: Sequence[_Worker]) -> None:
        """Return free workers to the pool, or end them where it keeps none; kill the others.

        All pipes are closed before the first process is waited for, so that workers end at the same time.
        """
        for worker in workers:
            self.workers.remove(worker)
        leaving = [worker for worker in workers
                   if worker.runs or not worker_pool.return_worker(worker.process, worker.pipe)]
        for worker in leaving:
            if worker.runs:
                worker.process.kill()
            worker.pipe.close()
        for worker in leaving:
            worker.process.join(SHUTDOWN_TIMEOUT_SECONDS)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
