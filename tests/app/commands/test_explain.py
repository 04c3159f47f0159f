"""`resilience explain`: one story as text or data, and what it refuses."""

from __future__ import annotations

import json

import pytest

from simulator.app.cli.main import main
from simulator.studies.store import Store
from tests.properties.trial_run import quick, trial
from tests.records.small_record import small_record
from tests.studies.test_replay_check import plain


@pytest.fixture
def mine(monkeypatch, tmp_path):
    """A folder that holds one run with a lever."""
    monkeypatch.chdir(tmp_path)
    run = trial(quick("outreach"))
    Store(tmp_path / "mine").save(small_record(run.id, **plain(run)))
    return tmp_path


def test_text_and_data(mine, capsys) -> None:
    before = sorted(mine.rglob("*"))
    assert main(["explain", "mine", "--resident", "42"]) == 0
    assert "n° 42 · " in capsys.readouterr().out
    assert main(["explain", "mine", "resident=42", "--json", "threads=1"]) == 0
    story = json.loads(capsys.readouterr().out)
    assert story["person"]["number"] == 42 and len(story["arms"]) == 2
    new = [path for path in mine.rglob("*") if path not in before]
    assert [path.suffix for path in new if path.is_file()] == [".txt", ".txt"]
    assert {path.parent for path in new if path.is_file()} == {mine / "mine" / "stories"}


def test_a_story_told_before_is_not_played_again(mine, capsys, monkeypatch) -> None:
    assert main(["explain", "mine", "--resident", "42"]) == 0
    first = capsys.readouterr().out

    def refuse(*_, **__):
        raise AssertionError("played again")

    monkeypatch.setattr("simulator.studies.story_replay.replay_story", refuse)
    assert main(["explain", "mine", "--resident", "42"]) == 0
    output = capsys.readouterr()
    assert output.out == first and output.err == ""


def test_six_cases_are_played_once_and_kept(monkeypatch, tmp_path, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    runs = [trial(), trial(quick("outreach"))]
    for run in runs:
        Store(tmp_path / "mine").save(small_record(run.id, **plain(run)))
    before = {path: path.read_bytes() for path in (tmp_path / "mine" / "runs").iterdir()}
    assert main(["explain", "mine", "--resident", "cases", "lang=en"]) == 0
    told = capsys.readouterr().out
    assert "Nobody is real" in told and (tmp_path / "mine" / "cases.json").is_file()
    monkeypatch.setattr("simulator.engine.tracing.case_replay.replay_cases", None)
    assert main(["explain", "mine", "resident=cases", "lang=en"]) == 0
    assert capsys.readouterr().out == told
    assert main(["explain", "mine", "resident=cases", "--json"]) == 0
    sheet = json.loads(capsys.readouterr().out)
    assert all(len(case["lives"]) == 2 for case in sheet["cases"])
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize("words", [
    ["mine", "--resident", "Paul"], ["mine", "--resident=-1"], ["mine", "--resident", "500"], ["mine", "seed=x"],
    ["mine", "seed=4"], ["mine", "lever=fans"], ["mine", "run=0"], ["mine", "threads=0"], ["mine", "who=1"],
    ["mine", "more"], ["nothing"], [], ["mine", "seed=1", "seed=1"], ["mine", "--resident"], ["mine", "lang=de"]])
def test_refusals_are_one_line(mine, capsys, words) -> None:
    assert main(["explain", *words]) == 2
    output = capsys.readouterr()
    assert output.out == "" and "Traceback" not in output.err and output.err.splitlines()[-1].startswith("resilience: ")
