"""Overhead of the study engine: the same runs in plain loops, with one worker, with two.

    python -m experiments.overhead
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
RESULTS = HERE / "results.json"
STUDY = """\
question_fr: Combien coûte le moteur des études ?
question_en: What does the engine of studies cost?
set: {territory: village, crisis: heatwave}
portfolios: {levers: [coordinator, outreach, phone_tree_and_register]}
"""
BY_HAND = """\
import sys
from pathlib import Path

from simulator.config.study.study_points import StudyPoints
from simulator.config.study.study_request import read_study_request
from simulator.engine.fork import play_arms
from simulator.records.files.run_files import save_record

card, folder, first, step, seeds = sys.argv[1:]
points = StudyPoints(read_study_request([f"name={card}"], []))
for seed in range(1 + int(first), 1 + int(seeds), int(step)):
    runs = [planned.run for planned in points.plan_runs(0, [seed])]
    play_arms(runs, on_record=lambda run, record: save_record(record, Path(folder) / f"{run.id}.parquet"))
"""
Processes = list["subprocess.Popen[bytes]"]


def start_loops(card: Path, folder: Path, workers: int, seeds: int) -> Processes:
    """Start plain loops over seeds, one process per worker, each with its share of the seeds."""
    return [subprocess.Popen([sys.executable, "-c", BY_HAND, str(card), str(folder), str(k), str(workers), str(seeds)])
            for k in range(workers)]


def start_study(card: Path, folder: Path, workers: int, seeds: int) -> Processes:
    """Start `resilience study` with this number of workers."""
    words = [f"name={card}", f"results={folder}", f"seeds={seeds}", f"executor.workers={workers}", "threads=1"]
    return [subprocess.Popen([sys.executable, "-m", "simulator", "study", *words], stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)]


WAYS: dict[str, tuple[Callable[..., Processes], int]] = {
    "by_hand_2": (start_loops, 2), "study_2": (start_study, 2), "study_1": (start_study, 1)}
"""Name of a way to play the runs, to the function that starts it and its number of workers."""


def measure_way(way: str, card: Path, seeds: int) -> dict[str, float]:
    """Play the runs one way. Seconds until all processes have ended, their processor time, load of the machine."""
    start, workers = WAYS[way]
    with tempfile.TemporaryDirectory() as folder:
        started, used = time.perf_counter(), measure_processor_seconds()
        for process in start(card, Path(folder) / "out", workers, seeds):
            if process.wait() != 0:
                raise SystemExit(f"{way}: ended with exit code {process.returncode}")
        return {"seconds": round(time.perf_counter() - started, 2),
                "processor": round(measure_processor_seconds() - used, 2),
                "load": round(os.getloadavg()[0], 1)}


def measure_processor_seconds() -> float:
    """Processor time of all child processes that have ended, with their own children."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def summarise(seeds: int, timings: dict[str, list[dict[str, float]]]) -> dict[str, object]:
    """The results to write: all timings, and ratios of the best timing of each way.

    The best timing is the one that other users of the machine disturbed least.
    """
    best = {way: min(timing["seconds"] for timing in found) for way, found in timings.items()}
    used = {way: min(timing["processor"] for timing in found) for way, found in timings.items()}
    results: dict[str, object] = {"seeds": seeds, "runs": 4 * seeds, "processors": os.cpu_count(),
                                  "best_seconds": best, "best_processor": used}
    if "study_2" in best and "by_hand_2" in best:
        results["overhead"] = round(best["study_2"] / best["by_hand_2"] - 1, 3)
        results["processor_overhead"] = round(used["study_2"] / used["by_hand_2"] - 1, 3)
    if "study_2" in best and "study_1" in best:
        results["two_over_one"] = round(best["study_1"] / best["study_2"], 2)
    return {**results, "timings": timings}


def parse_arguments() -> argparse.Namespace:
    """The arguments of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=list(WAYS))
    parser.add_argument("--more", action="store_true", help="add to the timings kept before, of as many seeds")
    return parser.parse_args()


def main() -> None:
    """Time each way, in turns; write all timings and the ratios of the best."""
    arguments = parse_arguments()
    os.environ["NUMBA_NUM_THREADS"] = "1"
    timings: dict[str, list[dict[str, float]]] = {}
    if arguments.more and RESULTS.is_file():
        before = json.loads(RESULTS.read_text(encoding="utf-8"))
        timings = before["timings"] if before["seeds"] == arguments.seeds else {}
    with tempfile.TemporaryDirectory() as folder:
        card = Path(folder) / "overhead.yaml"
        card.write_text(STUDY, encoding="utf-8")
        if not arguments.more:
            measure_way("study_1", card, 1)  # compiles what is not in the cache
        for _ in range(arguments.rounds):
            for way in arguments.ways:
                timings.setdefault(way, []).append(measure_way(way, card, arguments.seeds))
                print(way, timings[way][-1], flush=True)
    found = summarise(arguments.seeds, timings)
    RESULTS.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print(json.dumps({key: value for key, value in found.items() if key != "timings"}, indent=2))


if __name__ == "__main__":
    main()
