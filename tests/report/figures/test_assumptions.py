"""What a comparison leans on, in words and as a table."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.analysis.sensitivity.assumption_screening import Effects, search
from simulator.report.analysis_sheet import csv_text
from simulator.report.figures.assumptions import SAID, evidence_sheet, lean_sheet, leaning, share_text
from tests.analysis.sensitivity.test_assumption_screening import NOW, NUMBERS, linear


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_strongest_are_named_and_the_rest_counted(lang: str) -> None:
    sheet = lean_sheet(search(NUMBERS, "first", NOW, 40, linear), NUMBERS, {"first": "Aider"}, lang)
    lines = sheet.text.splitlines()
    assert "Aider" in lines[0] and "{" not in sheet.text and max(map(len, lines)) <= 130
    named = [line for line in lines if line.startswith(("c.n5", "lever.help"))]
    assert len(named) == 4, "both ends of each"
    assert {"fr": "−4,0", "en": "−4.0"}[lang] in sheet.text and {"fr": "non", "en": "no"}[lang] in named[0]
    table = csv_text(sheet).splitlines()
    assert table[0].startswith("numbers,count,group") and len(table) == 41
    assert table[1].startswith("model.c.n5,1,model.c,1,")


def test_a_change_of_sign_and_failures_are_said() -> None:
    weak = Effects({"first": np.array([-1.0, -1.1]), "second": np.array([0.0, 0.0])})

    def measure(points):
        return [None if "model.a.n0" in moves else Effects({"first": np.array([2.0, 2.1]), "second": np.zeros(2)})
                for moves in points]

    text = lean_sheet(search(NUMBERS, "first", weak, 5, measure), NUMBERS, {}, "en").text
    assert "no longer lowers losses" in text and "could not be played: 1" in text
    assert "8 numbers of b, together (n0 … n7)" in text


def test_a_brief_reads_it_back(tmp_path) -> None:
    assert leaning(tmp_path, {"first": "Aider"}, "fr") == ""
    sheet = lean_sheet(search(NUMBERS, "first", NOW, 40, linear), NUMBERS, {"first": "Aider"}, "fr")
    (tmp_path / "lean.csv").write_text(csv_text(sheet), encoding="utf-8")
    told = leaning(tmp_path, {"first": "Aider"}, "fr")
    assert "« Aider » : c.n5 (à " in told and told.count(" au lieu de −5,0 ") == 3
    assert leaning(tmp_path, {"second": "Autre"}, "fr") == ""


def test_nothing_clear_is_said() -> None:
    noise = np.array([-1.0, 0.0, 1.0])
    lean = search(NUMBERS, "first", NOW, 5, lambda points: [
        Effects({name: values + noise for name, values in one.by_arm.items()}) for one in linear([{}] * len(points))])
    assert "none of these changes can be told apart from luck" in " ".join(
        lean_sheet(lean, NUMBERS, {}, "en").text.split())


def test_shares() -> None:
    assert "33 (97%)" not in share_text(NUMBERS, "fr") and "33 (97" in share_text(NUMBERS, "en")
    assert len(csv_text(evidence_sheet(NUMBERS)).splitlines()) == 1 + len(NUMBERS)
    for french, english in SAID.values():
        assert french.count("{") == english.count("{")
