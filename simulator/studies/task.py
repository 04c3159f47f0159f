"""Tasks: runs that share a burn-in, played one after the other in one process and stored one by one."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..records.record import Record
from ..scenario.run import Run
from .store import Store

Player = Callable[..., None]
"""player(runs, on_record=function(run, record), threads=n) plays runs that share a burn-in: `engine.fork.play_arms`."""


class StoreWriteError(OSError):
    """A finished run could not be written. This is not a failure of the run, and others would fail alike."""


@dataclass(frozen=True)
class RunFailure:
    """A run that could not be played, and its error. The traceback is in the store."""

    run: str
    seed: int
    levers: str
    error: str


class ProgressListener:
    """Events while runs are played. Called in the process that started them; by default, nothing happens."""

    def compiling(self, done: int, loops: int) -> None:
        """`done` of about `loops` loops of the model are compiled; only where that was never done before."""

    def running(self, runs: int) -> None:
        """`runs` runs are being played now."""

    def done(self, run: Run) -> None:
        """A run is stored."""

    def failed(self, failure: RunFailure) -> None:
        """A run could not be played."""


def group_runs_into_tasks(runs: Iterable[Run]) -> list[list[Run]]:
    """Group runs that differ only in levers and crises, hence share their burn-in, into one task each.

    Order is kept, except that runs of one portfolio are adjacent, the earliest crisis first: they share all steps up
    to the crisis.
    """
    tasks: dict[str, dict[str, list[Run]]] = {}
    burn_in_ids: dict[tuple[object, ...], str] = {}
    portfolio_keys: dict[tuple[int, ...], str] = {}
    for run in list(runs):  # a list keeps the objects alive, so that their ids stay unique
        # Runs of one study share these objects: the burn-in's id takes milliseconds and is computed once for all.
        scenario, levers = run.scenario, tuple(map(id, run.levers))
        objects = (scenario.territory, scenario.sites, scenario.calendar, run.model, run.residents, run.extensions)
        shared = (*map(id, objects), run.seed, run.observe, run.ablate, run.ablate_from)
        if shared not in burn_in_ids:
            burn_in_ids[shared] = replace(run, levers=(), scenario=replace(run.scenario, crises=())).id
        if levers not in portfolio_keys:
            portfolio_keys[levers] = repr(sorted(repr(lever) for lever in run.levers))
        tasks.setdefault(burn_in_ids[shared], {}).setdefault(portfolio_keys[levers], []).append(run)
    return [[run for members in portfolios.values() for run in sorted(members, key=_first_crisis_start)]
            for portfolios in tasks.values()]


def _first_crisis_start(run: Run) -> str:
    return min((crisis.start for crisis in run.scenario.crises), default="9999")


def split_longest_tasks(tasks: Sequence[list[Run]], workers: int) -> list[list[Run]]:
    """The same runs in at least as many tasks as there are workers, if there are as many runs.

    The longest tasks are halved. Each half plays its own burn-in, which costs less than an idle worker.
    """
    tasks = list(tasks)
    while tasks and len(tasks) < workers:
        k = max(range(len(tasks)), key=lambda k: len(tasks[k]))
        longest, half = tasks[k], (len(tasks[k]) + 1) // 2
        if len(longest) < 2:
            break
        tasks[k:k + 1] = [longest[:half], longest[half:]]
    return tasks


def play_task(runs: Sequence[Run], folder: Path, threads: int, listener: ProgressListener,
              player: Player | None = None) -> None:
    """Play those of the runs that are missing. Failures are noted in the store, and the other runs go on.

    StoreWriteError when a finished run cannot be written.
    """
    play, store = player or load_default_player(), Store(folder)
    unfinished, started = {run.id: run for run in store.list_missing_runs(runs)}, time.perf_counter()
    for run in runs:
        if run.id not in unfinished:
            listener.done(run)

    def save(run: Run, record: Record) -> None:
        nonlocal started
        now = time.perf_counter()
        try:
            store.save(record, now - started, threads=threads)
        except OSError as problem:
            raise StoreWriteError(problem.errno, problem.strerror, problem.filename) from None
        started = now
        del unfinished[run.id]
        listener.done(run)

    while unfinished:
        try:
            play(list(unfinished.values()), on_record=save, threads=threads)
            return
        except StoreWriteError:
            raise
        except Exception as problem:
            if unfinished:
                run = unfinished.pop(next(iter(unfinished)))
                error = f"{type(problem).__name__}: {problem}"
                listener.failed(record_run_failure(store, run, error, traceback.format_exc()))


def load_default_player() -> Player:
    """The player that runs the simulation. Imported on first use: it loads the model."""
    from ..engine.fork import play_arms

    return play_arms


def record_run_failure(store: Store, run: Run, error: str, trace: str = "") -> RunFailure:
    """Save a failure in the store and return it."""
    store.save_failure(run, error, trace)
    return RunFailure(run.id, run.seed, "+".join(sorted(lever.id for lever in run.levers)), error)
