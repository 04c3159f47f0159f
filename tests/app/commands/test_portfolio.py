"""`resilience portfolio` with an engine that draws, and prices of its own."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest

import simulator
from simulator.app.cli.main import main
from tests.app import drawn_study, short_study

PRICES = {"outreach": 50_000.0, "phone_tree_and_register": 10_000.0, "coordinator": 60_000.0}
WORDS = ["portfolio", f"lever=[{','.join(PRICES)}]", "budget=70000", "seeds=2", "fresh=2", "workers=1",
         "severities=[0.5,1.2]", "results=out", "lang=en", *[word for word in short_study.WORDS]]


@pytest.fixture(autouse=True)
def engine(monkeypatch, tmp_path):
    """A folder of its own, drawn records, prices; lists the runs that were played."""
    seen = []

    def player(runs, **more):
        seen.extend(runs)
        drawn_study.play_arms(runs, **more)

    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RESILIENCE_TRACE", raising=False)
    monkeypatch.setattr("simulator.studies.task.engine", lambda: player)
    monkeypatch.setattr("simulator.studies.play.prepare", lambda todo: None)
    monkeypatch.setattr("simulator.app.jobs.trial.Trials.yearly", lambda self, lever, dose: PRICES[lever] * dose)
    monkeypatch.setattr("simulator.app.jobs.trial.Trials.years", lambda self: 3.0)
    return seen


def test_search_confirm_attribute_and_resume(engine, capsys):
    assert main(WORDS) == 0
    told = capsys.readouterr()
    assert told.out.splitlines()[-1] == "out" and "front confirmed on other seeds" in told.out
    with open("out/analysis/front.csv", encoding="utf-8") as file:
        front = {row["levers"]: row for row in csv.DictReader(file)}
    assert "coordinator+outreach" not in front and "none" in front, "110,000 a year is over budget"
    best = "outreach+phone_tree_and_register"
    assert front[best]["stays"] == "1" and float(front[best]["fresh_loss"]) < 0
    assert float(front[best]["cost"]) == 180_000
    assert float(front["none"]["loss"]) == 0, "changes against doing nothing"
    assert {run.seed for run in engine} == {1, 2, 3, 4} and all(PRICES[run.levers[0].id] < 7e4 for run in engine
                                                                if run.levers)
    names = {path.name for path in Path("out/analysis").iterdir()}
    assert {"front.png", "returns.csv", "shapley.svg", "pairs.csv", "analysis.txt"} <= names
    assert set(simulator.open("out").df()["seed"]) == {1, 2, 3, 4}
    before = len(engine)
    assert main(WORDS) == 0 and len(engine) == before, "started again, it plays nothing"


@pytest.mark.parametrize(("words", "says"), [
    (["budget=0"], "above 0"), (["doses=[0]"], "above 0"), (["severities=[]"], "list of numbers"),
    (["plays=0"], "plays"), (["fresh=-1"], "fresh"), (["lever=none"], "at least one lever"), (["budgt=3"], "budget")])
def test_what_cannot_be_is_refused(words, says, capsys, engine):
    names = {word.partition("=")[0] for word in words}
    line = [word for word in WORDS if word.partition("=")[0] not in names]
    assert main([*line, *words]) == 2
    told = capsys.readouterr()
    assert says in told.err and told.err.count("\n") == 1 and not engine


def test_a_missing_library_is_one_line(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "optuna", None)
    assert main(WORDS) == 2
    assert "pip install 'resilience-simulator[analysis]'" in capsys.readouterr().err and not Path("out").exists()


def test_nobody_worse_off_is_a_constraint(engine, capsys):
    assert main([*WORDS, "spare=0"]) == 0
    told = capsys.readouterr().out
    with open("out/analysis/spared.csv", encoding="utf-8") as file:
        states = {row["levers"]: row["state"] for row in csv.DictReader(file)}
    assert "leave a group worse off by more than 0" in told
    with open("out/analysis/front.csv", encoding="utf-8") as file:
        front = {row["levers"] for row in csv.DictReader(file) if row["stays"]}
    assert set(states) == front - {"none"}
    assert main([*WORDS, "spare=-1"]) == 2 and "0 or more" in capsys.readouterr().err


def test_many_levers_are_attributed_by_sampled_orders(engine, monkeypatch, capsys):
    monkeypatch.setattr("simulator.app.commands.portfolio.MOST", 1)
    assert main([*WORDS, "orders=4"]) == 0
    told = capsys.readouterr().out
    assert "over 4 random orders" in told and not Path("out/analysis/pairs.csv").exists()
    Path("out/analysis/shapley.csv").unlink()
    assert main([*WORDS, "orders=0"]) == 0 and not Path("out/analysis/shapley.csv").exists()
