"""Hydra's own multirun, with its own launcher, fills the same store."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

import simulator
from tests.app.short_study import WORDS


@pytest.mark.slow
def test_hydras_launcher_fills_the_store(tmp_path):
    env = {**os.environ, "NUMBA_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    words = ["-m", "lever=none,coordinator", *WORDS, "results=out", "hydra.job.chdir=false"]
    done = subprocess.run([sys.executable, "-m", "simulator.app.commands.hydra", *words], cwd=tmp_path, env=env,
                          capture_output=True, text=True, check=False, timeout=200)
    assert done.returncode == 0, done.stderr
    assert set(simulator.open(tmp_path / "out").df()["levers"]) == {"", "coordinator"}
