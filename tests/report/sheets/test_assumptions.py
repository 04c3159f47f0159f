"""The assumed numbers on which a comparison depends most, as text and table."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.analysis.sensitivity.assumption_screening import PointEffects, screen_assumptions
from simulator.report.sheets.analysis_sheet import format_sheet_csv
from simulator.report.sheets.assumptions import (
    build_assumption_sheet,
    build_evidence_sheet,
    format_grade_shares,
    read_assumption_note,
)
from tests.analysis.sensitivity.test_assumption_screening import DEFAULT, NUMBERS, linear


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_strongest_are_named_and_the_rest_counted(lang: str) -> None:
    screening = screen_assumptions(NUMBERS, "first", DEFAULT, 40, linear)
    sheet = build_assumption_sheet(screening, NUMBERS, {"first": "Aider"}, lang)
    lines = sheet.text.splitlines()
    assert "Aider" in lines[0] and "{" not in sheet.text and max(map(len, lines)) <= 130
    named = [line for line in lines if line.startswith(("c.n5", "lever.help"))]
    assert len(named) == 4, "both ends of each"
    assert {"fr": "−4,0", "en": "−4.0"}[lang] in sheet.text and {"fr": "non", "en": "no"}[lang] in named[0]
    table = format_sheet_csv(sheet).splitlines()
    assert table[0].startswith("numbers,count,group") and len(table) == 41
    assert table[1].startswith("model.c.n5,1,model.c,1,")


def test_a_change_of_sign_and_failures_are_reported() -> None:
    weak = PointEffects({"first": np.array([-1.0, -1.1]), "second": np.array([0.0, 0.0])})

    def measure(points):
        return [None if "model.a.n0" in moves else PointEffects({"first": np.array([2.0, 2.1]), "second": np.zeros(2)})
                for moves in points]

    text = build_assumption_sheet(screen_assumptions(NUMBERS, "first", weak, 5, measure), NUMBERS, {}, "en").text
    assert "no longer lowers losses" in text and "could not be played: 1" in text
    assert "8 numbers of b, together (n0 … n7)" in text


def test_a_brief_reads_the_table_back(tmp_path) -> None:
    assert read_assumption_note(tmp_path, {"first": "Aider"}, "fr") == ""
    screening = screen_assumptions(NUMBERS, "first", DEFAULT, 40, linear)
    sheet = build_assumption_sheet(screening, NUMBERS, {"first": "Aider"}, "fr")
    (tmp_path / "lean.csv").write_text(format_sheet_csv(sheet), encoding="utf-8")
    note = read_assumption_note(tmp_path, {"first": "Aider"}, "fr")
    assert "« Aider » : c.n5 (à " in note and note.count(" au lieu de −5,0 ") == 3
    assert read_assumption_note(tmp_path, {"second": "Autre"}, "fr") == ""


def test_a_screening_without_clear_changes_says_so() -> None:
    noise = np.array([-1.0, 0.0, 1.0])

    def measure(points):
        return [PointEffects({name: values + noise for name, values in effects.by_arm.items()})
                for effects in linear([{}] * len(points))]

    sheet = build_assumption_sheet(screen_assumptions(NUMBERS, "first", DEFAULT, 5, measure), NUMBERS, {}, "en")
    assert "none of these changes can be told apart from luck" in " ".join(sheet.text.split())


def test_grade_shares() -> None:
    assert "33 (97%)" not in format_grade_shares(NUMBERS, "fr") and "33 (97" in format_grade_shares(NUMBERS, "en")
    assert len(format_sheet_csv(build_evidence_sheet(NUMBERS)).splitlines()) == 1 + len(NUMBERS)
