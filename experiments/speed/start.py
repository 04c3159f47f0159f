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


def waits(territory: str) -> dict[str, float]:
    """Best of five for the short ones; the first run starts from an empty cache of compiled code."""
    python = [sys.executable]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run = [*python, "-m", "simulator", "run", f"territory={territory}"]
        cache = {"RESILIENCE_CACHE": str(folder / "cache")}
        return {
            "python": min(seconds([*python, "-c", ""], folder) for _ in range(5)),
            "import": min(seconds([*python, "-c", "import simulator"], folder) for _ in range(5)),
            "--help": min(seconds([*python, "-m", "simulator", "--help"], folder) for _ in range(5)),
            f"first run, {territory}": seconds([*run, "results=first"], folder, **cache),
            f"warm run, {territory}": min(seconds([*run, f"results=warm{n}"], folder, **cache) for n in range(2)),
        }
