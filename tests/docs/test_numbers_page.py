"""The page of contradicted numbers: all thirty, each decided, and true of the code."""

from __future__ import annotations

import re
from pathlib import Path

from simulator.parameters import Model

PAGE = Path(__file__).resolve().parents[2] / "docs" / "numbers.md"
ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
VALUE = re.compile(r"`([a-z_]+)\.([a-z_]+)` (-?\d+(?:\.\d+)?)")
DECISIONS = ("Mended", "Argued", "Open")


def test_all_thirty_are_listed_and_decided():
    rows = ROW.findall(PAGE.read_text(encoding="utf-8"))
    assert [int(row[0]) for row in rows] == list(range(1, 31))
    assert all(row[5].startswith(DECISIONS) for row in rows)


def test_what_the_page_says_of_a_number_is_its_default():
    model = Model()
    said = VALUE.findall(PAGE.read_text(encoding="utf-8"))
    assert len(said) >= 20
    assert [(group, name, value) for group, name, value in said
            if getattr(getattr(model, group), name) != float(value)] == []
