"""`resilience study` and `run -m` without simulation: which runs are played, and what is reported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import simulator
from simulator.app.cli.main import main
from simulator.app.commands import study as command
from tests.app import short_study
from tests.studies import fake_player


@pytest.fixture
def played(monkeypatch, tmp_path):
    """A current folder of its own, and a player that makes records up. Lists the runs that were played."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RESILIENCE_TRACE", raising=False)
    seen = []

    def player(runs, **more):
        seen.extend(runs)
        fake_player.play_arms(runs, **more)

    monkeypatch.setattr("simulator.studies.task.load_default_player", lambda: player)
    monkeypatch.setattr("simulator.studies.missing_runs.precompile_for_workers", lambda *_: None)
    return seen


def study(*words, code=0, **entries):
    """Write the card my.yaml with these entries and play it in one process."""
    card = short_study.write(Path.cwd() / "cards" / "my.yaml", **entries)
    assert main(["study", f"name={card}", "workers=1", "results=out", *words]) == code


def test_a_grid_with_portfolios_and_seeds(played, capsys):
    study("lang=en")
    output = capsys.readouterr()
    assert output.out.splitlines()[0] == "Which lever?" and output.out.splitlines()[-1] == "out"
    assert "12 done, 0 failed, 0 running, 0 left" in output.err
    assert len(played) == 12
    rows = simulator.open("out").sql('SELECT point, arm, seed, "crisis.heatwave.severity", status FROM runs').fetchall()
    assert {row[1] for row in rows} == {"baseline", "coordinator", "outreach"}
    assert {(row[0], row[3]) for row in rows} == {(0, 0.5), (1, 1.5)} and {row[4] for row in rows} == {"done"}


def test_started_again_it_plays_only_what_is_missing(played):
    study("seeds=1")
    assert len(played) == 6
    study()
    assert len(played) == 12 and [run.seed for run in played[6:]] == [2] * 6
    study()
    assert len(played) == 12


def test_a_changed_setting_plays_only_what_it_touches(played):
    study()
    study(vary={"crisis.heatwave.severity": [0.5, 1.2]})
    assert len(played) == 18
    study(portfolios={"levers": ["coordinator", "fans"]})
    assert len(played) == 22 and {run.levers[0].id for run in played[18:]} == {"fans"}
    study("lever.coordinator.dose=2", seeds=1)
    assert len(played) == 24 and {run.levers[0].id for run in played[22:]} == {"coordinator"}


def test_a_failed_run_is_stored_reported_and_played_again_only_on_request(played, monkeypatch, capsys):
    def fails(runs, *, on_record, threads):
        for run in runs:
            if run.levers and run.levers[0].id == "outreach":
                raise ValueError("nobody home")
            on_record(run, fake_player.record_of(run))

    good = simulator.studies.task.load_default_player
    monkeypatch.setattr("simulator.studies.task.load_default_player", lambda: fails)
    study(code=1)
    output = capsys.readouterr().err
    assert "4 simulations sur 12 ont échoué ; la première : outreach, seed" in output
    assert "nobody home" in output and "retry=true" in output
    results = simulator.open("out")
    assert results.count() == {"done": 8, "failed": 4, "missing": 0}
    assert set(results.df("failures")["error"]) == {"ValueError: nobody home"}
    failure = json.loads(next(iter(results.folder.glob("failed/*.json"))).read_text())
    assert failure["content"]["scenario"]["territory"]["id"] == "village" and "nobody home" in failure["trace"]
    monkeypatch.setattr("simulator.studies.task.load_default_player", good)
    study(code=1)
    assert played == []
    study("retry=true")
    assert len(played) == 4 and simulator.open("out").count()["failed"] == 0


