"""paths= of `compare`, without simulation: what it plays, where, and what it writes."""

from __future__ import annotations

import csv

import pytest

from simulator.app.cli.main import main
from simulator.app.commands.compare.command import list_comparison_runs
from simulator.app.commands.compare.paths import build_path_sheets, list_path_runs, simulate_path_runs
from simulator.app.jobs import batch
from simulator.studies.store import Store
from tests.app.drawn_play import PlayedRuns, draw_record
from tests.records.small_record import small_record
from tests.studies.test_replay_check import plain


@pytest.fixture
def compared(idle, tmp_path, monkeypatch):
    """(job, its store with the comparison's own runs, ids of the runs played since)."""
    played: list[str] = []

    def keep(runs, store, *_):
        for run in store.list_missing_runs(runs):
            played.append(run.id)
            store.save(small_record(run.id, **plain(run)))
        return []

    monkeypatch.setattr(batch, "play_missing", keep)
    assert main(["compare", "territory=village", "lever=[fans,outreach]", "seeds=2", "paths=[ties,sites,ties+sites]",
                 "lang=en"]) == 0
    job, store = idle[-1][0], Store(tmp_path / "mine")
    keep(list_comparison_runs(job), store)
    played.clear()
    return job, store, played


def test_runs_are_counted_before_and_only_what_is_missing_is_played_apart(compared, capsys):
    job, store, played = compared
    runs = list_comparison_runs(job)
    before = {file.name for file in store.runs.iterdir()}
    assert not simulate_path_runs(job, store, runs, "en")
    assert "3 cuts x 3 arms x 2 seeds = 18 runs, 18 to play" in capsys.readouterr().err and len(played) == 18
    assert {file.name for file in store.runs.iterdir()} == before, "nothing among the comparison's own runs"
    assert {file.stem for file in (store.folder / "paths" / "runs").iterdir()} == set(played)
    played.clear()
    simulate_path_runs(job, store, runs, "en")
    assert "18 runs, 0 to play" in capsys.readouterr().err and not played


def test_every_run_is_the_comparison_s_own_with_channels_cut(compared):
    job = compared[0]
    runs = list_comparison_runs(job)
    for cut, cut_runs in list_path_runs(job, runs).items():
        for run, twin in zip(runs, cut_runs):
            assert (twin.ablate, twin.ablate_from) == (cut, "levers")
            assert (twin.seed, twin.levers, twin.scenario) == (run.seed, run.levers, run.scenario)


def test_a_known_share_arrives_in_table_figure_and_text(monkeypatch, tmp_path, capsys):
    """Records in which 60 % of every effect is gone without ties, and nothing changes without sites."""
    monkeypatch.chdir(tmp_path)
    seen = PlayedRuns()
    monkeypatch.setattr(batch, "play_missing", seen.make_player(
        lambda run: draw_record(run, strength=0.4 if "ties" in run.ablate else 1.0, wide=0.0)))
    words = ["compare", "seeds=4", "lever=[phone_tree_and_register,outreach]", "results=mine", "lang=en"]
    assert main(words) == 0 and len(seen) == 12 and "By which path" not in capsys.readouterr().out
    assert not (tmp_path / "mine" / "paths.csv").exists()
    assert main([*words, "paths=[ties,sites]"]) == 0
    output = capsys.readouterr()
    assert "24 runs, 24 to play" in output.err and len(seen) == 12 + 24 and output.out.splitlines()[-1] == "mine"
    assert "Exactly nothing runs through: sites." in output.out and "60%" in output.out
    with open(tmp_path / "mine" / "paths.csv", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["outcome"] == "loss"]
    assert [(row["levers"], row["cut"], row["seeds"], row["cut_from"]) for row in rows] == [
        (lever, cut, "4", "levers") for lever in ("phone_tree_and_register", "outreach") for cut in ("ties", "sites")]
    for row in rows:
        share = 0.6 if row["cut"] == "ties" else 0.0
        assert float(row["share"]) == pytest.approx(share, abs=1e-9)
        assert float(row["remains"]) == pytest.approx((1 - share) * float(row["effect"]))
    assert (tmp_path / "mine" / "figures" / "paths.svg").is_file() and not (tmp_path / "mine" / "paths.svg").exists()


def test_a_comparison_without_its_runs_with_channels_cut_says_nothing_of_them(compared):
    job, store, _ = compared
    runs = list_comparison_runs(job)
    assert build_path_sheets(job, store, store.opened(runs), runs) == []
