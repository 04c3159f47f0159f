"""Bad studies: one line, exit code 2, nothing written."""

from __future__ import annotations

import pytest

from simulator.app.cli.main import main
from tests.app import short_study

BAD = [
    ({"design": {"kind": "grdi"}}, "one of grid, list"),
    ({"vary": {"crisis.heatwave.severity": []}}, "at least one value"),
    ({"vary": {"crisis.heatwave.severity": {"low": 2, "high": 1}}}, "low below high"),
    ({"vary": {"crisis.heatwave.severity": {"low": 0, "high": 1}}}, "levels"),
    ({"vary": {"crisis.heatwave.severity": {"low": 0, "high": 1, "steps": 3}}}, "'steps' is not known"),
    ({"vary": {"crisis.heatwave.severity": [0.5, 9]}}, "0 to 3"),
    ({"vary": {"crisis.heatwave.severty": [1]}}, "severity"),
    ({"vary": {"crisis.flood.severity": [1]}}, "not chosen"),
    ({"vary": {"crisis": ["heatwav"]}}, "heatwave"),
    ({"vary": {"model.joining.rate": ["a"]}}, "a number"),
    ({"vary": {"model.joining": [1]}}, "group of settings"),
    ({"vary": {"threads": [1, 2]}}, "cannot vary"),
    ({"vary": {"results": ["a", "b"]}}, "cannot vary"),
    ({"vary": {"member": [1]}}, "no ensemble"),
    ({"ensemble": "../../secrets.csv"}, "outside"),
    ({"ensemble": "none.csv"}, "cannot be read"),
    ({"portfolios": {"levers": ["coordinatr"]}}, "coordinator"),
    ({"portfolios": {"levers": ["coordinator"], "design": "all"}}, "factorial"),
    ({"stop": {"half_width": 0.1, "least": 10, "most": 5}}, "raise most"),
    ({"stop": {"half_width": 0.1, "outcome": "los"}}, "loss"),
    ({"outcomes": ["deth"]}, "death"),
    ({"seeds": 0}, "1 to 10000"),
    ({"design": {"kind": "sobol", "points": 3}}, "power of two"),
    ({"design": {"kind": "latin_hypercube"}}, "number of points"),
    ({"rows": [{"seed": 1}]}, "design.kind: list"),
    ({"set": {"model": {"joining": 1}}}, "dotted names"),
    ({"set": {"_target_": "os.system"}}, "unknown setting"),
    ({"set": {"results": "/srv/elsewhere"}}, "said on the command line"),
    ({"set": {"executor.address": "tcp://127.0.0.1:1"}}, "said on the command line"),
    ({"quest": 1}, "is not known"),
]


@pytest.mark.parametrize(("entries", "says"), BAD, ids=[says for _, says in BAD])
def test_bad_studies(refused, tmp_path, entries, says):
    card = short_study.write(tmp_path / "cards" / "my.yaml", **entries)
    assert says in refused("study", f"name={card}")


@pytest.mark.parametrize(("argv", "says"), [
    (["study"], "name="), (["study", "name=nothing_like_it"], "first_study"), (["study", "name=../x"], "no study"),
    (["study", "name=first_study", "executor=slurm"], "dask, local"),
    (["study", "name=first_study", "executor.workers=0"], "1 to 1024"),
    (["study", "name=first_study", "executor.address=tcp://x"], "only for executor=dask"),
    (["study", "name=first_study", "seeds=3", "seeds=4"], "twice"),
    (["run", "-m", "seed=1"], "several values"), (["run", "-m", "model.joining.rate=interval(0,1)"], "listed values"),
    (["run", "-m", "lever=coordinator,coordinatr"], "coordinator"), (["study", "-m", "lever=a,b"], "belongs to run"),
    (["run", "-m", "workers=1,2"], "listed values"), (["table"], "FOLDER"), (["table", "nowhere"], "no results"),
    (["verify", "nowhere"], "no results"), (["compact"], "FOLDER"),
])
def test_wrong_words(refused, argv, says):
    assert says in refused(*argv)


def test_a_folder_of_something_else_is_left_alone(refused, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("x")
    card = short_study.write(tmp_path / "my.yaml")
    assert "other files" in refused("study", f"name={card}", "results=mine")


def test_a_missing_library_is_named(refused, monkeypatch, tmp_path):
    import sys

    monkeypatch.setitem(sys.modules, "SALib.sample.morris", None)
    card = short_study.write(tmp_path / "my.yaml", design={"kind": "morris", "points": 2},
                             vary={"model.joining.rate": "declared"})
    assert "resilience-simulator[analysis]" in refused("study", f"name={card}")


def test_cfg_prints_and_writes_nothing(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["study", "name=first_study", "--cfg", "job"]) == 0
    assert "id: village" in capsys.readouterr().out and not list(tmp_path.iterdir())
