"""Seconds that a user waits: import, --help, first run (everything is compiled) and later runs."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def time_command(command: list[str], folder: Path, **environment: str) -> float:
    """Wall-clock seconds of a command run in a folder. RuntimeError with its error output if it fails."""
    started = time.perf_counter()
    root = str(Path(__file__).resolve().parents[2])
    paths = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True,
                          env={**os.environ, "PYTHONPATH": paths, "MPLBACKEND": "Agg", **environment})
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip()[-500:]}")
    return time.perf_counter() - started


def measure_waits(*territories: str) -> dict[str, float]:
    """Seconds of each command, the best of five for short ones.

    The cache of compiled code is empty before the first run, of the first territory.
    """
    python = [sys.executable]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cache = {"RESILIENCE_CACHE": str(folder / "cache")}

        def run(territory: str, results: str) -> float:
            command = [*python, "-m", "simulator", "run", f"territory={territory}", f"results={results}"]
            return time_command(command, folder, **cache)

        found = {
            "python": min(time_command([*python, "-c", ""], folder) for _ in range(5)),
            "import": min(time_command([*python, "-c", "import simulator"], folder) for _ in range(5)),
            "--help": min(time_command([*python, "-m", "simulator", "--help"], folder) for _ in range(5)),
            f"first run, {territories[0]}": run(territories[0], "first"),
        }
        return found | {f"warm run, {name}": min(run(name, f"{name}_{n}") for n in range(2)) for name in territories}
