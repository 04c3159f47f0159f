"""Free text (labels, names, sources) handed to what would read more into it: a terminal, a spreadsheet, Markdown.

Figures are the fourth: `report/figures/style.py` draws with Matplotlib's mathtext off.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from typing import IO, Any

_CONTROLS = [*range(9), *range(11, 32), *range(127, 160)]
_DIRECTIONS = [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_VISIBLE = {code: f"\\x{code:02x}" for code in _CONTROLS} | {
    code: f"\\u{code:04x}" for code in (*_DIRECTIONS, 0x2028, 0x2029, *range(0xD800, 0xE000))}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that spreadsheets compute instead of showing it."""
NUMBER = re.compile(r"[+-]?(inf|(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?)")
MARKDOWN_SIGNS = re.compile(r"[\\`*_\[\]<>#$~|&!]")
MARKDOWN_LINE_STARTS = re.compile(r"^(\u00a0*)([-+=]|\d+(?=[.)]))", re.MULTILINE)
REPLACED_PAIRS = re.compile(r"(?<=[<>~-])(?=[-=>])|(?<=:)(?=[A-Za-z_+-][\w+-]*(?:/\w+)?:)")
"""Where Streamlit would make one sign of two, or an icon of a name: a -> b, a -- b, :name:."""
INVISIBLE = "\u2060"
"""The word joiner: it shows as nothing, and what stands on both sides of it is not read as one."""


def make_printable(text: str) -> str:
    """The text without control characters, which move a terminal's cursor or turn its text round: shown as \\x1b."""
    return text.translate(_VISIBLE)


def make_plain_cell(value: Any) -> Any:
    """A spreadsheet's cell: text that would be a formula gets an apostrophe in front; numbers stay as they are."""
    if not isinstance(value, str):
        return value
    is_formula = value.lstrip(" \u00a0").startswith(FORMULA_STARTS) and not NUMBER.fullmatch(value.strip())
    return f"'{make_printable(value)}" if is_formula else make_printable(value)


def write_csv(file: IO[str], rows: Iterable[Sequence[Any]], delimiter: str = ",") -> None:
    """Write rows as CSV, each cell by `make_plain_cell`."""
    writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
    writer.writerows([make_plain_cell(cell) for cell in row] for row in rows)


def escape_markdown(text: str) -> str:
    """The text as Markdown that shows it as it was typed: no emphasis, link, picture, formula, icon or table."""
    plain = REPLACED_PAIRS.sub(INVISIBLE, make_printable(text))
    plain = re.sub(r"^[ \t]+", lambda found: "\u00a0" * len(found[0]), plain, flags=re.MULTILINE)
    return MARKDOWN_LINE_STARTS.sub(_escape_line_start, MARKDOWN_SIGNS.sub(r"\\\g<0>", plain))


def _escape_line_start(found: re.Match[str]) -> str:
    blanks, mark = found[1], found[2]
    return f"{blanks}{mark}{INVISIBLE}" if mark[0].isdigit() else f"{blanks}\\{mark}"


class PrintableStream:
    """A terminal's stream, to which everything goes through `make_printable`. raw_stream: the stream itself."""

    def __init__(self, stream: IO[str]) -> None:
        self.raw_stream = stream

    def write(self, text: str) -> int:
        """Write the text; returns its length, as streams do."""
        self.raw_stream.write(make_printable(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write each line."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.raw_stream, name)
