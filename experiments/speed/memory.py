"""Peak memory of one run, in a process of its own: `python -m experiments.speed.memory CODE[,CODE…]` prints JSON."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

SIZES = ("93014", "93001,93005,93048,93051,93066")
"""INSEE codes of a small and a large territory: Clichy-sous-Bois, and five large communes."""
WARM_UP_RESIDENTS, STEPS = 500, 6


def measure_peak(codes: str) -> dict[str, float]:
    """Residents and peak bytes of a run through one calm week and the first crisis days, with its record.

    A small town is played first. Otherwise the memory of compiled code would count in the peak of small runs only,
    where playing takes more memory than building.
    """
    from simulator.engine.loop import Engine, set_num_threads

    from .town import CRISIS_FROM, build_heat_run, build_small_town, build_whole_communes

    set_num_threads(2)
    for territory in (build_small_town(WARM_UP_RESIDENTS), build_whole_communes(*codes.split(","))):
        engine = Engine(build_heat_run(territory, CRISIS_FROM))
        built = read_peak_bytes()
        for _ in range(STEPS):
            engine.step()
    tables = sum(array.nbytes for table in engine.world.tables().values() for array in table.arrays().values())
    return {"residents": engine.world.people.rows, "built": built, "played": read_peak_bytes(), "tables": tables}


def read_peak_bytes() -> int:
    """Peak resident memory of this process. On Linux from /proc, because getrusage there includes the parent's peak."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def measure_bytes_per_resident() -> dict[str, float]:
    """Bytes per resident: growth of the peak from the small to the large run, each in a process of its own."""
    small, large = (measure_in_process(codes) for codes in SIZES)
    more = large["residents"] - small["residents"]
    growth = {f"bytes per resident, {word}": (large[word] - small[word]) / more
              for word in ("built", "played", "tables")}
    return {"residents small": small["residents"], "residents large": large["residents"], **growth}


def measure_in_process(codes: str) -> dict[str, float]:
    """The result of `measure_peak` in a new process, the second time: the first time compiles."""
    command = [sys.executable, "-m", "experiments.speed.memory", codes]
    outputs = [subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout for _ in range(2)]
    return json.loads(outputs[-1])


if __name__ == "__main__":
    print(json.dumps(measure_peak(sys.argv[1])))
