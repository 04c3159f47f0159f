"""Compile the model once, on a small territory, before several processes need it at the same time."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from ..kernel.compiled import PACKAGE, cache_home, source_digest
from ..kernel.threads import available, use_threads
from ..parameters import Model
from ..phases.order import PHASES
from ..rules.domain import MILLI
from ..scenario.run import Calendar, Run, Scenario
from ..world.places.territory import Territory
from ..world.snapshot import load, save
from ..world.world import World
from .loop import Engine

SMALL = Territory("small", "Petit", "Small", communes=["93014"], residents=500)
START, LEVERS, CRISIS = "2025-01-06", "2025-01-13", "2025-01-27"
DAYS = 14


def small(run: Run) -> Run:
    """The same model, levers and crises in a few weeks of a few hundred residents: every kernel is met."""
    crises = tuple(replace(crisis, start=CRISIS, again=[], days=min(crisis.days, DAYS))
                   for crisis in run.scenario.crises)
    calendar = Calendar(START, LEVERS, recovery_days=DAYS, horizon_days=2 * DAYS)
    windows = [replace(lever.window, start="levers", lead_time_days=0, days=0) for lever in run.levers]
    levers = tuple(replace(lever, window=window) for lever, window in zip(run.levers, windows, strict=True))
    return replace(run, scenario=Scenario(SMALL, run.scenario.sites, calendar, crises), levers=levers)


def stamp() -> Path:
    """A file that says: all this has been compiled from this very source."""
    return cache_home() / f"{source_digest(PACKAGE / 'engine' / 'precompile.py')}.compiled"


def is_warm() -> bool:
    """True when the model has been compiled from this source before."""
    return stamp().is_file()


def warm(run: Run, threads: int = 1) -> None:
    """Compile what the run needs unless that was done before. Its outcome is thrown away.

    Another process compiles the phases from the last to the first meanwhile, where there is a second core: whatever one
    has compiled, the other finds.
    """
    if is_warm():
        return
    use_threads(threads)
    engine = Engine(replace(small(run), model=Model()))
    with second_half(engine.world):
        while not engine.done:
            engine.step()
    engine.finish()
    stamp().parent.mkdir(parents=True, exist_ok=True)
    stamp().touch()


@contextmanager
def second_half(world: World) -> Iterator[None]:
    """Another process compiles the phases backwards for the length of the block; should it fail, nothing is lost."""
    if available() < 2:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="resilience-") as folder:
        kept = save(world, Path(folder) / "world.npz")
        path = os.pathsep.join(part for part in sys.path if part)
        code = f"from {__name__} import backwards; backwards({str(kept)!r})"
        process = subprocess.Popen([sys.executable, "-c", code],
                                   env={**os.environ, "PYTHONPATH": path}, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield
        finally:
            process.terminate()
            process.wait()


def backwards(path: str) -> None:
    """Play one day's phases from the last to the first, in a world where everybody needs something."""
    use_threads(1)
    run = Run(Scenario(SMALL, (), Calendar(START, LEVERS)))
    engine = Engine(run, world=load(path, run.model))
    world, now = engine.world, engine.moment()
    with world.lend(("people.need", "people.backlog")):
        world.people.need[:] = world.people.backlog[:] = MILLI
    engine.record.take(world, now)
    for phase in reversed(PHASES.values()):
        with world.lend(phase.WRITES):
            phase.step(world, now)
