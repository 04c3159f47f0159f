"""Resident-steps per second of the compiled loops, of the same rules resident by resident, and of plain Mesa."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from statistics import median
from typing import Any

from simulator.agents.model import TerritoryModel
from simulator.engine.calendar import calm
from simulator.engine.calendar import steps as calendar_steps
from simulator.engine.loop import Engine, use_threads
from simulator.scenario.run import Run
from simulator.world.places.territory import Territory

from .plain_mesa import Heat, TownModel
from .town import CRISIS_FROM, DAYS, heat_run, small_town

Step = tuple[int, int, bool, bool]
"""Day, span, whether the heat wave is on, and whether it touches no day of the week."""


def stretch(run: Run) -> list[Step]:
    """The steps measured: the calm weeks, then three weeks of days."""
    calendar, crisis = run.scenario.calendar, run.scenario.crises[0]
    onset = calendar.day(crisis.start)
    steps = [(day, span, onset <= day < onset + crisis.days, calm(run.scenario, day))
             for day, span in calendar_steps(run)]
    daily = next(at for at, step in enumerate(steps) if step[1] == 1)
    return steps[:daily + DAYS]


def clocked(play: Callable[[Step], Any], steps: list[Step], residents: int) -> dict[str, float]:
    """Residents a second: by kind of step (median over steps), over the whole stretch, and there per processor second.

    The last holds also on a busy machine, and counts both threads of the compiled loops.
    """
    taken: dict[str, list[float]] = {"calm week": [], "crisis day": [], "other day": []}
    worked = time.process_time()
    for step in steps:
        begun = time.perf_counter()
        play(step)
        kind = "calm week" if step[1] > 1 else "crisis day" if step[2] else "other day"
        taken[kind].append(time.perf_counter() - begun)
    worked = time.process_time() - worked
    whole = sum(sum(times) for times in taken.values())
    return {"residents": residents, "whole stretch": residents * len(steps) / whole,
            "per processor second": residents * len(steps) / worked,
            **{kind: residents / median(times) for kind, times in taken.items()}}


def kernels(territory: Territory, threads: int) -> dict[str, float]:
    """The compiled loops: the best of three, after a rehearsal on the same run that leaves nothing to compile."""
    use_threads(threads)
    run = heat_run(territory)
    steps = stretch(run)
    found = []
    for _ in range(4):
        engine = Engine(run)
        found.append(clocked(lambda _, engine=engine: engine.step(), steps,  # type: ignore[misc]
                             engine.world.people.rows))
    return max(found[1:], key=lambda rates: rates["whole stretch"])


def by_hand(residents: int) -> dict[str, float]:
    """Every phase resident by resident. It is slow: one calm week, then the same three weeks of days.

    The second of two: rules called from Python are compiled in the first.
    """
    run = heat_run(small_town(residents), CRISIS_FROM)
    for _ in range(2):
        model = TerritoryModel(run, by_hand=True)
        found = clocked(lambda _, model=model: model.step(), stretch(run), residents)  # type: ignore[misc]
    return found


@contextmanager
def uncollected() -> Iterator[None]:
    """Without garbage collection."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def plain(territory: Territory, collecting: bool = True) -> dict[str, float]:
    """Plain Mesa, from the same population, ties and sites, on the same steps: the better of two.

    collecting: with Python's garbage collector, which walks millions of agents and ties again and again, or without.
    """
    run = heat_run(territory)
    found = []
    for _ in range(2):
        world = Engine(run).world
        model = TownModel(world)
        with nullcontext() if collecting else uncollected():
            found.append(clocked(lambda step, model=model: model.step(step[1], Heat() if step[2] else None, step[3]),
                                 stretch(run), world.people.rows))  # type: ignore[misc]
    return max(found, key=lambda rates: rates["whole stretch"])
