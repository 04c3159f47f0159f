"""Seconds a user waits: import, --help, first run (everything to be compiled) and warm run."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def seconds(command: list[str], folder: Path, **environment: str) -> float:
    """Wall-clock time of a command run in a folder. RuntimeError with what it said if it fails."""
    begun = time.perf_counter()
    root = str(Path(__file__).resolve().parents[2])
    paths = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True,
                          env={**os.environ, "PYTHONPATH": paths, "MPLBACKEND": "Agg", **environment})
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip()[-500:]}")
    return time.perf_counter() - begun


def waits(*territories: str) -> dict[str, float]:
    """Best of five for the short ones. One cache of compiled code, empty before the first territory's first run."""
    python = [sys.executable]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cache = {"RESILIENCE_CACHE": str(folder / "cache")}

        def run(territory: str, results: str) -> float:
            command = [*python, "-m", "simulator", "run", f"territory={territory}", f"results={results}"]
            return seconds(command, folder, **cache)

        found = {
            "python": min(seconds([*python, "-c", ""], folder) for _ in range(5)),
            "import": min(seconds([*python, "-c", "import simulator"], folder) for _ in range(5)),
            "--help": min(seconds([*python, "-m", "simulator", "--help"], folder) for _ in range(5)),
            f"first run, {territories[0]}": run(territories[0], "first"),
        }
        return found | {f"warm run, {one}": min(run(one, f"{one}_{n}") for n in range(2)) for one in territories}
