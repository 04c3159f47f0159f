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


def test_values_of_options_get_no_plus():
    words = ["-m", "--config-dir", "cards", "lever=a,b", "--cfg=job", "-cd", "more"]
    assert add_plus_signs(words) == ["-m", "--config-dir", "cards", "+lever=a,b", "--cfg=job", "-cd", "more"]


@pytest.fixture
def own_cards(tmp_path, root):
    """A folder with a lever of one's own."""
    (tmp_path / "my cards" / "lever").mkdir(parents=True)
    text = (root / "configs/lever/outreach.yaml").read_text(encoding="utf-8")
    (tmp_path / "my cards" / "lever" / "out_mine.yaml").write_text(text.replace("id: outreach", "id: out_mine"),
                                                                   encoding="utf-8")
    return tmp_path


@pytest.mark.slow
def test_own_cards_and_patterns_reach_the_jobs(own_cards):
    done = start(own_cards, "simulator", "hydra", "-m", "--config-dir", "my cards", "lever=glob(out*)", *WORDS,
                 "results=out", "hydra.job.chdir=false")
    assert done.returncode == 0, done.stderr
    assert set(simulator.open(own_cards / "out").df()["levers"]) == {"outreach", "out_mine"}


def test_cfg_shows_the_settings_of_the_runs(own_cards):
    done = start(own_cards, "simulator", "hydra", "-m", "--config-dir", "my cards", "lever=out_mine,none", "--cfg",
                 "job", "hydra.job.chdir=false")
    assert done.returncode == 0 and "  out_mine:" in done.stdout, done.stderr


@pytest.mark.usefixtures("in_english")
def test_a_pattern_that_no_card_has_and_no_folder_are_refused(own_cards):
    done = start(own_cards, "simulator", "hydra", "-m", "lever=glob(zz*)", "results=out")
    assert done.returncode == 2 and "no card has such a name" in done.stderr and done.stderr.count("\n") == 1
    done = start(own_cards, "simulator", "hydra", "-m", "--config-dir", "none", "seed=1,2")
    assert done.returncode == 2 and "no such readable folder" in done.stderr and done.stderr.count("\n") == 1


@pytest.mark.parametrize(("words", "says"), [([], "is now a command"), (["-m", "lang=fr"], "est maintenant")])
@pytest.mark.usefixtures("in_english")
def test_the_former_module_says_where_it_went(tmp_path, words, says):
    done = start(tmp_path, "simulator.app.hydra_job", *words)
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.count("\n") == 1 and says in done.stderr and "resilience hydra -m" in done.stderr
