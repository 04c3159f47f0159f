"""`resilience run` and `compare` from the command line to the last line printed, with drawn records."""

from __future__ import annotations

import re

import pytest

from simulator.app.cli.main import main
from simulator.app.commands import run
from simulator.app.jobs import batch
from tests.app.drawn_play import PlayedRuns, draw_record


@pytest.fixture
def played(monkeypatch, tmp_path):
    """The runs that were played, by a player that draws records; see PlayedRuns."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RESILIENCE_TRACE", raising=False)

    seen = PlayedRuns()

    def simulate(run, threads, progress):
        seen.append(run)
        progress.set_progress(3, 3)
        return draw_record(run)

    monkeypatch.setattr(batch, "play_missing", seen.make_player(draw_record))
    monkeypatch.setattr(run, "simulate_run", simulate)
    monkeypatch.setattr("simulator.app.commands.compare.command.follow_residents", lambda *_: None)  # plays for real
    return seen


def names(folder):
    return sorted(file.name for file in folder.iterdir())


def test_run_with_an_ensemble_plays_two_seeds_a_set_and_only_what_is_missing(played, capsys, tmp_path):
    words = ["run", "ensemble=2", "seed=5", "results=mine", "lang=en"]
    assert main(words) == 0
    output = capsys.readouterr()
    assert [run.seed for run in played] == [5, 6, 7, 8] and len({str(run.model) for run in played}) == 2
    assert "4 seeds, 2 calibrated parameter sets" in output.out and output.out.splitlines()[-1] == "mine"
    assert "ensemble.csv" in names(tmp_path / "mine")
    assert names(tmp_path / "mine" / "figures") == ["ensemble.png", "ensemble.svg"]
    assert main(words) == 0 and len(played) == 4


def test_run(played, capsys, tmp_path):
    assert main(["run", "seed=7", "results=mine", "lang=en"]) == 0
    output = capsys.readouterr()
    assert output.out.splitlines()[-1] == "mine" and "Heat wave" in output.out
    assert names(tmp_path / "mine") == ["columns.md", "figures", "log", "runs", "settings.yaml", "summary.txt"]
    assert names(tmp_path / "mine" / "figures") == ["run.png", "run.svg"]
    assert main(["run", "seed=7", "results=mine"]) == 0
    assert len(played) == 1 and "Canicule" in capsys.readouterr().out


def test_compare_prints_effects_and_plays_only_what_is_missing(played, capsys, tmp_path):
    words = ["compare", "results=mine", "lever=[coordinator,outreach]"]
    assert main([*words, "seeds=3"]) == 0
    output = capsys.readouterr()
    assert output.out.splitlines()[-1] == "mine" and "9 simulations, 9 à jouer" in output.err
    assert "graine 3 finie, 9 simulations sur 9" in output.err
    assert len(played) == 9 and "effects.parquet" in names(tmp_path / "mine")
    figures = names(tmp_path / "mine" / "figures")
    assert {"chain.png", "effects.svg", "trade_off.png"} <= set(figures) and len(figures) == 12
    assert main([*words, "seeds=4"]) == 0
    assert len(played) == 12 and "12 simulations, 3 à jouer" in capsys.readouterr().err
    assert main([*words[:-1], "lever=[coordinator,outreach,open_project]", "seeds=4", "lang=en"]) == 0
    assert len(played) == 16 and "4 to play" in capsys.readouterr().err


def test_runs_of_one_seed_share_everything_but_levers(played):
    assert main(["compare", "seeds=2", "lever=[coordinator,outreach]", "together=true"]) == 0
    arms = [(run.seed, len(run.levers)) for run in played]
    assert arms == [(seed, count) for seed in (1, 2) for count in (0, 1, 1, 2)]
    assert len({id(run.scenario) for run in played}) == 1


def test_some_runs_fail(played, capsys):
    played.fails = ("outreach",)
    assert main(["compare", "seeds=2", "lever=[coordinator,outreach]", "results=mine", "lang=en"]) == 1
    output = capsys.readouterr()
    assert "2 of 6 runs failed; first: outreach, seed 1: ValueError: broke on two lines" in output.err
    assert output.out.splitlines()[-1] == "mine"
    played.fails = ()
    assert main(["compare", "seeds=2", "lever=[coordinator,outreach]", "results=mine"]) == 0
    assert len(played) == 6


def test_all_runs_with_levers_fail(played, capsys):
    played.fails = ("outreach",)
    assert main(["compare", "seeds=1", "lever=outreach", "results=mine", "lang=en"]) == 1
    assert "1 of 2 runs failed" in capsys.readouterr().err


def test_ctrl_c_then_again(played, capsys):
    played.stop = 4
    assert main(["compare", "seeds=3", "lever=outreach", "results=mine", "lang=en"]) == 130
    output = capsys.readouterr()
    assert re.search(r"^resilience: interrupted; what is finished stays in mine", output.err, re.MULTILINE)
    played.stop = None
    assert main(["compare", "seeds=3", "lever=outreach", "results=mine"]) == 0
    assert len(played) == 6
