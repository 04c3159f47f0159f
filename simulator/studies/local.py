"""Worker processes on this machine. One that dies takes down no other, and its runs are played by the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing import connection
from multiprocessing.connection import Connection
from typing import Any

from ..scenario.run import Run
from . import worker_pool
from .store import Store
from .task import DiskRefused, Failure, Player, Watch, fail, play_task, split

CHANCES = 2
"""Times a run may lose its process in company before it is played alone, once."""
PATIENCE = 5.0
"""Seconds a worker is given to end by itself."""


class _Told(Watch):
    """A worker's side: what happens goes through the pipe, with the number of the run in the task."""

    def __init__(self, pipe: Connection, runs: Sequence[Run]) -> None:
        self.pipe, self.place = pipe, {run.id: k for k, run in enumerate(runs)}

    def done(self, run: Run) -> None:
        self.pipe.send(("done", self.place[run.id]))

    def failed(self, failure: Failure) -> None:
        self.pipe.send(("failed", failure))


def work(pipe: Connection) -> None:
    """A worker: (runs, folder, threads, player) come through the pipe until it closes."""
    while True:
        try:
            runs, folder, threads, player = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            play_task(runs, folder, threads, _Told(pipe, runs), player)
            pipe.send(("over", None))
        except BrokenPipeError:
            return
        except OSError as problem:
            pipe.send(("disk", (problem.errno, problem.strerror, problem.filename)))


@dataclass
class _Worker:
    process: Any
    pipe: Connection
    runs: list[Run] = field(default_factory=list)
    """The task in its hands; empty when it is free."""
    settled: set[str] = field(default_factory=set)
    """Keys of those that are kept or have failed."""

    def left(self) -> list[Run]:
        """Runs of its task that are not settled."""
        return [run for run in self.runs if run.id not in self.settled]


class Crew:
    """Worker processes and the tasks in their hands."""

    def __init__(self, store: Store, threads: int, watch: Watch, player: Player | None = None) -> None:
        self.store, self.threads, self.watch, self.player = store, threads, watch, player
        self.workers: list[_Worker] = []
        self.deaths: dict[str, int] = {}
        self.alone: list[list[Run]] = []

    def play(self, todo: Sequence[list[Run]], workers: int) -> None:
        """Play all tasks. DiskRefused ends all work; so does Ctrl-C, at once: what is kept is whole."""
        try:
            self._play(list(todo), workers)
            if self.alone:
                self._end(self.workers[1:])
                self._play(self.alone, 1)
        finally:
            self._end(list(self.workers))

    def _play(self, waiting: list[list[Run]], workers: int) -> None:
        while waiting or any(worker.runs for worker in self.workers):
            self._hand_out(waiting, workers)
            busy = [worker for worker in self.workers if worker.runs]
            self.watch.running(len(busy))
            ready = connection.wait([worker.pipe for worker in busy])
            for worker in busy:
                if worker.pipe in ready and not self._listen(worker):
                    self._bury(worker, waiting)

    def _hand_out(self, waiting: list[list[Run]], workers: int) -> None:
        """A task to every free worker; what somebody else has played meanwhile is left out. The last tasks are
        halved, so that no worker stands idle beside a long one."""
        free = workers - sum(bool(worker.runs) for worker in self.workers)
        waiting[:] = split(waiting, free)
        while waiting and sum(bool(worker.runs) for worker in self.workers) < workers:
            runs = waiting.pop(0)
            missing = self._not_kept(runs)
            if missing:
                worker = next((one for one in self.workers if not one.runs), None) or self._hire()
                worker.runs, worker.settled = missing, set()
                try:
                    worker.pipe.send((missing, self.store.folder, self.threads, self.player))
                except OSError:
                    continue  # it died between two tasks: its pipe is at an end, and _play sees that

    def _not_kept(self, runs: Sequence[Run]) -> list[Run]:
        missing = self.store.missing(runs)
        known = {run.id for run in missing}
        for run in runs:
            if run.id not in known:
                self.watch.done(run)
        return missing

    def _hire(self) -> _Worker:
        self.workers.append(_Worker(*worker_pool.take()))
        return self.workers[-1]

    def _listen(self, worker: _Worker) -> bool:
        """Hear one thing from a worker; False if it is dead."""
        try:
            kind, what = worker.pipe.recv()
        except (EOFError, OSError):
            return False
        if kind == "done":
            worker.settled.add(worker.runs[what].id)
            self.watch.done(worker.runs[what])
        elif kind == "failed":
            worker.settled.add(what.run)
            self.watch.failed(what)
        elif kind == "disk":
            raise DiskRefused(*what)
        else:
            worker.runs = []
        return True

    def _bury(self, worker: _Worker, waiting: list[list[Run]]) -> None:
        """What a dead worker had left: the run it was playing by itself, the others together."""
        self.workers.remove(worker)
        worker.process.join()
        worker.pipe.close()
        left = self._not_kept(worker.left())
        if left[1:]:
            waiting.insert(0, left[1:])
        for run in left[:1]:
            self.deaths[run.id] = self.deaths.get(run.id, 0) + 1
            if self.deaths[run.id] < CHANCES:
                waiting.insert(0, [run])
            elif self.deaths[run.id] == CHANCES:
                self.alone.append([run])
            else:
                self.watch.failed(fail(self.store, run, f"its process died (exit code {worker.process.exitcode})"))

    def _end(self, workers: Sequence[_Worker]) -> None:
        """Let free workers go, to others where they are kept; end those at work at once. All are told to leave before
        one is waited for: they leave side by side."""
        for worker in workers:
            self.workers.remove(worker)
        leaving = [one for one in workers if one.runs or not worker_pool.give(one.process, one.pipe)]
        for worker in leaving:
            if worker.runs:
                worker.process.kill()
            worker.pipe.close()
        for worker in leaving:
            worker.process.join(PATIENCE)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
