"""After a comparison six residents are followed once, said before; never where it takes long or cannot be done."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from simulator.app.jobs import cases
from simulator.records.resident_cases import CaseSheet, write_cases
from simulator.scenario.extensions import Extensions
from tests.engine.tracing.test_replay import ACTIVE, CALM


@pytest.fixture
def played(monkeypatch, tmp_path):
    """What would be played: the runs of a comparison are stored, and following residents takes no time."""
    asked = []

    def load(results, *, threads, progress):
        asked.append(threads)
        progress(1, 1)
        write_cases(CaseSheet(1, (), (), ()), tmp_path)

    (tmp_path / "runs").mkdir()
    monkeypatch.setattr(cases, "open_results", FakeResults)
    monkeypatch.setattr(cases, "select_case_runs", lambda results: [CALM, ACTIVE])
    monkeypatch.setattr(cases, "is_case_file_current", lambda results: (tmp_path / "cases.json").exists())
    monkeypatch.setattr(cases, "load_cases", load)
    return asked


class FakeResults:
    def __init__(self, folder):
        self.folder = folder

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        return None


def job(run=CALM):
    return SimpleNamespace(baseline=run, threads=1)


def test_they_are_followed_once_and_that_is_said_before(played, tmp_path, capsys):
    cases.follow_residents(job(), tmp_path, "en")
    told = capsys.readouterr()
    assert "six residents are followed" in told.err and "2 runs to play, about" in told.err and not told.out
    cases.follow_residents(job(), tmp_path, "en")
    assert played == [1] and not capsys.readouterr().err


def test_neither_in_large_places_nor_with_residents_of_ones_own(played, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(cases, "count_residents", lambda run: cases.MAX_FOLLOWED_RESIDENTS + 1)
    cases.follow_residents(job(), tmp_path, "en")
    monkeypatch.setattr(cases, "count_residents", lambda run: 500)
    cases.follow_residents(job(replace(CALM, extensions=Extensions())), tmp_path, "en")
    assert not played and not capsys.readouterr().err


def test_a_comparison_without_anybody_to_follow_is_complete(played, monkeypatch, tmp_path, capsys):
    def refuse(results):
        raise ValueError("no crisis without levers is kept here")

    monkeypatch.setattr(cases, "select_case_runs", refuse)
    cases.follow_residents(job(), tmp_path, "en")
    assert not played and not capsys.readouterr().err and not (tmp_path / "cases.json").exists()
