"""One result of an analysis: what it says, its table, and its figure; the table stands behind the figure as a file."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from math import isfinite
from pathlib import Path

from .figures.style import Picture, save


@dataclass(frozen=True)
class Sheet:
    """text: for the terminal. heads, rows: the table behind the figure, numbers unrounded. picture: None without one.
    """

    name: str
    text: str
    heads: Sequence[str]
    rows: Sequence[Sequence[object]]
    picture: Picture | None = None


def keep(sheets: Sequence[Sheet], folder: Path) -> list[Path]:
    """Write each sheet's table (CSV) and figure (PNG, SVG), each whole or not at all."""
    out = []
    for sheet in sheets:
        out.append(write(folder / f"{sheet.name}.csv", csv_text(sheet)))
        if sheet.picture is not None:
            out += save(sheet.picture, folder)
    return out


def csv_text(sheet: Sheet) -> str:
    """The table as CSV: points in numbers in any language, empty cells for what is not known."""
    page = StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(sheet.heads)
    writer.writerows([[_cell(cell) for cell in row] for row in sheet.rows])
    return page.getvalue()


def _cell(cell: object) -> object:
    if isinstance(cell, float):
        return f"{cell:.10g}" if isfinite(cell) else ""
    return cell


def write(file: Path, text: str) -> Path:
    """Write a text whole or not at all."""
    return write_bytes(file, text.encode("utf-8"))


def write_bytes(file: Path, told: bytes) -> Path:
    """Write bytes whole or not at all; OSError when the disk refuses, and nothing is left."""
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(told)
        os.replace(temporary, file)
    finally:
        temporary.unlink(missing_ok=True)
    return file
