"""Compile the model once, on a small territory, before several processes need it at the same time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ..kernel.compiled import PACKAGE, cache_home, source_digest
from ..run import Calendar, Run, Scenario
from ..world.territory import Territory
from .loop import Engine, use_threads

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
    return cache_home() / f"{source_digest(PACKAGE / 'engine' / 'warm.py')}.compiled"


def is_warm() -> bool:
    """True when the model has been compiled from this source before."""
    return stamp().is_file()


def warm(run: Run, threads: int = 1) -> None:
    """Compile what the run needs unless that was done before. Its outcome is thrown away."""
    if is_warm():
        return
    use_threads(threads)
    engine = Engine(small(run))
    while not engine.done:
        engine.step()
    engine.finish()
    stamp().parent.mkdir(parents=True, exist_ok=True)
    stamp().touch()
