"""Peak memory of one run, in a process of its own: `python -m experiments.speed.memory CODE[,CODE…]` prints JSON."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

SIZES = ("93014", "93001,93005,93048,93051,93066")
"""Clichy-sous-Bois, and five large communes: far enough apart for a slope."""
REHEARSAL, STEPS = 500, 6


def peak(codes: str) -> dict[str, float]:
    """Residents and peak bytes of a run through one calm week and the first crisis days, with its record.

    A small town is played first: else the code that playing loads would count in the peak of small runs only, where
    building takes less than playing does.
    """
    from simulator.engine.loop import Engine, use_threads

    from .town import CRISIS_FROM, heat_run, small_town, whole

    use_threads(2)
    for territory in (small_town(REHEARSAL), whole(*codes.split(","))):
        engine = Engine(heat_run(territory, CRISIS_FROM))
        built = high_water()
        for _ in range(STEPS):
            engine.step()
    tables = sum(array.nbytes for table in engine.world.tables().values() for array in table.arrays().values())
    return {"residents": engine.world.people.rows, "built": built, "played": high_water(), "tables": tables}


def high_water() -> int:
    """Peak resident bytes of this process. On Linux from /proc: getrusage starts from the parent's peak there."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def slope() -> dict[str, float]:
    """Bytes a resident: growth of the peak from the small to the large run, each in a process of its own."""
    small, large = (measured(codes) for codes in SIZES)
    more = large["residents"] - small["residents"]
    growth = {f"bytes per resident, {word}": (large[word] - small[word]) / more
              for word in ("built", "played", "tables")}
    return {"residents small": small["residents"], "residents large": large["residents"], **growth}


def measured(codes: str) -> dict[str, float]:
    """What `peak` finds in a process of its own, the second time: the first leaves nothing to compile."""
    command = [sys.executable, "-m", "experiments.speed.memory", codes]
    told = [subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout for _ in range(2)]
    return json.loads(told[-1])


if __name__ == "__main__":
    print(json.dumps(peak(sys.argv[1])))
