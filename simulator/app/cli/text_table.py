"""Tables as wide as standard output allows, or in Markdown."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Sequence

from ...report.terminal.text_table import lay_out_row

TableRows = Sequence[Sequence[object]]
USUAL_WIDTH = 110
"""Characters of a line of a summary where the terminal is not narrower."""
MIN_COLUMN_WIDTHS = (24, 8)
"""Narrowest a wrapped column gets, characters; the second where the first leaves the table too wide."""


def format_cli_table(heads: Sequence[str], rows: TableRows, markdown: bool = False) -> str:
    """A table as text: a line of heads, then the rows. On a terminal the widest columns wrap until the table fits."""
    cells = [[format_table_cell(cell) for cell in row] for row in rows]
    if markdown:
        lines = [f"| {' | '.join(heads)} |", "|" + "---|" * len(heads)]
        lines += [f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in cells]
        return "\n".join(lines) + "\n"
    widths = [max(len(row[k]) for row in [list(heads), *cells]) for k in range(len(heads))]
    if sys.stdout.isatty():
        widths = fit_column_widths(widths, shutil.get_terminal_size((160, 24)).columns)
    lines = [line for row in [heads, ["-" * width for width in widths], *cells]
             for line in lay_out_row([textwrap.wrap(cell, width) or [""] for cell, width in zip(row, widths)], widths)]
    return "\n".join(lines) + "\n"


def get_output_width(usual: int = USUAL_WIDTH) -> int:
    """Characters a line of standard output has at most: those of the terminal, if it is a narrow one."""
    return min(usual, shutil.get_terminal_size((usual, 24)).columns) if sys.stdout.isatty() else usual


def wrap_to_output(text: str) -> str:
    """The text with lines that are wider than the terminal wrapped; as it is where output is no terminal."""
    width = shutil.get_terminal_size((USUAL_WIDTH, 24)).columns if sys.stdout.isatty() else 0
    lines = text.split("\n")
    return "\n".join(part for line in lines for part in (
        textwrap.wrap(line, width, subsequent_indent="  ") if 0 < width < len(line) else [line]))


def fit_column_widths(widths: Sequence[int], max_width: int) -> list[int]:
    """Column widths that fit into max_width characters with two blanks between columns.

    The widest columns shrink, none below MIN_COLUMN_WIDTHS.
    """
    out, over = list(widths), sum(widths) + 2 * (len(widths) - 1) - max_width
    for least in MIN_COLUMN_WIDTHS:
        while over > 0 and max(out) > least:
            out[out.index(max(out))] -= 1
            over -= 1
    return out


def format_table_cell(cell: object) -> str:
    """A cell on one line: short numbers, lists with commas, a dash for an empty value."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return f"{cell:g}"
    if cell is None or cell == "" or cell == () or cell == []:
        return "-"
    if isinstance(cell, (list, tuple)):
        return ", ".join(format_table_cell(one) for one in cell)
    return " ".join(str(cell).split())


def format_table_title(title: str, markdown: bool, level: int = 2) -> str:
    """A heading with a blank line after it, in Markdown at this level or underlined."""
    return f"{'#' * level} {title}\n\n" if markdown else f"{title}\n{'=' * len(title)}\n\n"
