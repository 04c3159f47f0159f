"""Play the runs of a study that are missing, arms of one seed together, in this process or in several."""

from __future__ import annotations

import os
import signal
import time
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

from ..records.record import Record
from ..run import Run
from .store import Store

LOOK = 0.3
"""Seconds between two looks at what is finished."""
CHANCES = 2
"""Times a task may lose its process in company before it is played alone."""


Player = Callable[..., None]
"""player(runs, on_record=keep, threads=n) plays runs that differ only in their levers: engine.fork.play_arms."""


class DiskRefused(OSError):
    """A finished run could not be written: no fault of the run's, and no use in going on."""


@dataclass(frozen=True)
class Failure:
    """A run that could not be played, why, and the trace for whoever mends it."""

    run: str
    seed: int
    levers: str
    error: str
    trace: str = ""


def tasks(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs that differ only in their levers, together: they share their burn-in."""
    found: dict[str, list[Run]] = {}
    for run in runs:
        found.setdefault(replace(run, levers=()).id, []).append(run)
    return list(found.values())


def shares(workers: int | None, threads: int | None, count: int) -> tuple[int, int]:
    """(workers, threads of each) for so many tasks, from what was asked and the machine's cores."""
    cores = os.cpu_count() or 1
    used = max(1, min(workers or cores, count))
    return used, max(1, (threads or cores) // used)


def play_all(runs: Sequence[Run], store: Store, *, workers: int | None = None, threads: int | None = None,
             on_run: Callable[[Run], None] | None = None, player: Player | None = None) -> list[Failure]:
    """Play those of these runs that the store lacks. Results do not depend on workers or threads.

    on_run(run) is called in this process as each run is kept. What fails is noted in the store and returned; the rest
    goes on. KeyboardInterrupt, and OSError when the disk refuses, leave the finished runs in the store.
    """
    store.clean()
    missing = store.missing(runs)
    todo = tasks(missing)
    if not todo:
        return []
    many, each = shares(workers, threads, len(todo))
    if many == 1:
        failures = [failure for task in todo for failure in play_task(task, store.folder, each, on_run, player)]
    else:
        if player is None:
            _compile(todo)
        failures = Crew(store, many, each, on_run, player).play(todo)
    return failures


def play_task(runs: list[Run], folder: Path, threads: int, on_run: Callable[[Run], None] | None = None,
              player: Player | None = None) -> list[Failure]:
    """Play arms that share a burn-in; an arm that fails is left out and the others go on."""
    play = player or _engine()
    store, failures, left = Store(folder), [], list(runs)
    begun = time.perf_counter()

    def keep(run: Run, record: Record) -> None:
        nonlocal begun
        now = time.perf_counter()
        try:
            store.keep(record, now - begun, threads=threads)
        except OSError as problem:
            raise DiskRefused(problem.errno, problem.strerror, problem.filename) from None
        begun = now
        if on_run is not None:
            on_run(run)

    while left:
        try:
            play(left, on_record=keep, threads=threads)
            break
        except DiskRefused:
            raise
        except Exception as problem:
            left = store.missing(left)
            if not left:
                break
            failures.append(_failure(store, left.pop(0), f"{type(problem).__name__}: {problem}",
                                     traceback.format_exc()))
    return failures


def _compile(todo: Sequence[Sequence[Run]]) -> None:
    """Compile in this process what every worker would otherwise compile for itself, at the same time."""
    from ..engine.warm import warm

    warm(max((run for task in todo for run in task), key=lambda run: len(run.levers)))


def _engine() -> Player:
    from ..engine.fork import play_arms

    return play_arms


def _failure(store: Store, run: Run, error: str, trace: str = "") -> Failure:
    store.fail(run, error, trace)
    return Failure(run.id, run.seed, "+".join(sorted(lever.id for lever in run.levers)), error, trace)


def _quiet() -> None:
    """A worker leaves Ctrl-C to the process that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class Crew:
    """Worker processes and the tasks in their hands. A process that dies takes down no other task."""

    def __init__(self, store: Store, workers: int, threads: int, on_run: Callable[[Run], None] | None,
                 player: Player | None = None) -> None:
        self.store, self.workers, self.threads, self.on_run, self.player = store, workers, threads, on_run, player
        self.failures: list[Failure] = []
        self.deaths: dict[str, int] = {}
        self.open: dict[str, Run] = {}

    def play(self, todo: list[list[Run]]) -> list[Failure]:
        """Play all tasks; those whose process died twice in company are played alone, one after the other."""
        self.open = {run.id: run for task in todo for run in task}
        waiting, alone = list(todo), []
        while waiting:
            hurt = self._play_with(waiting, self.workers)
            waiting = [task for task in hurt if self._deaths(task) < CHANCES]
            alone += [task for task in hurt if self._deaths(task) >= CHANCES]
        for task in alone:
            for lost in self._play_with([task], 1):
                self.failures += [_failure(self.store, run, "its process died") for run in self.store.missing(lost)]
        self._tell()
        return self.failures

    def _deaths(self, task: list[Run]) -> int:
        return self.deaths.get(task[0].id, 0)

    def _play_with(self, todo: list[list[Run]], workers: int) -> list[list[Run]]:
        """Play tasks until done or until the pool breaks; returns what is not done, deaths counted."""
        left, flying = list(todo), dict[Future[list[Failure]], list[Run]]()
        pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_quiet)
        try:
            while left or flying:
                while left and len(flying) < workers:
                    future = pool.submit(play_task, left[0], self.store.folder, self.threads, None, self.player)
                    flying[future] = left[0]
                    left.pop(0)
                done, _ = wait(flying, timeout=LOOK, return_when=FIRST_COMPLETED)
                self._tell()
                for future in done:
                    self.failures += future.result()
                    del flying[future]
        except BrokenProcessPool:
            return self._after_death(list(flying.values())) + left
        except BaseException:
            _stop(pool)
            raise
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
        return []

    def _after_death(self, flying: list[list[Run]]) -> list[list[Run]]:
        """What was in flight and is not kept yet, each with one death more to its name."""
        known = {failure.run for failure in self.failures}
        rest = [[run for run in self.store.missing(task) if run.id not in known] for task in flying]
        for task, now in zip(flying, rest):
            for run in now:
                self.deaths[run.id] = self.deaths.get(task[0].id, self.deaths.get(run.id, 0)) + 1
        return [task for task in rest if task]

    def _tell(self) -> None:
        for run_id in [run_id for run_id in self.open if self.store.has(run_id)]:
            run = self.open.pop(run_id)
            if self.on_run is not None:
                self.on_run(run)


def _stop(pool: ProcessPoolExecutor) -> None:
    """End the pool's own processes at once: what they keep, they keep whole."""
    for process in list((getattr(pool, "_processes", None) or {}).values()):
        process.terminate()
