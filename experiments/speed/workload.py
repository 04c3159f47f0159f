"""One child's share of a comparison of two commits: play a fixed stretch, print times and a digest of the world.

Uses only what every commit has: composing through the catalogue, `Engine`, `step`. Run with the checkout on the path.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from typing import Any

import numpy as np


def digest(engine: Any) -> str:
    """Hash of every column of every table, however it lies in memory."""
    seen = hashlib.sha256()
    for name, table in sorted(engine.world.tables().items()):
        for column in sorted(table.columns()):
            seen.update(f"{name}.{column}".encode() + np.asarray(getattr(table, column)).tobytes())
    return seen.hexdigest()[:16]


def main(threads: int, code: str, start: str, days: int) -> dict[str, Any]:
    """Seconds of building, of a calm week and of a crisis day, the best of what this process has seen."""
    from simulator.config.catalogue import one
    from simulator.config.source import home
    from simulator.engine.loop import Engine, use_threads
    from simulator.scenario.run import Calendar, Run, Scenario
    from simulator.world.places.territory import Territory

    use_threads(threads)
    heat = one("crisis", "heatwave", [home()]).card
    run = Run(Scenario(Territory(code, communes=[code]), calendar=Calendar(start=start, levers=start),
                       crises=(heat,)))
    onset = run.scenario.calendar.day(heat.start)
    for _ in range(2):  # the first time is a rehearsal: it compiles
        times: dict[str, list[float]] = {"build": [], "calm week": [], "crisis day": []}
        begun = time.perf_counter()
        engine = Engine(run)
        times["build"].append(time.perf_counter() - begun)
        while engine.day < onset + days:
            day, span = engine.steps[engine.at]
            begun = time.perf_counter()
            engine.step()
            if span > 1 or day >= onset:
                times["calm week" if span > 1 else "crisis day"].append(time.perf_counter() - begun)
    return {**{kind: min(values) for kind, values in times.items()}, "digest": digest(engine)}


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]))))
