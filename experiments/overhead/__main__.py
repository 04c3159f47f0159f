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
from pathlib import Path

HERE = Path(__file__).parent
STUDY = """\
question_fr: Combien coûte le moteur des études ?
question_en: What does the engine of studies cost?
set: {territory: village, crisis: heatwave}
portfolios: {levers: [coordinator, outreach, phone_tree_and_register]}
"""
BY_HAND = """\
import sys
from simulator.app.asked import asked
from simulator.app.points import Points
from simulator.engine.fork import play_arms
from simulator.records.folder import save
from pathlib import Path
card, folder, first, step, seeds = sys.argv[1:]
points = Points(asked([f"name={card}"], []))
for seed in range(1 + int(first), 1 + int(seeds), int(step)):
    runs = [one.run for one in points.runs(0, [seed])]
    play_arms(runs, on_record=lambda run, record: save(record, Path(folder) / f"{run.id}.parquet"))
"""


def by_hand(card: Path, folder: Path, workers: int, seeds: int) -> list[subprocess.Popen[bytes]]:
    """Plain loops over seeds, one process per worker, each with its share of the seeds."""
    return [subprocess.Popen([sys.executable, "-c", BY_HAND, str(card), str(folder), str(k), str(workers), str(seeds)])
            for k in range(workers)]


def studied(card: Path, folder: Path, workers: int, seeds: int) -> list[subprocess.Popen[bytes]]:
    """The study engine."""
    words = [f"name={card}", f"results={folder}", f"seeds={seeds}", f"executor.workers={workers}", "threads=1"]
    return [subprocess.Popen([sys.executable, "-m", "simulator", "study", *words], stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)]


def timed(start: object, *arguments: object) -> tuple[float, float]:
    """Seconds until all processes have ended well, and the processor time they took together."""
    with tempfile.TemporaryDirectory() as folder:
        begun, used = time.perf_counter(), processor()
        for process in start(arguments[0], Path(folder) / "out", *arguments[1:]):  # type: ignore[operator]
            assert process.wait() == 0
        return time.perf_counter() - begun, processor() - used


def processor() -> float:
    """Processor time of all processes that have ended, theirs included."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def main() -> None:
    """Time each way, in turns, and keep the best of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=2)
    asked = parser.parse_args()
    os.environ["NUMBA_NUM_THREADS"] = "1"
    best: dict[str, float] = {}
    used: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        card = Path(folder) / "overhead.yaml"
        card.write_text(STUDY, encoding="utf-8")
        timed(studied, card, 1, 1)
        for _ in range(asked.rounds):
            for name, start, workers in (("by_hand_2", by_hand, 2), ("study_2", studied, 2), ("study_1", studied, 1)):
                seconds, spent = timed(start, card, workers, asked.seeds)
                best[name], used[name] = min(best.get(name, seconds), seconds), min(used.get(name, spent), spent)
    found = {"runs": 4 * asked.seeds, "processors": os.cpu_count(),
             "seconds": {k: round(v, 1) for k, v in best.items()},
             "processor_seconds": {k: round(v, 1) for k, v in used.items()}, "load": round(os.getloadavg()[1], 1),
             "overhead": round(best["study_2"] / best["by_hand_2"] - 1, 3),
             "processor_overhead": round(used["study_2"] / used["by_hand_2"] - 1, 3),
             "two_over_one": round(best["study_1"] / best["study_2"], 2)}
    (HERE / "results.json").write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
