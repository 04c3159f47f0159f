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
        from simulator.config.card_files import find_shipped_configs
        from simulator.config.catalogue import find_card
        from simulator.scenario.run import Calendar, Run, Scenario
        from simulator.world.places.territory import Territory
    except ImportError:  # names of commits up to cb5e4bb
        from simulator.app.catalogue import one as find_card
        from simulator.app.source import home as find_shipped_configs
        from simulator.run import Calendar, Run, Scenario
        from simulator.world.territory import Territory
    return find_card, find_shipped_configs, Calendar, Run, Scenario, Territory


def main(threads: int, commune: str, start: str, days: int) -> dict[str, Any]:
    """Seconds to build, for a calm week and for a crisis day: the least of each in this process; and the digest.

    commune: INSEE code. start: first day of the run (ISO). days: crisis days played.
    """
    from simulator.engine import loop

    find_card, find_shipped_configs, Calendar, Run, Scenario, Territory = import_cards_and_runs()
    set_num_threads = loop.set_num_threads if hasattr(loop, "set_num_threads") else loop.use_threads
    set_num_threads(threads)
    heat = find_card("crisis", "heatwave", [find_shipped_configs()]).card
    run = Run(Scenario(Territory(commune, communes=[commune]), calendar=Calendar(start=start, levers=start),
                       crises=(heat,)))
    onset = run.scenario.calendar.day(heat.start)
    for _ in range(2):  # the first time compiles
        times: dict[str, list[float]] = {"build": [], "calm week": [], "crisis day": []}
        started = time.perf_counter()
        engine = loop.Engine(run)
        times["build"].append(time.perf_counter() - started)
        while engine.day < onset + days:
            day, started = engine.day, time.perf_counter()
            engine.step()
            seconds = time.perf_counter() - started
            if engine.day > day + 1 or day >= onset:
                times["calm week" if engine.day > day + 1 else "crisis day"].append(seconds)
    return {**{kind: min(values) for kind, values in times.items()}, "digest": digest(engine)}


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]))))
