"""The speed benchmark. All in one run on one machine; prints a table and writes results.json beside this file.

    python -m experiments.speed                     everything, twenty minutes
    python -m experiments.speed rates memory        only these parts; the others keep what results.json says of them
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from .history import remember

HERE = Path(__file__).parent
LIBRARIES = ("numpy", "numba", "mesa", "duckdb", "hydra-core", "matplotlib")
SMALL, PLAIN = 500, 2000


def machine() -> dict[str, Any]:
    """What was measured on, and how busy it was."""
    model = platform.processor()
    facts = Path("/proc/cpuinfo")
    if facts.exists():
        named = [line for line in facts.read_text().splitlines() if line.startswith("model name")]
        model = named[0].partition(":")[2].strip() if named else model
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {"date": date.today().isoformat(), "system": platform.system(), "processor": model, "cores": cores,
            "load at the start": round(os.getloadavg()[0], 2), "python": platform.python_version(),
            **{name: version(name) for name in LIBRARIES}}


def rates(threads: int) -> dict[str, dict[str, float]]:
    """Residents a second, by who plays."""
    from . import rates as measure
    from .town import small_town, whole

    return {
        "kernels, Clichy-sous-Bois": measure.kernels(whole("93014"), threads),
        "kernels, Clichy-sous-Bois, two threads": measure.kernels(whole("93014"), 2),
        f"kernels, {PLAIN}": measure.kernels(small_town(PLAIN), threads),
        f"kernels, {SMALL}": measure.kernels(small_town(SMALL), threads),
        f"by hand, {SMALL}": measure.by_hand(SMALL),
        f"plain Mesa, {SMALL}": measure.plain(small_town(SMALL)),
        f"plain Mesa, {PLAIN}": measure.plain(small_town(PLAIN)),
        "plain Mesa, Clichy-sous-Bois": measure.plain(whole("93014")),
        "kernels, Saint-Denis": measure.kernels(whole("93066"), threads),
        "kernels, Saint-Denis, two threads": measure.kernels(whole("93066"), 2),
        "plain Mesa, Saint-Denis": measure.plain(whole("93066")),
        "plain Mesa uncollected, Saint-Denis": measure.plain(whole("93066"), collecting=False),
    }


def ratios(found: dict[str, dict[str, float]]) -> dict[str, float]:
    """How many times faster, over the whole stretch and by kind of step."""
    town, city, pairs = "Clichy-sous-Bois", "Saint-Denis", {}
    for place in (town, city):
        slow = f"plain Mesa, {place}"
        pairs[f"kernels : plain Mesa, both {place}"] = (f"kernels, {place}", slow)
        pairs[f"kernels on two threads : plain Mesa, both {place}"] = (f"kernels, {place}, two threads", slow)
    pairs |= {
        f"kernels on two threads : plain Mesa uncollected, both {city}": (f"kernels, {city}, two threads",
                                                                          f"plain Mesa uncollected, {city}"),
        f"kernels, {town} : plain Mesa, {PLAIN}": (f"kernels, {town}", f"plain Mesa, {PLAIN}"),
        f"kernels : plain Mesa, both {PLAIN}": (f"kernels, {PLAIN}", f"plain Mesa, {PLAIN}"),
        f"kernels : by hand, both {SMALL}": (f"kernels, {SMALL}", f"by hand, {SMALL}"),
        f"by hand : plain Mesa, both {SMALL}": (f"by hand, {SMALL}", f"plain Mesa, {SMALL}")}
    out = {}
    for name, (fast, slow) in pairs.items():
        for kind in ("whole stretch", "per processor second", "calm week", "crisis day"):
            out[f"{name}, {kind}"] = found[fast][kind] / found[slow][kind]
    return out


def show(title: str, rows: dict[str, Any]) -> None:
    """A part of the table."""
    print(f"\n{title}")
    for name, value in rows.items():
        if isinstance(value, dict):
            value = "   ".join(f"{key} {number:,.4g}" for key, number in value.items())
        print(f"  {name:<60} {value:,.2f}" if isinstance(value, float) else f"  {name:<35} {value}", flush=True)


def part_rates(threads: int) -> dict[str, Any]:
    """Residents a second, and their ratios."""
    found = rates(threads)
    return {"resident-steps per second": found, "ratios": ratios(found)}


def part_outcomes(threads: int) -> dict[str, Any]:
    """What plain Mesa's town comes to, beside ours."""
    from .outcomes import outcomes

    return {f"outcomes, {PLAIN} residents": outcomes(PLAIN, range(1, 9))}


def part_memory(threads: int) -> dict[str, Any]:
    """Bytes a resident."""
    from .memory import slope

    return {"memory": slope()}


def part_waits(threads: int) -> dict[str, Any]:
    """Seconds a user waits."""
    from .start import waits

    found = waits("village", "three_sites")
    return {"seconds": found, "ratios of seconds": {f"{name} : python": value / found["python"]
                                                    for name, value in found.items() if name != "python"}}


def part_limit(threads: int) -> dict[str, Any]:
    """Every phase against copy bandwidth, in five large communes."""
    from .limit import phases
    from .memory import SIZES
    from .reach import rehearse
    from .town import heat_run, whole

    rehearse()
    return {"against copy bandwidth, two threads": phases(heat_run(whole(*SIZES[1].split(","))), 2)}


def part_curve(threads: int) -> dict[str, Any]:
    """What a step costs by size, and by how much happens in it."""
    from .reach import curve, idle, rehearse

    rehearse()
    return {"seconds by size": curve(10**7), "seconds by activity": idle(threads)}


def part_long(threads: int) -> dict[str, Any]:
    """The whole département through two years, sixty days of crisis and the year after: in a process of its own."""
    from .reach import rehearsed_long_run

    with ProcessPoolExecutor(1, get_context("spawn")) as alone:
        return {"whole département, two threads": alone.submit(rehearsed_long_run, 2).result()}


PARTS = {"rates": part_rates, "outcomes": part_outcomes, "memory": part_memory, "waits": part_waits,
         "limit": part_limit, "curve": part_curve, "long": part_long}


def measured(parts: list[str], threads: int) -> dict[str, Any]:
    """The parts asked for."""
    results: dict[str, Any] = {"machine": {**machine(), "threads": threads}}
    show("machine", results["machine"])
    for part in parts:
        found = PARTS[part](threads)
        for title, rows in found.items():
            show(title, rows)
        results |= found
    return results


def main() -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m experiments.speed", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)}; all by default")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, default=HERE / "results.json")
    asked = parser.parse_args()
    unknown = set(asked.parts) - set(PARTS)
    if unknown:
        parser.error(f"unknown part {sorted(unknown)[0]}: expected some of {', '.join(PARTS)}")
    results = measured(asked.parts or list(PARTS), asked.threads)
    before = json.loads(asked.out.read_text(encoding="utf-8")) if asked.parts and asked.out.exists() else {}
    asked.out.write_text(json.dumps(before | results, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    remember(results, asked.out.with_name("history.json"))
    print(f"\n{asked.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
