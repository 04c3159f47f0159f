"""A sheet: one result of an analysis as text, table and figure; and how sheets and other files are written."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from math import isfinite
from pathlib import Path

from ...i18n.plain_text import write_csv
from ..figures.style import Picture, save_picture


@dataclass(frozen=True)
class AnalysisSheet:
    """name: of its files. text: for the terminal. heads, rows: the table, numbers unrounded. picture: its figure, None
    without one."""

    name: str
    text: str
    heads: Sequence[str]
    rows: Sequence[Sequence[object]]
    picture: Picture | None = None


def write_sheets(sheets: Sequence[AnalysisSheet], folder: Path) -> list[Path]:
    """Write each sheet's table (CSV), then each figure (PNG, SVG), atomically. The files written."""
    out = [write_text_atomic(folder / f"{sheet.name}.csv", format_sheet_csv(sheet)) for sheet in sheets]
    for sheet in sheets:
        if sheet.picture is not None:
            out += save_picture(sheet.picture, folder)
    return out


def format_sheet_csv(sheet: AnalysisSheet) -> str:
    """The table as CSV: a decimal point in any language, an empty cell for NaN and infinity."""
    page = StringIO()
    write_csv(page, [sheet.heads, *([_format_cell(cell) for cell in row] for row in sheet.rows)])
    return page.getvalue()


def _format_cell(cell: object) -> object:
    if isinstance(cell, float):
        return f"{cell:.10g}" if isfinite(cell) else ""
    return cell


def write_text_atomic(file: Path, text: str) -> Path:
    """Write a text whole or not at all; the file."""
    return write_bytes_atomic(file, text.encode("utf-8"))


def write_bytes_atomic(file: Path, data: bytes) -> Path:
    """Write bytes whole or not at all; the file. OSError when writing fails, without leaving a temporary file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
        os.replace(temporary, file)
    finally:
        temporary.unlink(missing_ok=True)
    return file
