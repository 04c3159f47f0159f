"""What the engine of studies costs: the same runs by hand, by one worker, by two. `python -m experiments.overhead`."""

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
from simulator.config.study_request import asked
from simulator.config.points import Points
from simulator.engine.fork import play_arms
from simulator.records.folder import save
from pathlib import Path
card, folder, first, step, seeds = sys.argv[1:]
points = Points(asked([f"name={card}"], []))
for seed in range(1 + int(first), 1 + int(seeds), int(step)):
    runs = [one.run for one in points.runs(0, [seed])]
    play_arms(runs, on_record=lambda run, record: save(record, Path(folder) / f"{run.id}.parquet"))
"""
Started = list["subprocess.Popen[bytes]"]


def by_hand(card: Path, folder: Path, workers: int, seeds: int) -> Started:
    """Plain loops over seeds, one process per worker, each with its share of the seeds."""
    return [subprocess.Popen([sys.executable, "-c", BY_HAND, str(card), str(folder), str(k), str(workers), str(seeds)])
            for k in range(workers)]


def studied(card: Path, folder: Path, workers: int, seeds: int) -> Started:
    """The study engine."""
    words = [f"name={card}", f"results={folder}", f"seeds={seeds}", f"executor.workers={workers}", "threads=1"]
    return [subprocess.Popen([sys.executable, "-m", "simulator", "study", *words], stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)]


WAYS: dict[str, tuple[Callable[..., Started], int]] = {
    "by_hand_2": (by_hand, 2), "study_2": (studied, 2), "study_1": (studied, 1)}


def timed(way: str, card: Path, seeds: int) -> dict[str, float]:
    """Seconds until all processes have ended well, and the processor time they took together."""
    start, workers = WAYS[way]
    with tempfile.TemporaryDirectory() as folder:
        begun, used = time.perf_counter(), processor()
        for process in start(card, Path(folder) / "out", workers, seeds):
            if process.wait() != 0:
                raise SystemExit(f"{way}: ended with exit code {process.returncode}")
        return {"seconds": round(time.perf_counter() - begun, 2), "processor": round(processor() - used, 2),
                "load": round(os.getloadavg()[0], 1)}


def processor() -> float:
    """Processor time of all processes that have ended, theirs included."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def summary(seeds: int, timings: dict[str, list[dict[str, float]]]) -> dict[str, object]:
    """Ratios of the best of each way; the best is what the other users of the machine disturbed least."""
    best = {way: min(one["seconds"] for one in found) for way, found in timings.items()}
    used = {way: min(one["processor"] for one in found) for way, found in timings.items()}
    told: dict[str, object] = {"seeds": seeds, "runs": 4 * seeds, "processors": os.cpu_count(),
                               "best_seconds": best, "best_processor": used}
    if "study_2" in best and "by_hand_2" in best:
        told["overhead"] = round(best["study_2"] / best["by_hand_2"] - 1, 3)
        told["processor_overhead"] = round(used["study_2"] / used["by_hand_2"] - 1, 3)
    if "study_2" in best and "study_1" in best:
        told["two_over_one"] = round(best["study_1"] / best["study_2"], 2)
    return {**told, "timings": timings}


def asked() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=list(WAYS))
    parser.add_argument("--more", action="store_true", help="add to the timings kept before, of as many seeds")
    return parser.parse_args()


def main() -> None:
    """Time each way, in turns; write all timings down, and what the best of them say."""
    said = asked()
    os.environ["NUMBA_NUM_THREADS"] = "1"
    timings: dict[str, list[dict[str, float]]] = {}
    if said.more and RESULTS.is_file():
        before = json.loads(RESULTS.read_text(encoding="utf-8"))
        timings = before["timings"] if before["seeds"] == said.seeds else {}
    with tempfile.TemporaryDirectory() as folder:
        card = Path(folder) / "overhead.yaml"
        card.write_text(STUDY, encoding="utf-8")
        if not said.more:
            timed("study_1", card, 1)  # compiles, where that was not done
        for _ in range(said.rounds):
            for way in said.ways:
                timings.setdefault(way, []).append(timed(way, card, said.seeds))
                print(way, timings[way][-1], flush=True)
    found = summary(said.seeds, timings)
    RESULTS.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print(json.dumps({key: value for key, value in found.items() if key != "timings"}, indent=2))


if __name__ == "__main__":
    main()
