"""A task: runs that share a burn-in, played one after the other in one process and kept one by one."""

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
"""player(runs, on_record=keep, threads=n) plays runs that share a burn-in: engine.fork.play_arms."""


class DiskRefused(OSError):
    """A finished run could not be written: no fault of the run's, and no use in going on."""


@dataclass(frozen=True)
class Failure:
    """A run that could not be played, and why. Its trace is in the store."""

    run: str
    seed: int
    levers: str
    error: str


class Watch:
    """What somebody may want to know while runs are played. Each call comes in the process that started them."""

    def running(self, runs: int) -> None:
        """So many runs are being played now."""

    def done(self, run: Run) -> None:
        """A run is kept."""

    def failed(self, failure: Failure) -> None:
        """A run could not be played."""


def tasks(runs: Iterable[Run]) -> list[list[Run]]:
    """Runs that differ only in levers and crises, together: they share their burn-in. In the order given, but for
    runs of one portfolio, which stand together, the earliest crisis first: they share it up to the crisis."""
    found: dict[str, dict[str, list[Run]]] = {}
    pasts: dict[tuple[object, ...], str] = {}
    names: dict[tuple[int, ...], str] = {}
    for run in list(runs):  # held, so that no object takes the place in memory of another
        # Runs of one study share these objects: what takes milliseconds is worked out once for all that do.
        scenario, levers = run.scenario, tuple(map(id, run.levers))
        same = (id(scenario.territory), id(scenario.sites), id(scenario.calendar), id(run.model), run.seed, run.observe)
        if same not in pasts:
            pasts[same] = replace(run, levers=(), scenario=replace(run.scenario, crises=())).id
        if levers not in names:
            names[levers] = repr(sorted(repr(lever) for lever in run.levers))
        found.setdefault(pasts[same], {}).setdefault(names[levers], []).append(run)
    return [[run for same in portfolios.values() for run in sorted(same, key=_first)] for portfolios in found.values()]


def _first(run: Run) -> str:
    return min((crisis.start for crisis in run.scenario.crises), default="9999")


def split(todo: Sequence[list[Run]], workers: int) -> list[list[Run]]:
    """The same runs in at least as many tasks as there are workers, if there are as many runs.

    The longest are halved: each half plays the burn-in for itself, which costs less than an idle worker.
    """
    out = list(todo)
    while out and len(out) < workers:
        place = max(range(len(out)), key=lambda k: len(out[k]))
        longest = out[place]
        if len(longest) < 2:
            break
        out[place:place + 1] = [longest[:(len(longest) + 1) // 2], longest[(len(longest) + 1) // 2:]]
    return out


def play_task(runs: Sequence[Run], folder: Path, threads: int, watch: Watch, player: Player | None = None) -> None:
    """Play those of these runs that are missing. A run that fails is noted in the store, and the others go on.

    DiskRefused when a finished run cannot be written.
    """
    play, store = player or engine(), Store(folder)
    left, begun = {run.id: run for run in store.missing(runs)}, time.perf_counter()
    for run in runs:
        if run.id not in left:
            watch.done(run)

    def keep(run: Run, record: Record) -> None:
        nonlocal begun
        now = time.perf_counter()
        try:
            store.keep(record, now - begun, threads=threads)
        except OSError as problem:
            raise DiskRefused(problem.errno, problem.strerror, problem.filename) from None
        begun = now
        del left[run.id]
        watch.done(run)

    while left:
        try:
            play(list(left.values()), on_record=keep, threads=threads)
            return
        except DiskRefused:
            raise
        except Exception as problem:
            if left:
                run = left.pop(next(iter(left)))
                watch.failed(fail(store, run, f"{type(problem).__name__}: {problem}", traceback.format_exc()))


def engine() -> Player:
    """The player that simulates."""
    from ..engine.fork import play_arms

    return play_arms


def fail(store: Store, run: Run, error: str, trace: str = "") -> Failure:
    """Note a run's failure in the store."""
    store.fail(run, error, trace)
    return Failure(run.id, run.seed, "+".join(sorted(lever.id for lever in run.levers)), error)
