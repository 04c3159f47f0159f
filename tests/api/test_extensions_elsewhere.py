"""Code and people of one's own in a study and on a Dask cluster: the same runs, the same bytes, as in Python."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import simulator as sim
from simulator.app.cli.main import main
from simulator.studies.executor_settings import ExecutorSettings
from simulator.studies.missing_runs import play_missing
from simulator.studies.store import Store
from simulator.studies.task import ProgressListener
from tests.api.small import small
from tests.config.population import made_files

CARD = """
label_en: Own code in a study
label_fr: Du code à soi dans une étude
question_en: Does it play?
question_fr: Joue-t-il ?
set:
  experiment: small_heatwave
  territory.residents: 200
  residents: tests.api.own_code:Proud
  mechanisms: [tests.api.own_code:gossip]
  network: watts_strogatz:k=6,p=0.1
  population: own
  uncertainty: seeds
design:
  kind: grid
vary:
  crisis.heatwave.severity: [1.0, 2.0]
portfolios:
  levers: [fans]
seeds: 1
outcomes: [loss]
"""
OWN: dict[str, Any] = {"residents": "tests.api.own_code:Proud", "mechanisms": ["tests.api.own_code:gossip"],
                       "network": "watts_strogatz:k=6,p=0.1", "population": "own"}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a population in it, as the current one."""
    made_files.write(tmp_path / "own", made_files.make_frames(made_files.synthetic()))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.slow
@pytest.mark.usefixtures("in_english")
def test_a_study_plays_them(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "own_study.yaml").write_text(CARD, encoding="utf-8")
    assert main(["study", "name=own_study.yaml", "results=out", "workers=1"]) == 0, capsys.readouterr().err
    stored = set(sim.open_results(here / "out")["kept"]["run"])
    known = sim.scenario(experiment="small_heatwave", **{"territory.residents": 200, **OWN})
    expected = {known.change(**{"crisis.heatwave.severity": severity}).run(1, levers=levers).id
                for severity in (1.0, 2.0) for levers in ((), ("fans",))}
    assert stored == expected and len(expected) == 4


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_dask_cluster_plays_them(here: Path) -> None:
    pytest.importorskip("distributed")
    run = small(**OWN).run(1)
    files = []
    for name, executor in (("dask", ExecutorSettings("dask", workers=1)), ("local", ExecutorSettings(workers=1))):
        store = Store(here / name)
        assert play_missing([run], store, executor, ProgressListener()) == []
        files.append(store.path(run.id).read_bytes())
    assert files[0] == files[1]
