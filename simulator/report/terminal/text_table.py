"""Tables of fixed width for a terminal. `app/cli/text_table.py` fits its own to the terminal with `lay_out_row`."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

LABEL = 34
"""Characters a line of the first column, which is wrapped."""


def format_fixed_width_table(heads: Sequence[str], rows: Sequence[Sequence[str]], label: int = LABEL,
                             most: int = 0) -> str:
    """Rows under their heads: the first column aligned left and wrapped, the others aligned right.

    label: characters a line of the first column. most: characters a line may have (0: any number); a wider table is
    written row by row, one value a line.
    """
    labels = [wrap(row[0], label, break_long_words=True) or [""] for row in rows]
    widths = [max([len(heads[0]), *(len(line) for lines in labels for line in lines)])]
    widths += [max(len(row[k]) for row in [heads, *rows]) for k in range(1, len(heads))]
    if most and sum(widths) + 2 * (len(widths) - 1) > most:
        return _stack_rows(heads, rows, most)
    lines = [*lay_out_row([[head] for head in heads], widths, right=True), "─" * (sum(widths) + 2 * (len(widths) - 1))]
    for row, parts in zip(rows, labels):
        first = [parts[0], *(f"  {part}" if len(part) + 2 <= widths[0] else part for part in parts[1:])]
        lines += lay_out_row([first, *([cell] for cell in row[1:])], widths, right=True)
    return "\n".join(lines) + "\n"


def _stack_rows(heads: Sequence[str], rows: Sequence[Sequence[str]], most: int) -> str:
    """The rows one below the other: the first cell, then a line for each other cell with its head."""
    lines = []
    for row in rows:
        lines += ["", *wrap(row[0], most)]
        for head, cell in zip(heads[1:], row[1:]):
            lines += wrap(f"{head}: {cell}", most, initial_indent="  ", subsequent_indent="    ")
    return "\n".join(lines[1:]) + "\n"


def lay_out_row(cells: Sequence[Sequence[str]], widths: Sequence[int], right: bool = False) -> list[str]:
    """The lines of one row, two blanks between columns. cells: the lines of each cell, none wider than its column.

    right: all columns but the first are aligned right.
    """
    height = max(len(cell) for cell in cells)
    columns = [[*cell, *[""] * (height - len(cell))] for cell in cells]
    return ["  ".join(part.rjust(width) if right and k else part.ljust(width)
                      for k, (part, width) in enumerate(zip(line, widths, strict=True))).rstrip()
            for line in zip(*columns, strict=True)]
