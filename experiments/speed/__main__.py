"""The speed benchmark. All in one run on one machine; prints a table and writes results.json beside this file.

    python -m experiments.speed                     everything, some minutes
    python -m experiments.speed rates memory        only these parts (rates, memory, waits)
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PARTS = ("rates", "memory", "waits")
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
    }


def ratios(found: dict[str, dict[str, float]]) -> dict[str, float]:
    """How many times faster, over the whole stretch and by kind of step."""
    town = "Clichy-sous-Bois"
    pairs = {f"kernels : plain Mesa, both {town}": (f"kernels, {town}", f"plain Mesa, {town}"),
             f"kernels on two threads : plain Mesa, both {town}": (f"kernels, {town}, two threads",
                                                                   f"plain Mesa, {town}"),
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
            value = "   ".join(f"{key} {number:,.0f}" for key, number in value.items())
        print(f"  {name:<60} {value:,.2f}" if isinstance(value, float) else f"  {name:<35} {value}")


def measured(parts: list[str], threads: int) -> dict[str, Any]:
    """The parts asked for."""
    results: dict[str, Any] = {"machine": {**machine(), "threads": threads}}
    show("machine", results["machine"])
    if "rates" in parts:
        results["resident-steps per second"] = rates(threads)
        show("resident-steps per second", results["resident-steps per second"])
        results["ratios"] = ratios(results["resident-steps per second"])
        show("ratios", results["ratios"])
    if "memory" in parts:
        from .memory import slope

        results["memory"] = slope()
        show("memory", results["memory"])
    if "waits" in parts:
        from .start import waits

        results["seconds"] = waits("village", "three_sites")
        show("seconds", results["seconds"])
        results["ratios of seconds"] = {f"{name} : python": value / results["seconds"]["python"]
                                        for name, value in results["seconds"].items() if name != "python"}
        show("ratios of seconds", results["ratios of seconds"])
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
    asked.out.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"\n{asked.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
