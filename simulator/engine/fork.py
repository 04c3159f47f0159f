"""Runs that share a burn-in: it is played once, then each run continues from a copy of the world."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from ..records.record import Record
from ..scenario.run import Run
from .calendar import compute_calm_end, compute_fork_day
from .loop import Engine, set_num_threads


def play_burn_in(runs: Sequence[Run]) -> Engine:
    """An engine without levers, played up to the week in which a lever, or a crisis that differs, can first act."""
    days = [compute_fork_day(list(runs))] if any(run.levers for run in runs) else []
    if have_different_crises(runs):
        days.append(compute_calm_end(list(runs)))
    return _play_until(Engine(replace(runs[0], levers=())), min(days, default=0))


def have_different_crises(runs: Sequence[Run]) -> bool:
    """True if the scenarios of these runs, which may differ in crises only, are not all the same."""
    return any(run.scenario != runs[0].scenario for run in runs)


def _play_until(engine: Engine, day: int) -> Engine:
    while not engine.is_done and engine.day < day:
        engine.step()
    return engine


def play_arms(runs: Sequence[Run], *, on_record: Callable[[Run, Record], None], threads: int = 1,
              progress: Callable[[int, int], None] | None = None) -> None:
    """Play runs that differ only in levers and crises, each forked from what it shares with the next ones.

    Consecutive runs of one portfolio also share its steps up to the first crisis of those that remain; most is shared
    when the earliest crisis comes first. on_record(run, record) is called as each run ends, in the order given;
    progress(steps done, steps in all) after each step. ValueError if the runs differ in more.
    """
    set_num_threads(threads)
    trunk, done = play_burn_in(runs), 0
    own_steps = len(trunk.steps) - trunk.step_index
    total = trunk.step_index + len(runs) * own_steps
    for _, group in groupby(runs, key=lambda run: run.levers):
        arms = list(group)
        branch = trunk
        for k, run in enumerate(arms):
            remaining = arms[k:]
            if branch.day < compute_calm_end(remaining) and have_different_crises(remaining):
                branch = _play_until(branch.fork(run), compute_calm_end(remaining))
            arm = branch.fork(run)
            while not arm.is_done:
                arm.step()
                if progress is not None:
                    progress(min(total, done * own_steps + arm.step_index), total)
            on_record(run, arm.finish_record())
            done += 1
