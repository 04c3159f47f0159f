"""`resilience survey`: both columns, on the survey's day; refusals in one line, with nothing written."""

from __future__ import annotations

import csv

import pytest

import simulator as sim
from simulator.api.survey import find_survey, interview_residents, list_survey_runs
from simulator.app.cli.main import main
from simulator.engine.loop import play

pytestmark = pytest.mark.usefixtures("in_english")


def test_both_columns_are_printed_and_written(tmp_path, capsys) -> None:
    folder = tmp_path / "found"
    assert main(["survey", "apur_2023", "territory=village", "seeds=[2]", f"results={folder}", "lang=en"]) == 0
    printed = capsys.readouterr().out
    (row,) = csv.DictReader((folder / "survey.csv").read_text(encoding="utf-8").splitlines())
    assert "89 %" in printed and f"{float(row['model']):.0f} [" in printed and row["published"] == "89"
    frame = sim.survey("apur_2023", [2], territory="village")
    assert frame.loc[0, "model"] == pytest.approx(float(row["model"])) and frame.loc[0, "published"] == 89


def test_residents_are_asked_on_the_survey_s_day() -> None:
    """Help since the lockdown began, counted seven weeks into it, is less than at the end of the run."""
    card = find_survey("coconel_2020", [])
    runs = list_survey_runs(card, ["territory=village"], [], [1])
    (asked,), end = list(interview_residents(card, runs)), play(runs[0]).tables["people"]
    assert asked["uid"].tolist() == end["uid"].tolist() and asked["ties"].tolist() == end["ties"].tolist()
    assert (asked["gave"] <= end["gave"]).all() and asked["gave"].sum() < end["gave"].sum()


@pytest.mark.parametrize(("words", "part"), [
    ([], "apur_2023"), (["no_such"], "no_such"), (["apur_2023", "seeds=0"], "seeds"),
    (["apur_2023", "seeds=[1,1]"], "seeds"), (["apur_2023", "teritory=village"], "territory"),
    (["apur_2023", "more"], "more"),
    (["apur_2023", "calendar.levers=2022-02-07", "calendar.horizon_days=30"], "2023-06-15"),
    (["apur_2023", "threads=0"], "threads")])
def test_refusals(words, part, capsys, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["survey", *words, "lang=en"]) == 2
    told = capsys.readouterr()
    assert part in told.err and told.err.count("\n") == 1 and not told.out and not list(tmp_path.iterdir())
