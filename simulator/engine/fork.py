"""Runs that share a past: the burn-in is played once, then each run goes its own way from a copy of the world."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from ..records.record import Record
from ..scenario.run import Run
from .calendar import calm_until, fork_day
from .loop import Engine, use_threads


def burn_in(runs: Sequence[Run]) -> Engine:
    """An engine without levers, played up to the week in which any of the runs' levers or crises can first tell."""
    days = [fork_day(list(runs))] if any(run.levers for run in runs) else []
    if differ(runs):
        days.append(calm_until(list(runs)))
    return _played_until(Engine(replace(runs[0], levers=())), min(days, default=0))


def differ(runs: Sequence[Run]) -> bool:
    """True if the crises of these runs are not all the same."""
    return any(run.scenario != runs[0].scenario for run in runs)


def _played_until(engine: Engine, day: int) -> Engine:
    while not engine.done and engine.day < day:
        engine.step()
    return engine


def play_arms(runs: Sequence[Run], *, on_record: Callable[[Run, Record], None], threads: int = 1,
              progress: Callable[[int, int], None] | None = None) -> None:
    """Play runs that differ only in their levers and crises; neighbours of one portfolio share it up to the first
    crisis of those that are left, so that most is shared when the earliest crisis comes first.

    on_record(run, record) as each ends, in the order given; ValueError if more differs.
    """
    use_threads(threads)
    trunk, number = burn_in(runs), 0
    total = trunk.at + len(runs) * (len(trunk.steps) - trunk.at)
    for _, same in groupby(runs, key=lambda run: run.levers):
        arms = list(same)
        branch = trunk
        for place, run in enumerate(arms):
            left = arms[place:]
            if branch.day < calm_until(left) and differ(left):
                branch = _played_until(branch.fork(run), calm_until(left))
            arm = branch.fork(run)
            while not arm.done:
                arm.step()
                if progress is not None:
                    progress(min(total, number * (len(trunk.steps) - trunk.at) + arm.at), total)
            on_record(run, arm.finish())
            number += 1
