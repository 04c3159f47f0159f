"""Tables for the terminal, or in Markdown."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Sequence

Rows = Sequence[Sequence[object]]
LEAST = 24
"""Narrowest a wrapped column gets, characters."""


def table(heads: Sequence[str], rows: Rows, markdown: bool = False) -> str:
    """Rows under their heads. On a terminal the last column is wrapped to its width."""
    cells = [[text(cell) for cell in row] for row in rows]
    if markdown:
        lines = [f"| {' | '.join(heads)} |", "|" + "---|" * len(heads)]
        lines += [f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in cells]
        return "\n".join(lines) + "\n"
    widths = [max(len(row[k]) for row in [list(heads), *cells]) for k in range(len(heads))]
    before = sum(widths[:-1]) + 2 * (len(widths) - 1)
    room = max(LEAST, shutil.get_terminal_size((160, 24)).columns - before) if sys.stdout.isatty() else 10_000
    lines = [*_row(heads, widths, room), *_row(["-" * min(width, room) for width in widths], widths, room)]
    for row in cells:
        lines += _row(row, widths, room)
    return "\n".join(lines) + "\n"


def _row(cells: Sequence[str], widths: list[int], room: int) -> list[str]:
    last = textwrap.wrap(cells[-1], room) or [""]
    head = "  ".join(cell.ljust(width) for cell, width in zip(cells[:-1], widths, strict=False))
    pad = " " * len(head)
    glue = "  " if head else ""
    return [(head if k == 0 else pad) + glue + part for k, part in enumerate(last)]


def text(cell: object) -> str:
    """A cell on one line: numbers short, lists with commas, nothing as a dash."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return f"{cell:g}"
    if cell is None or cell == "" or cell == () or cell == []:
        return "-"
    if isinstance(cell, (list, tuple)):
        return ", ".join(text(one) for one in cell)
    return " ".join(str(cell).split())


def title(words: str, markdown: bool, level: int = 2) -> str:
    """A heading with a blank line after it."""
    return f"{'#' * level} {words}\n\n" if markdown else f"{words}\n{'=' * len(words)}\n\n"
