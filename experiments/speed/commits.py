"""Compares the speed of two commits, in one run on one machine, in alternation.

    python -m experiments.speed.commits HEAD~5 HEAD
    python -m experiments.speed.commits v1 v2 --commune 93001 --rounds 7
    python -m experiments.speed.commits v1 v2 --commune 93071 --residents 500 --start 2025-01-06 --days 365
                                                                            whole runs of the village

In each round both commits play the same stretch (workload.py), each in a process of its own that keeps its best times;
which one goes first alternates. The ratio is the geometric mean over rounds with its 95 % interval (Student's t on
logarithms). "equal": the interval lies within two per cent of 1; "not told apart": it contains 1 and is wider.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import mean, stdev
from typing import Any

from scipy.special import stdtrit

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
KINDS = ("build", "calm week", "crisis day", "all steps")
SAME = 0.02
"""Relative change of speed below which two commits count as equal."""


def extract_commit(commit: str, folder: Path) -> str:
    """Extract a commit's files into a new folder; returns its short hash. SystemExit if there is no such commit."""
    found = subprocess.run(["git", "rev-parse", "--verify", f"{commit}^{{commit}}"], cwd=ROOT, capture_output=True,
                           text=True)
    if found.returncode:
        sys.exit(f"commits: {commit!r}: no such commit here ({found.stderr.strip()})")
    folder.mkdir()
    archive = subprocess.Popen(["git", "archive", found.stdout.strip()], cwd=ROOT, stdout=subprocess.PIPE)
    subprocess.run(["tar", "-x", "-C", str(folder)], stdin=archive.stdout, check=True)
    return found.stdout.strip()[:12]


def play_workload(folder: Path, arguments: argparse.Namespace) -> dict[str, Any]:
    """Play the workload once with the code in `folder`; its times and digest. RuntimeError with the process's error."""
    command = [sys.executable, "-W", "ignore", str(HERE / "workload.py"), str(arguments.threads), arguments.commune,
               arguments.start, str(arguments.days), str(arguments.residents)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True,
                          env={**os.environ, "PYTHONPATH": str(folder)})
    if done.returncode:
        raise RuntimeError(f"{folder.name}: {done.stderr.strip()[-500:]}")
    return json.loads(done.stdout.splitlines()[-1])


def judge_ratios(ratios: list[float], level: float = 0.95) -> dict[str, Any]:
    """Geometric mean of the ratios (second time over first) with its interval, and a verdict in words."""
    logs = [math.log(ratio) for ratio in ratios]
    middle, n = mean(logs), len(logs)
    half = float(stdtrit(n - 1, 0.5 + level / 2)) * stdev(logs) / n**0.5
    low, high = math.exp(middle - half), math.exp(middle + half)
    word = ("faster" if high < 1 - SAME else "slower" if low > 1 + SAME else
            "equal" if 1 - SAME <= low and high <= 1 + SAME else
            "faster, a little" if high < 1 else "slower, a little" if low > 1 else "not told apart")
    return {"ratio": math.exp(middle), "low": low, "high": high, "verdict": word}


def compare_commits(arguments: argparse.Namespace) -> dict[str, Any]:
    """Play both commits in alternation: ratios by kind of measurement, and whether both end with the same digest."""
    with tempfile.TemporaryDirectory() as name:
        folders = [Path(name) / "first", Path(name) / "second"]
        names = [extract_commit(commit, folder) for commit, folder in zip((arguments.first, arguments.second), folders)]
        for folder in folders:
            play_workload(folder, arguments)  # compiles
        rounds = []
        for k in range(arguments.rounds):
            order = (0, 1) if k % 2 == 0 else (1, 0)
            played = {k_commit: play_workload(folders[k_commit], arguments) for k_commit in order}
            rounds.append((played[0], played[1]))
    found: dict[str, Any] = {"first": names[0], "second": names[1], "rounds": arguments.rounds}
    for kind in KINDS:
        found[kind] = judge_ratios([b[kind] / a[kind] for a, b in rounds]) | {
            "first, best s": min(a[kind] for a, _ in rounds), "second, best s": min(b[kind] for _, b in rounds)}
    found["same bits"] = rounds[0][0]["digest"] == rounds[0][1]["digest"]
    return found


def main() -> int:
    """Compare two commits and print the result."""
    parser = argparse.ArgumentParser(prog="python -m experiments.speed.commits", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("first")
    parser.add_argument("second")
    parser.add_argument("--rounds", type=int, default=5, help="rounds, at least 3")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--commune", default="93014")
    parser.add_argument("--start", default="2027-06-07")
    parser.add_argument("--days", type=int, default=7, help="days played from the crisis on")
    parser.add_argument("--residents", type=int, default=0, help="scale the commune down to so many residents")
    arguments = parser.parse_args()
    if arguments.rounds < 3:
        parser.error(f"--rounds {arguments.rounds}: expected at least 3")
    found = compare_commits(arguments)
    print(f"{found['second']} against {found['first']}, {arguments.rounds} turns each"
          f"{'; same bits at the end' if found['same bits'] else '; other results at the end'}")
    for kind in KINDS:
        result = found[kind]
        interval = f"[{result['low']:.3f}, {result['high']:.3f}]"
        print(f"  {kind:<12} {result['verdict']:<16} time x {result['ratio']:.3f} {interval}"
              f"   best {result['first, best s'] * 1e3:.1f} ms -> {result['second, best s'] * 1e3:.1f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
