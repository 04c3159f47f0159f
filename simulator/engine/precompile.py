"""Compilation of the whole model on a small territory, before several processes need it at the same time."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from ..kernel.code_cache import cache_home, is_cache_usable, report_unwritable_cache
from ..kernel.compiled import PACKAGE_ROOT, hash_sources
from ..kernel.threads import count_available_threads, set_num_threads
from ..parameters import Model
from ..phases.order import PHASES
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


def precompile(run: Run, threads: int = 1) -> None:
    """Compile what the run needs, unless that was done before or cannot be kept, by playing a small version of it.

    Where there is a second core, another process compiles the phases from the last to the first meanwhile. Each finds
    in the cache what the other has compiled.
    """
    if is_precompiled() or not is_cache_usable(cache_home()):
        return
    set_num_threads(threads)
    engine = Engine(replace(shrink_run(run), model=Model()))
    with compile_in_background(engine.world):
        while not engine.is_done:
            engine.step()
    engine.finish_record()
    try:
        get_stamp_path().parent.mkdir(parents=True, exist_ok=True)
        get_stamp_path().touch()
    except OSError as problem:
        report_unwritable_cache(problem)


@contextmanager
def compile_in_background(world: World) -> Iterator[None]:
    """Another process compiles the phases backwards while the block runs; its failure has no consequence."""
    if count_available_threads() < 2:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="resilience-") as folder:
        snapshot_path = save_world(world, Path(folder) / "world.npz")
        path, function = os.pathsep.join(part for part in sys.path if part), compile_phases_backwards.__name__
        code = f"from {__name__} import {function}; {function}({str(snapshot_path)!r})"
        process = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": path},
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield
        finally:
            process.terminate()
            process.wait()


def compile_phases_backwards(path: str) -> None:
    """Play the phases of one day from the last to the first, in the world of a snapshot, with needs for everybody."""
    set_num_threads(1)
    run = Run(Scenario(SMALL_TERRITORY, (), Calendar(SMALL_RUN_START, SMALL_RUN_LEVERS_DATE)))
    engine = Engine(run, world=load_world(path, run.model))
    world, context = engine.world, engine.build_context()
    with world.writable(("people.need", "people.backlog")):
        world.people.need[:] = world.people.backlog[:] = MILLI
    engine.record.add_step(world, context)
    for phase in reversed(PHASES.values()):
        with world.writable(phase.WRITES):
            phase.step(world, context)
