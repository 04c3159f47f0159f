"""Compilation of the whole model on a small territory, before several processes need it at the same time."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from ..kernel.code_cache import cache_home, is_cache_usable, report_unwritable_cache
from ..kernel.compiled import PACKAGE_ROOT, hash_sources
from ..kernel.dispatcher import KERNELS, compilation_listeners
from ..kernel.garbage_collection import raise_gc_threshold
from ..kernel.threads import count_available_threads, set_num_threads
from ..parameters import Model
from ..phases.order import CRISIS_PHASES, PHASES
from ..phases.step.context import StepContext
from ..rules.need_domains import MILLI
from ..scenario.extensions import Extensions
from ..scenario.run import Calendar, Run, Scenario
from ..world.places.territory import Territory
from ..world.snapshot import load_world, save_world
from ..world.world import World
from .loop import Engine

SMALL_TERRITORY = Territory("small", "Petit", "Small", communes=["93014"], residents=500)
SMALL_RUN_START, SMALL_RUN_LEVERS_DATE, SMALL_RUN_CRISIS_DATE = "2025-01-06", "2025-01-13", "2025-01-27"
SMALL_RUN_DAYS = 14
WORLD_FILE, SCENARIO_FILE = "world.npz", "scenario.pickle"
CALLED_SHARE = 0.76
"""Share of the model's loops that the small run calls: the others are for other crises, or called by loops only."""


def shrink_run(run: Run) -> Run:
    """The same model, levers and crises in a few weeks of a few hundred residents: enough to call every kernel."""
    crises = tuple(replace(crisis, start=SMALL_RUN_CRISIS_DATE, again=[], days=min(crisis.days, SMALL_RUN_DAYS))
                   for crisis in run.scenario.crises)
    calendar = Calendar(SMALL_RUN_START, SMALL_RUN_LEVERS_DATE, recovery_days=SMALL_RUN_DAYS,
                        horizon_days=2 * SMALL_RUN_DAYS)
    windows = [replace(lever.window, start="levers", lead_time_days=0, days=0) for lever in run.levers]
    levers = tuple(replace(lever, window=window) for lever, window in zip(run.levers, windows, strict=True))
    handles = None if run.extensions is None else Extensions(handles=run.extensions.handles)
    return replace(run, scenario=Scenario(SMALL_TERRITORY, run.scenario.sites, calendar, crises), levers=levers,
                   extensions=handles)


def get_stamp_path() -> Path:
    """A file whose existence says that the model has been compiled from this source."""
    return cache_home() / f"{hash_sources(PACKAGE_ROOT / 'engine' / 'precompile.py')}.compiled"


def is_precompiled() -> bool:
    """True if the model has been compiled from this source before."""
    return get_stamp_path().is_file()


def precompile(run: Run, threads: int = 1, progress: Callable[[int, int], None] | None = None) -> None:
    """Compile what the run needs, unless that was done before or cannot be kept, by playing a small version of it.

    Where there is a second core, another process compiles the phases of a crisis and, from the last to the first, the
    other phases. Each finds in the cache what the other has compiled. progress(done, all) is called after each loop
    that is compiled; all is an estimate.
    """
    if is_precompiled() or not is_cache_usable(cache_home()):
        return
    set_num_threads(threads)
    with report_compiled_loops(progress):
        engine = Engine(replace(shrink_run(run), model=Model()))
        with compile_in_background(engine):
            while not engine.is_done:
                engine.step()
        engine.finish_record()
    try:
        get_stamp_path().parent.mkdir(parents=True, exist_ok=True)
        get_stamp_path().touch()
    except OSError as problem:
        report_unwritable_cache(problem)


@contextmanager
def report_compiled_loops(progress: Callable[[int, int], None] | None) -> Iterator[None]:
    """Call progress(done, all) whenever this process has compiled a function; other processes' loops count too."""
    if progress is None:
        yield
        return
    expected = round(CALLED_SHARE * len(KERNELS))

    def report() -> None:
        progress(min(sum(kernel.is_cached() for kernel in KERNELS), expected), expected)

    compilation_listeners.append(report)
    try:
        yield
    finally:
        compilation_listeners.remove(report)


@contextmanager
def compile_in_background(engine: Engine) -> Iterator[None]:
    """Another process compiles phases while the block runs; its failure has no consequence."""
    if count_available_threads() < 2:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="resilience-") as folder:
        save_world(engine.world, Path(folder) / WORLD_FILE)
        scenario = engine.run.scenario
        (Path(folder) / SCENARIO_FILE).write_bytes(pickle.dumps(scenario))
        path, function = os.pathsep.join(part for part in sys.path if part), compile_other_phases.__name__
        code = f"from {__name__} import {function}; {function}({folder!r})"
        process = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": path},
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield
        finally:
            process.terminate()
            process.wait()


def compile_other_phases(folder: str) -> None:
    """Play a day of the crisis, then the other phases of a calm week from the last to the first, everybody in need.

    The process that waits for the model plays the phases from the first to the last, so the two meet in the middle.
    folder: where the world and the scenario lie.
    """
    set_num_threads(1)
    raise_gc_threshold()
    run = Run(pickle.loads((Path(folder) / SCENARIO_FILE).read_bytes()))
    engine = Engine(run, world=load_world(Path(folder) / WORLD_FILE, run.model))
    world = engine.world
    with world.writable(("people.need", "people.backlog")):
        world.people.need[:] = world.people.backlog[:] = MILLI
    calm = engine.build_context()
    engine.record.add_step(world, calm)
    names = list(reversed(PHASES))
    if engine.onset is not None:
        while engine.day < engine.onset:
            engine.step_index += 1
        play_phases(world, engine.build_context(), [*CRISIS_PHASES, "heat"])
        names = [name for name in names if name not in (*CRISIS_PHASES, "heat")]
    play_phases(world, calm, names)


def play_phases(world: World, context: StepContext, names: Sequence[str]) -> None:
    """Play the named phases of one step, in this order."""
    for name in names:
        with world.writable(PHASES[name].WRITES):
            PHASES[name].step(world, context)