def test_seeds_are_added_until_the_interval_is_narrow(played, monkeypatch):
    calls = []

    def enough(d, half, **more):
        calls.append(len(d))
        return len(d) >= 7

    monkeypatch.setattr(command, "is_precise_enough", enough)
    stop = {"half_width": 0.1, "least": 3, "batch": 2, "most": 20}
    study(stop=stop, vary={"crisis.heatwave.severity": [1.0]})
    assert sorted({run.seed for run in played}) == [1, 2, 3, 4, 5, 6, 7] and set(calls) == {3, 5, 7}
    study(stop={**stop, "most": 4}, vary={"crisis.heatwave.severity": [1.2]})
    assert sorted({run.seed for run in played[21:]}) == [1, 2, 3, 4]


def test_members_of_an_ensemble(played, tmp_path):
    (tmp_path / "cards").mkdir()
    (tmp_path / "cards" / "sets.csv").write_text(
        "member,model.joining.rate,model.hearing.visibility\n1,0.1,0.04\n2,0.2,0.05\n", encoding="utf-8")
    study(ensemble="sets.csv", vary={"member": [1, 2]}, portfolios={}, seeds=1)
    assert [run.model.joining.rate for run in played] == [0.1, 0.2]
    assert simulator.open("out").sql("SELECT member FROM runs ORDER BY point").fetchall() == [(1,), (2,)]


def test_behaviours_crises_and_levers_may_vary(played):
    study(vary={"behaviour": ["balanced", "selection_only"], "crisis": ["heatwave", ["heatwave", "power_cut"], "none"],
                "lever": ["coordinator", "none"]}, portfolios={"levers": ["outreach"]}, seeds=1)
    rows = set(simulator.open("out").sql("SELECT behaviour, crises, levers FROM runs").fetchall())
    assert len(rows) == len(played) == 2 * 3 * 4
    assert ("selection_only", "heatwave+power_cut", "coordinator+outreach") in rows and ("balanced", "", "") in rows


def test_a_list_may_vary(played):
    study(vary={"territory.sites": [[], ["pas_si_loin"]]}, portfolios={}, seeds=1)
    assert [len(run.scenario.territory.sites) for run in played] == [0, 1]


@pytest.mark.parametrize(("kind", "count"), [("latin_hypercube", 5), ("sobol", 4 * 4), ("morris", 3 * 3)])
def test_sampled_designs(played, kind, count):
    if kind != "latin_hypercube":
        pytest.importorskip("SALib")
    points = {"latin_hypercube": 5, "sobol": 4, "morris": 3}[kind]
    study(design={"kind": kind, "points": points}, portfolios={}, seeds=1, vary={
        "crisis.heatwave.severity": {"low": 0.5, "high": 2}, "model.joining.rate": "declared"})
    plan = simulator.open("out").df("plan")
    assert len(plan) == count and plan["crisis.heatwave.severity"].between(0.5, 2).all()
    assert plan["model.joining.rate"].between(0.05, 0.5).all()


def test_multirun_is_a_study_of_every_combination(played, capsys):
    words = ["run", "-m", *short_study.WORDS, "lever=none,coordinator,[coordinator,outreach]",
             "crisis.heatwave.severity=0.5,1.5", "seed=1,2", "results=out", "workers=1"]
    assert main(words) == 0
    assert len(played) == 12
    assert main(words) == 0 and len(played) == 12
    study("seeds=2", "uncertainty=seeds")
    assert len(played) == 16, "the baseline and the coordinator are there already"
    assert len(set(simulator.open("out").df("plan")["study"])) == 2


def test_multirun_globs_as_hydra_does(played, capsys):
    assert main(["run", "-m", "crisis=glob(heat*)", "territory=village", "results=out", "workers=1"]) == 0
    assert {run.scenario.crises[0].id for run in played} == {"heatwave", "heatwave_2003"}


def test_the_folder_is_readable_before_anything_is_played(played, monkeypatch):
    def look(runs, **more):
        assert simulator.open("out").count()["missing"] == 12
        raise KeyboardInterrupt

    monkeypatch.setattr("simulator.studies.task.load_default_player", lambda: look)
    study(code=130)
