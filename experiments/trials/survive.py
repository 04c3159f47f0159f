"""Studies that lose their process, a worker, their disk, or share a folder: the table is the same, byte for byte.

`python -m experiments.trials.survive kills` (or worker, dask, disk, writers, all). Real processes, real runs.
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

from experiments.trials.told import tell

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
WAIT = 600.0


def start(card: Path, folder: Path, *words: str) -> subprocess.Popen[bytes]:
    """A study in a process of its own."""
    line = [sys.executable, "-m", "simulator", "study", f"name={card}", f"results={folder}", "threads=1", *words]
    return subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                            env={**os.environ, "NUMBA_NUM_THREADS": "1"})


def finish(card: Path, folder: Path, *words: str) -> int:
    """Play what is missing; the exit code."""
    return start(card, folder, *words).wait(WAIT)


def digest(folder: Path) -> str:
    """A hash of the final table: names and bytes of every run and plan."""
    seen = hashlib.sha256()
    for part in ("runs", "plans"):
        for file in sorted((folder / part).iterdir()):
            seen.update(file.name.encode() + file.read_bytes())
    return seen.hexdigest()[:16]


def kept(folder: Path) -> int:
    """Runs in place."""
    return sum(not one.name.startswith(".") for one in folder.glob("runs/*.parquet"))


def workers(pid: int) -> list[int]:
    """Processes that a study has started, from whichever of its threads."""
    return [int(one) for file in Path(f"/proc/{pid}/task").glob("*/children") for one in file.read_text().split()]


def kills(card: Path, folder: Path, expected: str, luck: random.Random, count: int = 100) -> dict[str, object]:
    """kill -9 at random instants until there were `count`; a study that ends before is compared and begun anew."""
    done = whole = 0
    studies = [folder / "0"]
    while done < count:
        process = start(card, studies[-1], "workers=2")
        try:
            process.wait(luck.uniform(0.0, LONGEST))
            whole += digest(studies[-1]) == expected
            studies.append(folder / str(len(studies)))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            done += 1
    code = finish(card, studies[-1], "workers=2")
    whole += digest(studies[-1]) == expected
    return {"kills": done, "studies ended": len(studies), "equal": whole, "last exit code": code}


LONGEST = 20.0
"""Seconds a study is left alone, at most: start-up included."""


def worker(card: Path, folder: Path, expected: str, luck: random.Random) -> dict[str, object]:
    """One worker process killed while it plays."""
    process = start(card, folder, "workers=2")
    while kept(folder) < 3:
        time.sleep(0.02)
    os.kill(luck.choice(workers(process.pid)), signal.SIGKILL)
    return {"exit code": process.wait(WAIT), "equal": digest(folder) == expected}


def dask(card: Path, folder: Path, expected: str, luck: random.Random) -> dict[str, object]:
    """A worker of a Dask cluster on this machine killed in mid-run."""
    process = start(card, folder, "executor=dask", "executor.workers=2")
    while kept(folder) < 3:
        time.sleep(0.02)
    found = [one for one in _below(process.pid) if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]
    os.kill(luck.choice(found), signal.SIGKILL)
    return {"exit code": process.wait(WAIT), "equal": digest(folder) == expected}


def _below(pid: int) -> list[int]:
    children = workers(pid)
    return children + [other for one in children for other in _below(one)]


def disk(card: Path, folder: Path, expected: str, luck: random.Random) -> dict[str, object]:
    """A disk of 400 KB fills up; then it grows. Needs root, to mount it."""
    folder.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        return {"skipped": "a small disk may not be mounted here"}
    try:
        first, there = finish(card, folder / "out", "workers=2"), kept(folder / "out")
        halves = len(list(folder.rglob(".*.tmp")))
        subprocess.run(["mount", "-o", "remount,size=64m", str(folder)], check=True)
        second = finish(card, folder / "out", "workers=2")
        return {"exit code when full": first, "runs kept": there, "halves left": halves, "exit code after": second,
                "equal": digest(folder / "out") == expected}
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def writers(card: Path, folder: Path, expected: str, luck: random.Random) -> dict[str, object]:
    """Two studies on one folder at once."""
    both = [start(card, folder, "workers=1") for _ in range(2)]
    codes = [process.wait(WAIT) for process in both]
    lines = sum(len(file.read_text().splitlines()) for file in (folder / "log").iterdir())
    return {"exit codes": codes, "equal": digest(folder) == expected, "runs": kept(folder),
            "played twice": lines - kept(folder)}


TRIALS: dict[str, Callable[..., dict[str, object]]] = {
    "kills": kills, "worker": worker, "dask": dask, "disk": disk, "writers": writers}


def main() -> None:
    """Play the study once undisturbed, then each trial asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trial", choices=[*TRIALS, "all"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=100)
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        card, luck = Path(scratch) / "trial.yaml", random.Random(said.seed)
        card.write_text(CARD, encoding="utf-8")
        if finish(card, Path(scratch) / "undisturbed", "workers=2") or kept(Path(scratch) / "undisturbed") != RUNS:
            raise SystemExit("the undisturbed study did not end well")
        expected = digest(Path(scratch) / "undisturbed")
        for name in TRIALS if said.trial == "all" else [said.trial]:
            more = {"count": said.kills} if name == "kills" else {}
            tell(name, TRIALS[name](card, Path(scratch) / name, expected, luck, **more))


if __name__ == "__main__":
    main()
