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
    """Rows under their heads. On a terminal the widest columns are wrapped until the table fits its width."""
    cells = [[text(cell) for cell in row] for row in rows]
    if markdown:
        lines = [f"| {' | '.join(heads)} |", "|" + "---|" * len(heads)]
        lines += [f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in cells]
        return "\n".join(lines) + "\n"
    widths = [max(len(row[k]) for row in [list(heads), *cells]) for k in range(len(heads))]
    if sys.stdout.isatty():
        widths = fitted(widths, shutil.get_terminal_size((160, 24)).columns)
    lines = [*_row(heads, widths), *_row(["-" * width for width in widths], widths)]
    for row in cells:
        lines += _row(row, widths)
    return "\n".join(lines) + "\n"


def fitted(widths: Sequence[int], room: int) -> list[int]:
    """Widths that fit into `room` with two blanks between: the widest columns give way, down to LEAST each."""
    out, over = list(widths), sum(widths) + 2 * (len(widths) - 1) - room
    while over > 0 and max(out) > LEAST:
        out[out.index(max(out))] -= 1
        over -= 1
    return out


def _row(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    parts = [textwrap.wrap(cell, width) or [""] for cell, width in zip(cells, widths, strict=True)]
    tall = max(len(part) for part in parts)
    columns = [part + [""] * (tall - len(part)) for part in parts]
    return ["  ".join(one.ljust(width) for one, width in zip(line, widths, strict=True)).rstrip()
            for line in zip(*columns, strict=True)]


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
