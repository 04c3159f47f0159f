"""`resilience hydra`: Hydra's own multirun fills the same store; the former module says where it went."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

import simulator
from simulator.app.commands.hydra_job import add_plus_signs, select_run_overrides
from tests.app.short_study import WORDS


def start(folder, *argv):
    env = {**os.environ, "NUMBA_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    return subprocess.run([sys.executable, "-m", *argv], cwd=folder, env=env, capture_output=True, text=True,
                          check=False, timeout=200)


@pytest.mark.slow
def test_hydras_launcher_fills_the_store(tmp_path):
    done = start(tmp_path, "simulator", "hydra", "-m", "lever=none,coordinator", *WORDS, "results=out",
                 "hydra.job.chdir=false")
    assert done.returncode == 0, done.stderr
    assert set(simulator.open(tmp_path / "out").df()["levers"]) == {"", "coordinator"}


def test_a_wrong_setting_is_one_line_in_the_language_asked_for(tmp_path):
    done = start(tmp_path, "simulator", "hydra", "-m", "seed=1,2", "crisis=heatwve", "lang=fr", "results=out",
                 "hydra.hydra_logging.root.level=ERROR", "hydra.job_logging.root.level=ERROR")
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith("resilience: ") and done.stderr.count("\n") == 1 and "heatwave" in done.stderr
    assert "Traceback" not in done.stderr and not (tmp_path / "out").exists()


def test_settings_get_a_plus_for_hydra_and_lose_it_for_run():
    words = ["-m", "seed=1,2", "hydra/launcher=joblib", "+lever.outreach.dose=2"]
    known = add_plus_signs(words)
    assert known == ["-m", "+seed=1,2", "hydra/launcher=joblib", "+lever.outreach.dose=2"]
    assert select_run_overrides(["+seed=1", "hydra.job.chdir=false"]) == ["seed=1"]


@pytest.mark.parametrize(("words", "says"), [([], "is now a command"), (["-m", "lang=fr"], "est maintenant")])
@pytest.mark.usefixtures("in_english")
def test_the_former_module_says_where_it_went(tmp_path, words, says):
    done = start(tmp_path, "simulator.app.hydra_job", *words)
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.count("\n") == 1 and says in done.stderr and "resilience hydra -m" in done.stderr
