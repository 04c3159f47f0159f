"""Is this commit faster than that one? Both in one run on one machine, taking turns.

    python -m experiments.speed.commits HEAD~5 HEAD
    python -m experiments.speed.commits v1 v2 --commune 93001 --rounds 7

Each turn is a process of its own that plays the same stretch and keeps its best times; the two commits alternate, and
who goes first alternates too. The ratio is the geometric mean over turns with its 95 % interval (Student's t on
logarithms). "Equal": the interval lies within two per cent of 1; "not told apart": it holds 1 and is wider.
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
KINDS = ("build", "calm week", "crisis day")
SAME = 0.02
"""A change of speed that nobody cares about."""


def checkout(commit: str, folder: Path) -> str:
    """A copy of a commit's files; its full name. SystemExit with git's words if there is no such commit."""
    found = subprocess.run(["git", "rev-parse", "--verify", f"{commit}^{{commit}}"], cwd=ROOT, capture_output=True,
                           text=True)
    if found.returncode:
        sys.exit(f"commits: {commit!r}: no such commit here ({found.stderr.strip()})")
    folder.mkdir()
    archive = subprocess.Popen(["git", "archive", found.stdout.strip()], cwd=ROOT, stdout=subprocess.PIPE)
    subprocess.run(["tar", "-x", "-C", str(folder)], stdin=archive.stdout, check=True)
    return found.stdout.strip()[:12]


def turn(folder: Path, asked: argparse.Namespace) -> dict[str, Any]:
    """One process of one commit. RuntimeError with what it said."""
    command = [sys.executable, "-W", "ignore", str(HERE / "workload.py"), str(asked.threads), asked.commune,
               asked.start, str(asked.days)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True,
                          env={**os.environ, "PYTHONPATH": str(folder)})
    if done.returncode:
        raise RuntimeError(f"{folder.name}: {done.stderr.strip()[-500:]}")
    return json.loads(done.stdout.splitlines()[-1])


def verdict(ratios: list[float], level: float = 0.95) -> dict[str, Any]:
    """Time of the second over time of the first, with its interval, in a word."""
    logs = [math.log(ratio) for ratio in ratios]
    middle, n = mean(logs), len(logs)
    half = float(stdtrit(n - 1, 0.5 + level / 2)) * stdev(logs) / n**0.5
    low, high = math.exp(middle - half), math.exp(middle + half)
    word = ("faster" if high < 1 - SAME else "slower" if low > 1 + SAME else
            "equal" if 1 - SAME <= low and high <= 1 + SAME else
            "faster, a little" if high < 1 else "slower, a little" if low > 1 else "not told apart")
    return {"ratio": math.exp(middle), "low": low, "high": high, "verdict": word}


def compare(asked: argparse.Namespace) -> dict[str, Any]:
    """Alternate the two commits; ratios by kind, and whether they end in the same bits."""
    with tempfile.TemporaryDirectory() as name:
        folders = [Path(name) / "first", Path(name) / "second"]
        names = [checkout(commit, folder) for commit, folder in zip((asked.first, asked.second), folders)]
        for folder in folders:
            turn(folder, asked)  # compiles
        rounds = []
        for k in range(asked.rounds):
            order = (0, 1) if k % 2 == 0 else (1, 0)
            told = {who: turn(folders[who], asked) for who in order}
            rounds.append((told[0], told[1]))
    found: dict[str, Any] = {"first": names[0], "second": names[1], "rounds": asked.rounds}
    for kind in KINDS:
        found[kind] = verdict([b[kind] / a[kind] for a, b in rounds]) | {
            "first, best s": min(a[kind] for a, _ in rounds), "second, best s": min(b[kind] for _, b in rounds)}
    found["same bits"] = rounds[0][0]["digest"] == rounds[0][1]["digest"]
    return found


def main() -> int:
    """Compare and tell."""
    parser = argparse.ArgumentParser(prog="python -m experiments.speed.commits", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("first")
    parser.add_argument("second")
    parser.add_argument("--rounds", type=int, default=5, help="turns of each, at least 3")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--commune", default="93014")
    parser.add_argument("--start", default="2027-06-07")
    parser.add_argument("--days", type=int, default=7, help="crisis days played")
    asked = parser.parse_args()
    if asked.rounds < 3:
        parser.error(f"--rounds {asked.rounds}: expected at least 3")
    found = compare(asked)
    print(f"{found['second']} against {found['first']}, {asked.rounds} turns each"
          f"{'; same bits at the end' if found['same bits'] else '; other results at the end'}")
    for kind in KINDS:
        one = found[kind]
        print(f"  {kind:<12} {one['verdict']:<16} time x {one['ratio']:.3f} [{one['low']:.3f}, {one['high']:.3f}]"
              f"   best {one['first, best s'] * 1e3:.1f} ms -> {one['second, best s'] * 1e3:.1f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
