"""Rows are laid out as they are given: aligned, no wider than their columns, text taken literally."""

from __future__ import annotations

import io

import pytest

from simulator.app.cli.text_table import format_cli_table
from simulator.i18n.plain_text import PrintableStream
from simulator.report.terminal.text_table import format_fixed_width_table, lay_out_row

HOSTILE = "[red]x[/red] \x1b[31m {braces} %s | `code`"


def test_a_row_is_as_high_as_its_highest_cell() -> None:
    assert lay_out_row([["one", "two"], ["a"]], [5, 3]) == ["one    a", "two"]
    assert lay_out_row([["one", "two"], ["a"]], [5, 3], right=True) == ["one      a", "two"]
    with pytest.raises(ValueError):
        lay_out_row([["one"], ["a"]], [5])


def test_columns_line_up_on_the_right() -> None:
    lines = format_fixed_width_table(["name", "value"], [["b", "22"], ["a", "1,000"]]).splitlines()
    assert len({len(line) for line in lines}) == 1 and lines[2].endswith("   22") and lines[3].endswith("1,000")


def test_a_narrow_terminal_gets_one_value_a_line() -> None:
    text = format_fixed_width_table(["name", "value", "other"], [["b", "22", "x" * 30]], most=20)
    assert max(map(len, text.splitlines())) <= 20 and "value: 22" in text


@pytest.mark.parametrize("make", [format_cli_table, format_fixed_width_table])
def test_markup_and_escape_sequences_are_text(make) -> None:
    """Markup stays as typed; what moves a cursor is made visible by the stream that every command prints to."""
    page = io.StringIO()
    PrintableStream(page).write(make(["name", "value"], [[HOSTILE, HOSTILE]]))
    shown = page.getvalue()
    assert "[red]x[/red]" in shown and "{braces} %s | `code`" in shown and "\x1b" not in shown and "\\x1b[31m" in shown


def test_what_the_output_cannot_encode_is_replaced() -> None:
    raw = io.BytesIO()
    with io.TextIOWrapper(raw, encoding="ascii", errors="replace") as out:
        PrintableStream(out).write(format_fixed_width_table(["é", "x"], [["“a”", "1"]]))
        out.flush()
        assert raw.getvalue().count(b"\n") == 3
