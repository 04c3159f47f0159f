"""Rows of a table in a text file or an Excel workbook, from its line of column names on, whatever stands above it."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, TextIO

from ...i18n.input_error import InputError
from .folder_file import FREELY_UNPACKED_BYTES, MAX_UNPACKED_RATIO, FolderFile

SEPARATORS = ";\t,|"
IRIS_COLUMNS = ("IRIS", "CODE_IRIS", "DCOMIRIS", "CODEIRIS", "IRIS_CODE", "CODIRIS", "DCIRIS")
COMMUNE_COLUMNS = ("CODGEO", "COM", "DEPCOM", "INSEE_COM", "CODE_COMMUNE", "CODE_INSEE", "INSEE", "CODE_GEO", "CODECOM",
                   "COM_CODE")
GEO_COLUMN, VALUE_COLUMN = "GEO", "OBS_VALUE"
"""Columns of codes and of values in the long format, one line a value."""
MAX_HEADER_LINES = 60
"""Lines in which the column names are looked for: titles, dates and notes may stand above them."""
MAX_LINE_CHARS = 1 << 22
TEXT_KINDS, WORKBOOK_KINDS = (".csv", ".txt", ".tsv"), (".xlsx", ".xlsm")
CHUNK_BYTES = 1 << 20


@dataclass(frozen=True)
class TableRows:
    """A table: its name, its columns (in capitals) by place, and its rows below them, to be read once."""

    name: str
    columns: dict[str, int]
    rows: Iterator[list[str]]
    first_line: int
    """Number of the first row in the file, for messages."""
    twins: Mapping[int, list[int]] = field(default_factory=dict)
    """Place of a column to those of further columns of the same name."""


def read_tables(file: FolderFile) -> Iterator[TableRows]:
    """The tables of a text file (one) or a workbook (one a sheet) that have a column of codes.

    InputError if there is none, or if the file cannot be read.
    """
    if file.kind in WORKBOOK_KINDS:
        yield from _read_sheets(file)
        return
    encoding = detect_encoding(file)
    with file.open() as raw, io.TextIOWrapper(raw, encoding, errors="replace", newline="") as text:
        yield read_text_table(text, file.name)


def read_text_table(text: TextIO, name: str) -> TableRows:
    """The table of an open text. InputError if it has no column of codes."""
    lines = bounded_lines(text)
    top = list(islice(lines, MAX_HEADER_LINES))
    for place, line in enumerate(top):
        for separator in sorted(SEPARATORS, key=line.count, reverse=True):
            cells = split_line(line, separator)
            columns = find_columns(cells)
            if columns:
                return TableRows(name, columns, split_csv_rows(chain(top[place + 1:], lines), separator), place + 2,
                                 _find_twins(cells, columns))
    raise _make_no_codes_error()


def find_columns(cells: Iterable[str]) -> dict[str, int]:
    """Names of columns, in capitals, to their places; empty if none of them holds codes of communes or IRIS."""
    columns: dict[str, int] = {}
    for place, cell in enumerate(cells):
        columns.setdefault(_clean_name(cell), place)
    is_long = GEO_COLUMN in columns and VALUE_COLUMN in columns
    return columns if is_long or any(name in columns for name in (*IRIS_COLUMNS, *COMMUNE_COLUMNS)) else {}


def _clean_name(cell: str) -> str:
    """A column's name in capitals, without quotes and blanks around it."""
    return cell.strip().strip("'\"\ufeff").strip().upper()


def _find_twins(cells: Iterable[str], columns: Mapping[str, int]) -> dict[int, list[int]]:
    """Place of the first column of a name to the places of the others."""
    twins: dict[int, list[int]] = {}
    for place, cell in enumerate(cells):
        if (first := columns[_clean_name(cell)]) != place:
            twins.setdefault(first, []).append(place)
    return twins


def split_line(line: str, separator: str) -> list[str]:
    """The cells of one line."""
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


def detect_encoding(file: FolderFile) -> str:
    """UTF-8 or UTF-16 where the bytes are of it, else Windows-1252. InputError for binary data."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with file.open() as raw:
        chunk = raw.read(CHUNK_BYTES)
        if chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if b"\0" in chunk[:4096]:
            raise InputError("is not a text: expected CSV; export it so")
        try:
            while chunk:
                decoder.decode(chunk)
                chunk = raw.read(CHUNK_BYTES)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def bounded_lines(text: TextIO) -> Iterator[str]:
    """The lines of a text. InputError for one that no table has."""
    while line := text.readline(MAX_LINE_CHARS):
        if len(line) >= MAX_LINE_CHARS:
            raise InputError("has a line of more than {most} characters: no table", most=MAX_LINE_CHARS)
        yield line


def split_csv_rows(lines: Iterable[str], separator: str) -> Iterator[list[str]]:
    """The cells of each line. InputError where CSV is broken."""
    try:
        yield from csv.reader(lines, delimiter=separator)
    except csv.Error as problem:
        raise InputError("cannot be read as CSV ({why}); export it again", why=problem) from None


def _make_no_codes_error() -> InputError:
    return InputError("no column of codes of communes or IRIS in its first {lines} lines: expected one named {names}",
                      lines=MAX_HEADER_LINES, names=("IRIS", "CODGEO", "COM", "GEO"))


def _read_sheets(file: FolderFile) -> Iterator[TableRows]:
    """The sheets of a workbook that have a column of codes: INSEE puts titles above it, and notes on other sheets."""
    found = [table for sheet in _open_workbook(file).worksheets if (table := _find_sheet_table(sheet, file.name))]
    if not found:
        raise _make_no_codes_error()
    yield from found


def read_sheet_rows(file: FolderFile) -> Iterator[list[str]]:
    """The rows of the first sheet of a workbook."""
    sheet = _open_workbook(file).worksheets[0]
    sheet.reset_dimensions()
    yield from ([_format_cell(value) for value in row] for row in sheet.iter_rows(values_only=True))


def _open_workbook(file: FolderFile) -> Any:
    """An Excel workbook. InputError if it is none, or unpacks to many times its size."""
    import openpyxl

    content = io.BytesIO(file.read())
    try:
        with zipfile.ZipFile(content) as archive:
            for member in archive.infolist():
                if member.file_size > max(FREELY_UNPACKED_BYTES, MAX_UNPACKED_RATIO * member.compress_size):
                    raise InputError("unpacks to {many} times its size: no table of communes or IRIS",
                                     many=member.file_size // max(1, member.compress_size))
        return openpyxl.load_workbook(content, read_only=True, data_only=True, keep_links=False)
    except InputError:
        raise
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, AttributeError, SyntaxError) as problem:
        raise InputError("cannot be read as an Excel workbook ({why}); save it again as .xlsx or CSV",
                         why=type(problem).__name__) from None


def _find_sheet_table(sheet: Any, name: str) -> TableRows | None:
    """The table of a sheet; None without a column of codes."""
    sheet.reset_dimensions()  # some programs write them wrong
    rows = ([_format_cell(value) for value in row] for row in sheet.iter_rows(values_only=True))
    for place, cells in enumerate(islice(rows, MAX_HEADER_LINES)):
        columns = find_columns(cells)
        if columns:
            return TableRows(f"{name}[{sheet.title}]", columns, rows, place + 2, _find_twins(cells, columns))
    return None


def _format_cell(value: Any) -> str:
    """A cell as text: whole numbers without decimals, since Excel keeps codes as numbers."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)

