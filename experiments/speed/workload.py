"""The workload of a comparison of two commits, run in a process with one commit's checkout on the path.

Plays a fixed stretch of time and prints times and a digest of the world as JSON. It uses only what all commits have:
cards by name, `Engine`, its `day` and `step`. Commits up to cb5e4bb have these under other names.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from typing import Any

import numpy as np

FEWEST_DAILY_STEPS = 14
"""Daily steps from the first day of the crisis on: said here, as defaults change and two commits must play the same."""
TURNS_IN_SMALL_PLACES = 6
"""Runs of a place that is scaled down, the first of which compiles: they are short, and their times vary more."""


def digest(engine: Any) -> str:
    """Hash of every column of every table, whatever its layout in memory."""
    digested = hashlib.sha256()
    for name, table in sorted(engine.world.tables().items()):
        for column in sorted(table.columns()):
            digested.update(f"{name}.{column}".encode() + np.asarray(getattr(table, column)).tobytes())
    return digested.hexdigest()[:16]


def import_cards_and_runs() -> tuple[Any, ...]:
    """(find_card, find_shipped_configs, Calendar, Run, Scenario, Territory) of the checkout on the path."""
    try:
        from simulator.config.cards.card_files import find_shipped_configs
        from simulator.config.cards.catalogue import find_card
        from simulator.scenario.run import Calendar, Run, Scenario
        from simulator.world.places.territory import Territory
    except ImportError:  # names of commits up to cb5e4bb
        from simulator.app.catalogue import one as find_card
        from simulator.app.source import home as find_shipped_configs
        from simulator.run import Calendar, Run, Scenario
        from simulator.world.territory import Territory
    return find_card, find_shipped_configs, Calendar, Run, Scenario, Territory


def main(threads: int, commune: str, start: str, days: int, residents: int) -> dict[str, Any]:
    """Seconds to build, of a calm week, of a crisis day and of all steps: the least of each here; and the digest.

    commune: INSEE code. start: first day of the run (ISO). days: played from the crisis on, at most to the run's end.
    residents: the place is scaled down to so many; 0: all of them.
    """
    from simulator.engine import loop

    find_card, find_shipped_configs, Calendar, Run, Scenario, Territory = import_cards_and_runs()
    set_num_threads = loop.set_num_threads if hasattr(loop, "set_num_threads") else loop.use_threads
    set_num_threads(threads)
    heat = find_card("crisis", "heatwave", [find_shipped_configs()]).card
    size = {"residents": residents} if residents else {}
    run = Run(Scenario(Territory(commune, communes=[commune], **size), crises=(heat,),
                       calendar=Calendar(start=start, levers=start, recovery_days=FEWEST_DAILY_STEPS)))
    onset = run.scenario.calendar.day(heat.start)
    least: dict[str, float] = {}
    for turn in range(2 if residents == 0 else TURNS_IN_SMALL_PLACES):  # the first time compiles
        times: dict[str, list[float]] = {"build": [], "calm week": [], "crisis day": []}
        started = time.perf_counter()
        engine = loop.Engine(run)
        times["build"].append(time.perf_counter() - started)
        while engine.day < onset + days and not (engine.done if hasattr(engine, "done") else engine.is_done):
            day, started = engine.day, time.perf_counter()
            engine.step()
            seconds = time.perf_counter() - started
            if engine.day > day + 1 or day >= onset:
                times["calm week" if engine.day > day + 1 else "crisis day"].append(seconds)
        found = {kind: min(values) for kind, values in times.items()}
        found["all steps"] = sum(times["calm week"]) + sum(times["crisis day"])
        if turn > 0:
            least = {kind: min(value, least.get(kind, value)) for kind, value in found.items()}
    return {**least, "digest": digest(engine)}


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))))
