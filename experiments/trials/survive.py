"""Studies that are killed, lose a worker, run out of disk space or share a folder must write the same bytes.

    python -m experiments.trials.survive kills          or worker, dask, disk, writers, all

Uses real processes and real runs.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from experiments.trials.results import save_result

CARD = """\
question_fr: Que reste-t-il ?
question_en: What is left?
set: {territory: village, crisis: heatwave, calendar.levers: "2025-01-13", calendar.horizon_days: 30,
      calendar.recovery_days: 14, crisis.heatwave.start: "2025-01-27", crisis.heatwave.days: 5}
vary: {crisis.heatwave.severity: [0.5, 1.5]}
portfolios: {levers: [coordinator, outreach]}
seeds: 20
"""
RUNS = 120
"""Runs of the study."""
TIMEOUT_SECONDS = 600.0
LONGEST_SECONDS = 20.0
"""Latest instant at which a study is killed, start-up included."""


def start_study(card: Path, folder: Path, *words: str) -> subprocess.Popen[bytes]:
    """Start a study in a process of its own. words: further words of the command line."""
    line = [sys.executable, "-m", "simulator", "study", f"name={card}", f"results={folder}", "threads=1", *words]
    return subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                            env={**os.environ, "NUMBA_NUM_THREADS": "1"})


def finish_study(card: Path, folder: Path, *words: str) -> int:
    """Play what is missing; returns the exit code."""
    return start_study(card, folder, *words).wait(TIMEOUT_SECONDS)


def hash_results(folder: Path) -> str:
    """Hash of names and bytes of all files of runs and plans."""
    digested = hashlib.sha256()
    for part in ("runs", "plans"):
        for file in sorted((folder / part).iterdir()):
            digested.update(file.name.encode() + file.read_bytes())
    return digested.hexdigest()[:16]


def count_runs(folder: Path) -> int:
    """Number of stored runs."""
    return sum(not file.name.startswith(".") for file in folder.glob("runs/*.parquet"))


def list_children(pid: int) -> list[int]:
    """Ids of the processes that a process has started, from any of its threads."""
    return [int(child) for file in Path(f"/proc/{pid}/task").glob("*/children") for child in file.read_text().split()]


def kill_study(card: Path, folder: Path, expected: str, rng: random.Random, count: int = 100) -> dict[str, object]:
    """Kill the study and resume it, `count` times in all; a study that ends before it is killed is compared.

    rng: draws the instants of the kills.
    """
    killed = equal = 0
    studies = [folder / "0"]
    while killed < count:
        process = start_study(card, studies[-1], "workers=2")
        try:
            process.wait(rng.uniform(0.0, LONGEST_SECONDS))
            equal += hash_results(studies[-1]) == expected
            studies.append(folder / str(len(studies)))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            killed += 1
    code = finish_study(card, studies[-1], "workers=2")
    equal += hash_results(studies[-1]) == expected
    return {"kills": killed, "studies ended": len(studies), "equal": equal, "last exit code": code}


def kill_worker(card: Path, folder: Path, expected: str, rng: random.Random) -> dict[str, object]:
    """Kill one worker process while it plays."""
    process = start_study(card, folder, "workers=2")
    while count_runs(folder) < 3:
        time.sleep(0.02)
    os.kill(rng.choice(list_children(process.pid)), signal.SIGKILL)
    return {"exit code": process.wait(TIMEOUT_SECONDS), "equal": hash_results(folder) == expected}


def kill_dask_worker(card: Path, folder: Path, expected: str, rng: random.Random) -> dict[str, object]:
    """Kill a worker of a Dask cluster on this machine while it plays."""
    process = start_study(card, folder, "executor=dask", "executor.workers=2")
    while count_runs(folder) < 3:
        time.sleep(0.02)
    found = [pid for pid in _list_descendants(process.pid)
             if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    os.kill(rng.choice(found), signal.SIGKILL)
    return {"exit code": process.wait(TIMEOUT_SECONDS), "equal": hash_results(folder) == expected}


def _list_descendants(pid: int) -> list[int]:
    children = list_children(pid)
    return children + [descendant for child in children for descendant in _list_descendants(child)]


def fill_disk(card: Path, folder: Path, expected: str, rng: random.Random) -> dict[str, object]:
    """Play on a disk of 400 KB until it is full, then enlarge the disk and resume. Needs root, to mount it."""
    folder.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        return {"skipped": "a small disk may not be mounted here"}
    try:
        first, stored = finish_study(card, folder / "out", "workers=2"), count_runs(folder / "out")
        unfinished = len(list(folder.rglob(".*.tmp")))
        subprocess.run(["mount", "-o", "remount,size=64m", str(folder)], check=True)
        second = finish_study(card, folder / "out", "workers=2")
        return {"exit code when full": first, "runs kept": stored, "halves left": unfinished, "exit code after": second,
                "equal": hash_results(folder / "out") == expected}
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def run_two_writers(card: Path, folder: Path, expected: str, rng: random.Random) -> dict[str, object]:
    """Play two studies into one folder at once."""
    both = [start_study(card, folder, "workers=1") for _ in range(2)]
    codes = [process.wait(TIMEOUT_SECONDS) for process in both]
    lines = sum(len(file.read_text().splitlines()) for file in (folder / "log").iterdir())
    return {"exit codes": codes, "equal": hash_results(folder) == expected, "runs": count_runs(folder),
            "played twice": lines - count_runs(folder)}


TRIALS: dict[str, Callable[..., dict[str, object]]] = {
    "kills": kill_study, "worker": kill_worker, "dask": kill_dask_worker, "disk": fill_disk,
    "writers": run_two_writers}
"""Trial to its function: (card, folder, expected hash, random generator) to the result."""


def main() -> None:
    """Play the study once undisturbed, then each requested trial."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trial", choices=[*TRIALS, "all"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=100)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        card, rng = Path(scratch) / "trial.yaml", random.Random(arguments.seed)
        card.write_text(CARD, encoding="utf-8")
        undisturbed = Path(scratch) / "undisturbed"
        if finish_study(card, undisturbed, "workers=2") or count_runs(undisturbed) != RUNS:
            raise SystemExit("the undisturbed study did not end well")
        expected = hash_results(undisturbed)
        for name in TRIALS if arguments.trial == "all" else [arguments.trial]:
            more = {"count": arguments.kills} if name == "kills" else {}
            save_result(name, TRIALS[name](card, Path(scratch) / name, expected, rng, **more))


if __name__ == "__main__":
    main()
