"""The benchmark of speed and memory, in one run on one machine. Prints tables, writes results.json beside this file.

    python -m experiments.speed                     all parts, twenty minutes
    python -m experiments.speed rates memory        only these parts; results.json keeps the others
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

from .history import append_entry

HERE = Path(__file__).parent
LIBRARIES = ("numpy", "numba", "mesa", "duckdb", "hydra-core", "matplotlib")
SMALL, PLAIN = 500, 2000
"""Residents of the small towns."""


def describe_machine() -> dict[str, Any]:
    """Date, processor, cores, load at the start, versions of Python and libraries."""
    model = platform.processor()
    info = Path("/proc/cpuinfo")
    if info.exists():
        named = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        model = named[0].partition(":")[2].strip() if named else model
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {"date": date.today().isoformat(), "system": platform.system(), "processor": model, "cores": cores,
            "load at the start": round(os.getloadavg()[0], 2), "python": platform.python_version(),
            **{name: version(name) for name in LIBRARIES}}


def measure_rates(threads: int) -> dict[str, dict[str, float]]:
    """Residents per second, by implementation and territory."""
    from . import rates
    from .town import build_small_town, build_whole_communes

    return {
        "kernels, Clichy-sous-Bois": rates.measure_kernels(build_whole_communes("93014"), threads),
        "kernels, Clichy-sous-Bois, two threads": rates.measure_kernels(build_whole_communes("93014"), 2),
        f"kernels, {PLAIN}": rates.measure_kernels(build_small_town(PLAIN), threads),
        f"kernels, {SMALL}": rates.measure_kernels(build_small_town(SMALL), threads),
        f"by hand, {SMALL}": rates.measure_reference(SMALL),
        f"plain Mesa, {SMALL}": rates.measure_plain_mesa(build_small_town(SMALL)),
        f"plain Mesa, {PLAIN}": rates.measure_plain_mesa(build_small_town(PLAIN)),
        "plain Mesa, Clichy-sous-Bois": rates.measure_plain_mesa(build_whole_communes("93014")),
        "kernels, Saint-Denis": rates.measure_kernels(build_whole_communes("93066"), threads),
        "kernels, Saint-Denis, two threads": rates.measure_kernels(build_whole_communes("93066"), 2),
        "plain Mesa, Saint-Denis": rates.measure_plain_mesa(build_whole_communes("93066")),
        "plain Mesa uncollected, Saint-Denis": rates.measure_plain_mesa(build_whole_communes("93066"), collect=False),
    }


def compute_ratios(found: dict[str, dict[str, float]]) -> dict[str, float]:
    """Ratios of rates: over the whole stretch, per processor second, and by kind of step."""
    town, city, pairs = "Clichy-sous-Bois", "Saint-Denis", {}
    for place in (town, city):
        slow = f"plain Mesa, {place}"
        pairs[f"kernels : plain Mesa, both {place}"] = (f"kernels, {place}", slow)
        pairs[f"kernels on two threads : plain Mesa, both {place}"] = (f"kernels, {place}, two threads", slow)
    pairs |= {
        f"kernels on two threads : plain Mesa uncollected, both {city}": (f"kernels, {city}, two threads",
                                                                          f"plain Mesa uncollected, {city}"),
        **{f"kernels, {town} : kernels, {size}": (f"kernels, {town}", f"kernels, {size}") for size in (SMALL, PLAIN)},
        f"kernels, {town} : plain Mesa, {PLAIN}": (f"kernels, {town}", f"plain Mesa, {PLAIN}"),
        f"kernels : plain Mesa, both {PLAIN}": (f"kernels, {PLAIN}", f"plain Mesa, {PLAIN}"),
        f"kernels : by hand, both {SMALL}": (f"kernels, {SMALL}", f"by hand, {SMALL}"),
        f"by hand : plain Mesa, both {SMALL}": (f"by hand, {SMALL}", f"plain Mesa, {SMALL}")}
    out = {}
    for name, (fast, slow) in pairs.items():
        for kind in ("whole stretch", "per processor second", "calm week", "crisis day"):
            out[f"{name}, {kind}"] = found[fast][kind] / found[slow][kind]
    return out


def print_table(title: str, rows: dict[str, Any]) -> None:
    """Print one table of results."""
    print(f"\n{title}")
    for name, value in rows.items():
        if isinstance(value, dict):
            value = "   ".join(f"{key} {number:,.4g}" for key, number in value.items())
        print(f"  {name:<60} {value:,.2f}" if isinstance(value, float) else f"  {name:<35} {value}", flush=True)


def part_rates(threads: int) -> dict[str, Any]:
    """Residents per second, and their ratios."""
    found = measure_rates(threads)
    return {"resident-steps per second": found, "ratios": compute_ratios(found)}


def part_outcomes(threads: int) -> dict[str, Any]:
    """Outcomes of the plain Mesa model beside those of the compiled loops."""
    from .outcomes import compare_outcomes

    return {f"outcomes, {PLAIN} residents": compare_outcomes(PLAIN, range(1, 9))}


def part_memory(threads: int) -> dict[str, Any]:
    """Bytes per resident."""
    from .memory import measure_bytes_per_resident

    return {"memory": measure_bytes_per_resident()}


def part_waits(threads: int) -> dict[str, Any]:
    """Seconds that a user waits."""
    from .start import measure_waits

    found = measure_waits("village", "three_sites")
    return {"seconds": found, "ratios of seconds": {f"{name} : python": value / found["python"]
                                                    for name, value in found.items() if name != "python"}}


def part_limit(threads: int) -> dict[str, Any]:
    """Time of every phase against copy bandwidth, in five large communes."""
    from .limit import measure_phases
    from .memory import SIZES
    from .reach import compile_all
    from .town import build_heat_run, build_whole_communes

    compile_all()
    run = build_heat_run(build_whole_communes(*SIZES[1].split(",")))
    return {"against copy bandwidth, two threads": measure_phases(run, 2)}


def part_curve(threads: int) -> dict[str, Any]:
    """Seconds of a step by number of residents, and by how much they do."""
    from .reach import compile_all, measure_by_activity, measure_by_size

    compile_all()
    return {"seconds by size": measure_by_size(10**7), "seconds by activity": measure_by_activity(threads)}


def part_long(threads: int) -> dict[str, Any]:
    """The whole département through two years, sixty days of crisis and the year after, in a process of its own."""
    from .reach import compile_and_measure_long_run

    with ProcessPoolExecutor(1, get_context("spawn")) as alone:
        return {"whole département, two threads": alone.submit(compile_and_measure_long_run, 2).result()}


PARTS = {"rates": part_rates, "outcomes": part_outcomes, "memory": part_memory, "waits": part_waits,
         "limit": part_limit, "curve": part_curve, "long": part_long}
"""Part to its function of the number of threads, which returns tables of results."""


def measure_parts(parts: list[str], threads: int) -> dict[str, Any]:
    """Measure these parts and print their tables; the results, with a description of the machine."""
    results: dict[str, Any] = {"machine": {**describe_machine(), "threads": threads}}
    print_table("machine", results["machine"])
    for part in parts:
        found = PARTS[part](threads)
        for title, rows in found.items():
            print_table(title, rows)
        results |= found
    return results


def main() -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m experiments.speed", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)}; all by default")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, default=HERE / "results.json")
    arguments = parser.parse_args()
    unknown = set(arguments.parts) - set(PARTS)
    if unknown:
        parser.error(f"unknown part {sorted(unknown)[0]}: expected some of {', '.join(PARTS)}")
    results = measure_parts(arguments.parts or list(PARTS), arguments.threads)
    before = json.loads(arguments.out.read_text(encoding="utf-8")) if arguments.parts and arguments.out.exists() else {}
    arguments.out.write_text(json.dumps(before | results, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    append_entry(results, arguments.out.with_name("history.json"))
    print(f"\n{arguments.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
