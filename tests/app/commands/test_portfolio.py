"""`resilience portfolio` with a player that draws records, and given prices."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest

import simulator
from simulator.app.cli.main import main
from simulator.app.jobs.portfolio_evaluator import PortfolioEvaluator
from tests.app import drawn_study, short_study

PRICES = {"outreach": 50_000.0, "phone_tree_and_register": 10_000.0, "coordinator": 60_000.0}
WORDS = ["portfolio", f"lever=[{','.join(PRICES)}]", "budget=70000", "seeds=2", "fresh=2", "workers=1",
         "severities=[0.5,1.2]", "results=out", "lang=en", *short_study.WORDS]


@pytest.fixture(autouse=True)
def engine(monkeypatch, tmp_path):
    """A current folder of its own, drawn records, given prices; lists the runs that were played."""
    seen = []

    def player(runs, **more):
        seen.extend(runs)
        drawn_study.play_arms(runs, **more)

    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RESILIENCE_TRACE", raising=False)
    monkeypatch.setattr("simulator.studies.task.load_default_player", lambda: player)
    monkeypatch.setattr("simulator.studies.missing_runs.precompile_for_workers", lambda *_: None)
    monkeypatch.setattr(PortfolioEvaluator, "lever_yearly_cost", lambda self, lever, dose: PRICES[lever] * dose)
    monkeypatch.setattr(PortfolioEvaluator, "costed_years", lambda self: 3.0)
    return seen


def test_search_confirm_attribute_and_resume(engine, capsys):
    assert main(WORDS) == 0
    output = capsys.readouterr()
    assert output.out.splitlines()[-1] == "out" and "front confirmed on other seeds" in output.out
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
    output = capsys.readouterr()
    assert says in output.err and output.err.count("\n") == 1 and not engine


def test_a_missing_library_is_one_line(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "optuna", None)
    assert main(WORDS) == 2
    assert "pip install 'resilience-simulator[analysis]'" in capsys.readouterr().err and not Path("out").exists()


def test_nobody_worse_off_is_a_constraint(engine, capsys):
    assert main([*WORDS, "spare=0"]) == 0
    output = capsys.readouterr().out
    with open("out/analysis/spared.csv", encoding="utf-8") as file:
        states = {row["levers"]: row["state"] for row in csv.DictReader(file)}
    assert "leave a group worse off by more than 0" in output
    with open("out/analysis/front.csv", encoding="utf-8") as file:
        front = {row["levers"] for row in csv.DictReader(file) if row["stays"]}
    assert set(states) == front - {"none"}
    assert main([*WORDS, "spare=-1"]) == 2 and "0 or more" in capsys.readouterr().err


def test_many_levers_are_attributed_by_sampled_orders(engine, monkeypatch, capsys):
    monkeypatch.setattr("simulator.app.commands.portfolio.MAX_EXACT_LEVERS", 1)
    assert main([*WORDS, "orders=4"]) == 0
    output = capsys.readouterr().out
    assert "over 4 random orders" in output and not Path("out/analysis/pairs.csv").exists()
    Path("out/analysis/shapley.csv").unlink()
    assert main([*WORDS, "orders=0"]) == 0 and not Path("out/analysis/shapley.csv").exists()
