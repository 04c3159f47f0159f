"""Arms that share a past: the burn-in is played once, then each arm goes its own way from a copy of the world."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ..records.record import Record
from ..run import Run
from .calendar import fork_day
from .loop import Engine, use_threads


def burn_in(runs: Sequence[Run]) -> Engine:
    """An engine without levers, played up to the week in which any of the runs' levers can first act."""
    engine, day = Engine(replace(runs[0], levers=())), fork_day(list(runs))
    while not engine.done and engine.day < day:
        engine.step()
    return engine


def play_arms(runs: Sequence[Run], *, on_record: Callable[[Run, Record], None], threads: int = 1,
              progress: Callable[[int, int], None] | None = None) -> None:
    """Play runs that differ only in their levers. on_record(run, record) as each ends; ValueError if more differs."""
    use_threads(threads)
    trunk = burn_in(runs)
    total = trunk.at + len(runs) * (len(trunk.steps) - trunk.at)
    for number, run in enumerate(runs):
        arm = trunk.fork(run)
        while not arm.done:
            arm.step()
            if progress is not None:
                progress(number * (len(trunk.steps) - trunk.at) + arm.at, total)
        on_record(run, arm.finish())
