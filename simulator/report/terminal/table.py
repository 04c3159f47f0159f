"""Tables of fixed width for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

LABEL = 34
"""Widest the first column gets before it is wrapped, characters."""


def fixed(heads: Sequence[str], rows: Sequence[Sequence[str]], label: int = LABEL) -> str:
    """Rows under their heads: the first column on the left and wrapped, the others on the right."""
    first = [wrap(row[0], label, break_long_words=True) or [""] for row in rows]
    wide = [max([len(heads[0]), *(len(line) for lines in first for line in lines)])]
    wide += [max(len(row[k]) for row in [heads, *rows]) for k in range(1, len(heads))]
    lines = [_line(heads[0], heads[1:], wide), "─" * (sum(wide) + 2 * (len(wide) - 1))]
    for row, parts in zip(rows, first):
        lines.append(_line(parts[0], row[1:], wide))
        lines += [f"  {part}" if len(part) + 2 <= wide[0] else part for part in parts[1:]]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _line(label: str, cells: Sequence[str], wide: Sequence[int]) -> str:
    return "  ".join([label.ljust(wide[0]), *(cell.rjust(width) for cell, width in zip(cells, wide[1:]))])
