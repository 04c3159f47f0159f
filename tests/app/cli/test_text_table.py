"""Tables fit the terminal they are printed on."""

from __future__ import annotations

import os

import pytest

from simulator.app.cli import text_table
from simulator.app.cli.text_table import fit_column_widths, format_cli_table

HEADS = ("name", "what", "why")
ROWS = [("one", "word " * 40, "reason " * 30), ("two", "short", "")]


def test_a_pipe_gets_whole_cells() -> None:
    assert max(len(line) for line in format_cli_table(HEADS, ROWS).splitlines()) > 300


def test_a_terminal_gets_lines_that_fit_and_every_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_table.sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(text_table.shutil, "get_terminal_size", lambda fallback=(80, 24): os.terminal_size((100, 24)))
    text = format_cli_table(HEADS, ROWS)
    assert max(len(line) for line in text.splitlines()) <= 100
    assert text.count("word") == 40 and text.count("reason") == 30


def test_only_the_widest_columns_give_way() -> None:
    assert fit_column_widths([10, 60, 200], 120) == [10, 53, 53]
    assert fit_column_widths([10, 20], 100) == [10, 20]
