"""Resident-steps per second of the compiled loops, of the reference implementation, and of plain Mesa."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from statistics import median
from typing import Any

from simulator.agents.model import TerritoryModel
from simulator.engine.calendar import is_calm_week, list_steps
from simulator.engine.loop import Engine, set_num_threads
from simulator.scenario.run import Run
from simulator.world.places.territory import Territory

from .plain_mesa import Heat, TownModel
from .town import CRISIS_FROM, DAYS, build_heat_run, build_small_town

Step = tuple[int, int, bool, bool]
"""(day, span, whether the heat wave is on, whether no crisis touches the week)."""


def list_measured_steps(run: Run) -> list[Step]:
    """The steps that are measured: the calm weeks, then three weeks of daily steps."""
    calendar, crisis = run.scenario.calendar, run.scenario.crises[0]
    onset = calendar.day(crisis.start)
    steps = [(day, span, onset <= day < onset + crisis.days, is_calm_week(run.scenario, day))
             for day, span in list_steps(run)]
    daily = next(k for k, step in enumerate(steps) if step[1] == 1)
    return steps[:daily + DAYS]


def time_steps(play: Callable[[Step], Any], steps: list[Step], residents: int) -> dict[str, float]:
    """Residents per second: by kind of step (median over steps), over the whole stretch, and per processor second.

    The last can also be compared on a busy machine, and counts both threads of the compiled loops.
    """
    taken: dict[str, list[float]] = {"calm week": [], "crisis day": [], "other day": []}
    worked = time.process_time()
    for step in steps:
        started = time.perf_counter()
        play(step)
        kind = "calm week" if step[1] > 1 else "crisis day" if step[2] else "other day"
        taken[kind].append(time.perf_counter() - started)
    worked = time.process_time() - worked
    whole = sum(sum(times) for times in taken.values())
    return {"residents": residents, "whole stretch": residents * len(steps) / whole,
            "per processor second": residents * len(steps) / worked,
            **{kind: residents / median(times) for kind, times in taken.items()}}


def measure_kernels(territory: Territory, threads: int) -> dict[str, float]:
    """Rates of the compiled loops: the best of three, after a first time that compiles."""
    set_num_threads(threads)
    run = build_heat_run(territory)
    steps = list_measured_steps(run)
    found = []
    for _ in range(4):
        engine = Engine(run)
        found.append(time_steps(lambda _, engine=engine: engine.step(), steps,  # type: ignore[misc]
                                engine.world.people.rows))
    return max(found[1:], key=lambda rates: rates["whole stretch"])


def measure_reference(residents: int) -> dict[str, float]:
    """Rates of the reference implementation (by_hand=True), over one calm week and three weeks of daily steps.

    The second of two: the first compiles the rules that Python calls.
    """
    run = build_heat_run(build_small_town(residents), CRISIS_FROM)
    for _ in range(2):
        model = TerritoryModel(run, by_hand=True)
        found = time_steps(lambda _, model=model: model.step(), list_measured_steps(run), residents)  # type: ignore[misc]
    return found


@contextmanager
def disable_garbage_collection() -> Iterator[None]:
    """Switch Python's garbage collector off inside the block."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def measure_plain_mesa(territory: Territory, collect: bool = True) -> dict[str, float]:
    """Rates of plain Mesa, from the same population, ties and sites, on the same steps: the better of two.

    collect: with Python's garbage collector, which traverses millions of agents and ties again and again, or without.
    """
    run = build_heat_run(territory)
    found = []
    for _ in range(2):
        world = Engine(run).world
        model = TownModel(world)
        with nullcontext() if collect else disable_garbage_collection():
            found.append(time_steps(lambda step, model=model: model.step(step[1], Heat() if step[2] else None, step[3]),
                                    list_measured_steps(run), world.people.rows))  # type: ignore[misc]
    return max(found, key=lambda rates: rates["whole stretch"])
