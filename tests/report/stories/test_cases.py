"""Six residents in words: in the terminal, in the brief's annex and on the page to hand on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.dashboard.site.case_rows import list_scene_cases
from simulator.dashboard.site.content import iterate_comparisons
from simulator.records.files.run_files import save_record
from simulator.records.resident_cases import CaseLife, CaseSheet, ResidentCase, write_cases
from simulator.records.results import open as open_results
from simulator.records.story import StoryPerson
from simulator.report.brief.page import render_brief
from simulator.report.stories.cases import format_cases
from tests.analysis import fake_runs

PERSON = StoryPerson(7, 70, 82, True, 0, 1, 0, 0, 0.4, 3.0, (0.0,) * 4, "Sevran", 5, 6, True, True, (), False)


def make_sheet(runs):
    lives = tuple(CaseLife(run, True, 12.5 - k, 40 - k if k else None, True, ("person",) * k, True)
                  for k, run in enumerate(runs))
    names = tuple({"fr": f"levier {k}" if k else "", "en": f"lever {k}" if k else ""} for k in range(len(runs)))
    return CaseSheet(1, names, (ResidentCase("old_alone", PERSON, False, lives),), ("family",))


@pytest.mark.parametrize(("lang", "says"), [
    ("fr", ("82 ans", "étage 5, sans ascenseur", "Sans levier", "12,5", "pas avant la fin", "en couple")),
    ("en", ("82, woman", "floor 5, without a lift", "No lever", "12.5", "not by the end", "in a couple"))])
def test_the_text_says_who_and_what_each_lever_changes(lang, says):
    text = format_cases(make_sheet(["a", "b"]), lang)
    assert all(word in text for word in says), text


@pytest.fixture
def results(tmp_path):
    for record in fake_runs.fake_study(2, ("outreach", "coordinator")):
        save_record(record, tmp_path / "runs" / f"{record.run_id}.parquet")
    return open_results(tmp_path)


def list_first_runs(results):
    return [str(row[0]) for row in results.sql("SELECT run FROM kept WHERE seed = 1 ORDER BY levers").fetchall()]


def test_the_annex_of_the_brief_has_them_where_they_are_kept(results):
    assert "sans ascenseur" not in render_brief(results, "fr")
    write_cases(make_sheet(list_first_runs(results)), results.folder)
    assert "étage 5, sans ascenseur" in render_brief(results, "fr").replace("\u00a0", " ")
    write_cases(make_sheet(["of another folder"]), results.folder)
    assert "sans ascenseur" not in render_brief(results, "fr")


def test_the_page_has_them_in_the_order_of_its_levers(results):
    [(_, comparison)] = iterate_comparisons(results)
    sheet = make_sheet(list_first_runs(results))
    [case] = list_scene_cases(sheet, comparison)
    loss_of_run = dict(zip(sheet.runs, (life.loss for life in sheet.cases[0].lives)))
    arms = [comparison.baseline, *comparison.ranked]
    assert [life["loss"] for life in case["lives"]] == [loss_of_run[str(one.arm.runs[1].run["run"])] for one in arms]
    assert list_scene_cases(None, comparison) == list_scene_cases(make_sheet(["x", "y", "z"]), comparison) == []
    assert replace(sheet, cases=()).runs == ()
