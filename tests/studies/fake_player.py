"""Players that stand in for the engine: quick, and failing or dying where a test wants it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from simulator.levers.card import Lever
from simulator.records.record import Record
from simulator.scenario.run import Run, Scenario
from simulator.world.places.territory import Territory
from tests.records.small_record import small_record


def a_run(seed: int = 1, *levers: str) -> Run:
    """A run that is never simulated; only its content matters."""
    cards = tuple(Lever(name, name, name, "", "", "") for name in levers)
    return Run(Scenario(Territory("village", "V", "V", ["93055"], residents=100)), levers=cards, seed=seed)


def runs(seeds: int = 2, arms: tuple[str, ...] = ("garden", "mixing")) -> list[Run]:
    """A baseline and one arm per lever, for each seed."""
    return [a_run(seed, *names) for seed in range(1, seeds + 1) for names in ((), *((arm,) for arm in arms))]


def record_of(run: Run) -> Record:
    """A finished record that depends on the run's content alone."""
    return small_record(run.id, steps=2 + run.seed, **run.content())


def play_arms(arms: list[Run], *, on_record: Callable[[Run, Record], None], threads: int = 1, **_: Any) -> None:
    """Plays every arm."""
    for run in arms:
        on_record(run, record_of(run))


def play_but_mixing(arms: list[Run], *, on_record: Callable[[Run, Record], None], threads: int = 1) -> None:
    """The arm of one lever fails."""
    for run in arms:
        if any(lever.id == "mixing" for lever in run.levers):
            raise ValueError("no such public")
        on_record(run, record_of(run))


def die_once(arms: list[Run], *, on_record: Callable[[Run, Record], None], threads: int = 1) -> None:
    """The first process that plays seed 1 dies after its first arm, as if out of memory."""
    mark = Path(os.environ["FAKE_PLAYER_MARK"])
    for run in arms:
        on_record(run, record_of(run))
        if run.seed == 1 and not mark.exists():
            mark.write_text("dead")
            os._exit(9)


def always_die(arms: list[Run], *, on_record: Callable[[Run, Record], None], threads: int = 1) -> None:
    """Every process that plays seed 1 dies."""
    for run in arms:
        if run.seed == 1:
            time.sleep(0.2)
            os._exit(9)
        on_record(run, record_of(run))
