"""`resilience validate` from the command line to the last line printed, with drawn records and given checks."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from simulator.analysis.validation.pattern_targets import TARGETS
from simulator.app.cli.main import main
from simulator.app.commands.analysis import validate
from simulator.app.jobs import batch
from simulator.engine.verification import VerificationCheck
from simulator.i18n.translation import Message
from simulator.records.observed.schema import OBSERVED_SCHEMAS
from simulator.records.record import cast_columns
from tests.app.drawn_play import PlayedRuns, draw_record

ADULTS = 10
"""Residents of a drawn run, one in ten of whom is isolated and has given help."""


def draw_observed(run):
    """A drawn record with a people table: every number 0 but age and who is isolated."""
    record = draw_record(run)
    if "people" in run.observe:
        zeros = {name: np.zeros(ADULTS) for name in OBSERVED_SCHEMAS["people"] if name != "run"}
        some = np.arange(ADULTS) == 0
        raw = {**zeros, "age": np.full(ADULTS, 30), "alive_onset": np.ones(ADULTS), "isolated": some, "calm_gave": some}
        record.tables["people"] = cast_columns("people", raw, run.id)
    return record


@pytest.fixture
def played(monkeypatch, tmp_path):
    """The runs that were played. good: whether the verification check passes. fails: seeds whose runs fail."""
    monkeypatch.chdir(tmp_path)

    seen = PlayedRuns()
    seen.good = True
    monkeypatch.setattr(batch, "play_missing", seen.make_player(draw_observed))
    monkeypatch.setattr(validate, "_run_verification",
                        lambda job: [VerificationCheck("V1", Message("hours"), seen.good)])
    return seen


WORDS = ["validate", "territory=village", "seeds=3", "results=mine", "lang=en"]


def test_a_page_two_tables_and_only_what_is_missing(played, capsys, tmp_path):
    assert main(WORDS) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[-1] == "mine" and f"of {len(TARGETS)} published figures met" in out
    years = [run for run in played if run.observe == ("ties",)]
    assert len(played) == 6 and len(years) == 3 and all(not run.scenario.crises for run in years)
    table = (tmp_path / "mine" / "validation.csv").read_text(encoding="utf-8").splitlines()
    rows = {row["pattern"]: row for row in csv.DictReader(table)}
    assert float(rows["isolated"]["median"]) == 0.1 and rows["isolated"]["verdict"] == "pass"
    assert rows["gave"]["verdict"] == "fail" and rows["seven_years"]["verdict"] == "not_measured"
    assert (tmp_path / "mine" / "validation.html").exists() and (tmp_path / "mine" / "checks.csv").exists()
    assert main(WORDS) == 0 and len(played) == 6
    assert main([word.replace("=3", "=4") for word in WORDS]) == 0 and len(played) == 8


def test_a_check_that_fails_ends_with_one_and_its_page_all_the_same(played, capsys, tmp_path):
    played.good = False
    assert main(WORDS) == 1 and "V1" in capsys.readouterr().out and (tmp_path / "mine" / "validation.html").exists()


def test_a_run_that_fails_is_named_and_the_others_are_judged(played, capsys):
    played.fails = (2,)
    assert main(WORDS) == 1
    output = capsys.readouterr()
    assert len(played) == 4 and "2 of 6" in output.err and "broke on two lines" in output.err


@pytest.mark.parametrize(("word", "named"), [("years=-1", "years"), ("years=21", "years"), ("years=x", "years"),
                                             ("ensemble=2", "ensemble")])
def test_bad_input_is_one_line(word, named, played, capsys, tmp_path):
    assert main([*WORDS, word]) == 2
    output = capsys.readouterr()
    assert not output.out and named in output.err and not played and not list((tmp_path).glob("mine/*"))
