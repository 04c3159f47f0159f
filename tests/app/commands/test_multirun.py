"""`run -m` and `compare -m` print one row for each point, and never an interval without an end."""

from __future__ import annotations

import re

import pytest

import simulator as sim
from simulator.app.cli.main import main

SMALL = ("experiment=small_heatwave", "territory.residents=200", "workers=1", "threads=1", "lang=en")


@pytest.fixture
def played(tmp_path, monkeypatch, capsys):
    """played(words): the rows of the table that a sweep prints, each a list of cells, and all that it printed."""
    monkeypatch.chdir(tmp_path)

    def play(*words: str):
        assert main([words[0], "-m", *SMALL, "results=out", *words[1:]]) == 0
        text = capsys.readouterr().out
        lines = text.splitlines()
        first = next(k for k, line in enumerate(lines) if set(line) == {"-", " "})
        table = [re.split(r"\s{2,}", line.strip()) for line in [lines[first - 1], *lines[first + 1:]]]
        return [row for row in table if len(row) == len(table[0])], text

    return play


def test_one_row_per_point_paired_with_the_baseline_of_the_sweep(played, tmp_path) -> None:
    (head, *rows), text = played("run", "lever=none,phone_tree_and_register", "crisis.heatwave.severity=1,2",
                                 "seed=range(1,7)")
    assert head == ["lever", "crisis.heatwave.severity", "seeds", "mean", "spread", "change", "low", "high"]
    assert [row[:3] for row in rows] == [["baseline", "1", "6"], ["baseline", "2", "6"],
                                         ["phone_tree_and_register", "1", "6"], ["phone_tree_and_register", "2", "6"]]
    frame = sim.open_results(tmp_path / "out")["runs"]
    alone = [sim.scenario(experiment="small_heatwave", **{"territory.residents": 200, "crisis.heatwave.severity": 2.0})]
    known = sim.run_many(alone, seeds=6, workers=1)["loss"]
    assert len(frame) == 24
    assert float(rows[1][3]) == pytest.approx(known.mean(), rel=1e-4)
    assert float(rows[1][4]) == pytest.approx(known.std(), rel=1e-4)
    assert rows[0][5:] == ["-", "-", "-"] and "inf" not in text


def test_a_sweep_of_numbers_has_no_change(played) -> None:
    (head, *rows), text = played("run", "crisis.heatwave.severity=range(0.5,2,0.5)", "seed=1,2")
    assert head == ["crisis.heatwave.severity", "seeds", "mean", "spread"]
    assert [row[:2] for row in rows] == [["0.5", "2"], ["1", "2"], ["1.5", "2"]] and "inf" not in text


@pytest.mark.parametrize(("words", "says"), [
    (("lever=coordinator,outreach", "seed=1,2"), "add the run without levers to the sweep"),
    (("lever=none,outreach",), "a spread needs two seeds or more"),
    (("lever=none,phone_tree_and_register", "seed=1,2"), "no interval yet: it needs")])
def test_what_is_missing_is_said(played, words: tuple[str, ...], says: str) -> None:
    rows, text = played("run", *words)
    assert says in text and "inf" not in text and len(rows) == 3


def test_a_sweep_of_comparisons(played) -> None:
    (head, *rows), _ = played("compare", "lever=[fans,outreach]", "seeds=2", "crisis.heatwave.severity=1,2")
    assert head[:3] == ["crisis.heatwave.severity", "lever", "seeds"]
    assert [row[:3] for row in rows] == [[severity, arm, "2"] for severity in "12"
                                         for arm in ("baseline", "fans", "outreach")]
    (_, *rows), _ = played("compare", "lever=fans,outreach", "seeds=[1]")
    assert [row[0] for row in rows] == ["baseline", "fans", "outreach"]


def test_no_lever_may_be_fixed(played) -> None:
    (_, *rows), _ = played("run", "lever=none", "crisis.heatwave.severity=1,2")
    assert len(rows) == 2


@pytest.mark.parametrize(("argv", "says"), [
    (["run", "-m", "lever=glob(zz*)"], "no card has such a name"),
    (["compare", "-m", "lever=fans", "euros=3", "crisis.heatwave.severity=1,2"], "compare -m does not take euros="),
    (["compare", "-m", "lever=none", "crisis.heatwave.severity=1,2"], "compare needs at least one lever"),
    (["study", "-m", "lever=a,b"], "-m belongs to run and compare"),
    (["run", "hydra.sweep.dir=x"], "resilience hydra -m … hydra.sweep.dir=x"),
    (["run", "-m", "seed=1,2", "hydra/launcher=joblib"], "resilience hydra -m … hydra/launcher=joblib"),
    (["compare", "experiment=smal"], "no such preset; expected: small_heatwave"),
    (["run", "-m", "seed=1,x"], "whole numbers"), (["run", "-m", "seed=1,true"], "whole numbers"),
    (["run", "-m", "seed=choice(1,-1)"], "0 or more"),
    (["run", "+territory=pantin"], "write territory=pantin"), (["run", "+crisis=heatwave"], "listed twice")])
def test_refusals(refused, argv: list[str], says: str) -> None:
    assert says in refused(*argv)
