"""Reads the tables of a folder: CSV files, plain or zipped, in UTF-8 or Latin-1, as INSEE publishes them."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ...i18n.input_error import InputError

SEPARATORS = ";,\t|"
IRIS_COLUMNS = ("IRIS", "CODE_IRIS", "DCOMIRIS", "CODEIRIS")
COMMUNE_COLUMNS = ("CODGEO", "COM", "DEPCOM", "INSEE_COM")
MISSING_MARKS = ("", "s", "ns", "nd", "so", "n/d", "c", "nr")
"""Cells of a figure that is secret, not significant or not available."""
MAX_TABLE_BYTES = 1 << 30
"""Largest table, in bytes; a larger file is no table of communes or IRIS."""


@dataclass(frozen=True)
class OfficialTable:
    """One table. rows: code (5 characters: commune, 9: IRIS) to its cells, in the order of `columns`."""

    name: str
    columns: dict[str, int]
    by_iris: bool
    rows: dict[str, list[str]]

    def read_figure(self, code: str, column: str) -> float | None:
        """The figure; None where it is secret or missing. InputError if it is no number, or negative."""
        cells, place = self.rows[code], self.columns[column]
        text = "".join(cells[place].split()) if place < len(cells) else ""
        if text.lower() in MISSING_MARKS:
            return None
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            value = float("nan")
        if not abs(value) < float("inf"):
            raise InputError("{name}: {column} of {code} is {text}: expected a number; mend the cell", name=self.name,
                             column=column, code=code, text=text)
        if value < 0:
            raise InputError("{name}: {column} of {code} is negative ({text}); mend the cell", name=self.name,
                             column=column, code=code, text=text)
        return value


def read_official_tables(folder: Path, communes: frozenset[str]) -> list[OfficialTable]:
    """Every table of the folder that has a column of codes, in order of name.

    communes: codes of the communes whose rows are kept; all if empty. InputError for a file that cannot be read.
    """
    tables = [parse_official_table(name, text, communes) for name, text in read_csv_texts(folder)]
    return [table for table in tables if table is not None]


def read_csv_texts(folder: Path) -> Iterator[tuple[str, str]]:
    """(name, text) of every CSV of the folder, also in zip archives, but for descriptions of variables."""
    try:
        files = sorted(file for file in folder.iterdir() if file.is_file())
    except OSError as problem:
        raise InputError("territory.data = {folder}: cannot be read ({why}); give a folder of official files",
                         folder=folder, why=problem.strerror or "?") from None
    for file in files:
        kind = file.suffix.lower()
        try:
            if kind == ".csv" and not _is_variable_description(file.name):
                yield file.name, decode_text(file.read_bytes(), file.name)
            elif kind == ".zip":
                yield from _read_zipped_texts(file)
        except (OSError, zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError, ValueError) as problem:
            if isinstance(problem, InputError):
                raise
            raise InputError("{name}: cannot be read ({why}); download it again", name=file.name,
                             why=getattr(problem, "strerror", None) or problem) from None


def _read_zipped_texts(file: Path) -> Iterator[tuple[str, str]]:
    import zlib

    with zipfile.ZipFile(file) as archive:
        for member in sorted(archive.infolist(), key=lambda one: one.filename):
            member_name = Path(member.filename).name
            if not member_name.lower().endswith(".csv") or _is_variable_description(member_name):
                continue
            name = f"{file.name}/{member_name}"
            if member.file_size > MAX_TABLE_BYTES:
                raise InputError("{name}: more than 1 GB: expected a table of communes or IRIS; take it out of the "
                                 "folder", name=name)
            try:
                yield name, decode_text(archive.read(member), name)
            except zlib.error as problem:
                raise zipfile.BadZipFile(str(problem)) from None


def _is_variable_description(name: str) -> bool:
    return name.lower().startswith(("meta", "varmod", "._"))


def decode_text(raw: bytes, name: str) -> str:
    """The text in UTF-8, with or without byte order mark, else in Windows-1252. InputError for binary data."""
    if b"\0" in raw[:4096]:
        raise InputError("{name}: is not a text: expected CSV; export it so", name=name)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def split_csv_rows(text: str, name: str) -> Iterator[list[str]]:
    """The cells of each line. The separator is the most frequent in the first line; InputError if it has none."""
    head = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=head.count)
    if not head.count(separator):
        raise InputError("{name}: no separator in its first line: expected columns between semicolons; export it so",
                         name=name)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error as problem:
        raise InputError("{name}: cannot be read as CSV ({why}); export it again", name=name, why=problem) from None


def parse_official_table(name: str, text: str, communes: frozenset[str]) -> OfficialTable | None:
    """The table of a CSV text; None if it has no column of codes. InputError for an invalid or repeated code."""
    lines = split_csv_rows(text, name)
    columns = {cell.strip().upper(): place for place, cell in enumerate(next(lines, []))}
    iris_column = next((one for one in IRIS_COLUMNS if one in columns), None)
    key = iris_column or next((one for one in COMMUNE_COLUMNS if one in columns), None)
    if key is None:
        return None
    rows: dict[str, list[str]] = {}
    for number, cells in enumerate(lines, 2):
        if not any(cell.strip() for cell in cells):
            continue
        cell = cells[columns[key]] if columns[key] < len(cells) else ""
        length = 9 if iris_column else 5
        code = normalise_insee_code(cell, length)
        if not code:
            raise InputError("{name}: line {number}: {key} is {word}: expected a code of {length} characters; keep "
                             "codes as text", name=name, number=number, key=key, word=cell, length=length)
        if communes and code[:5] not in communes:
            continue
        if code in rows:
            raise InputError("{name}: {code} is there twice; keep one line", name=name, code=code)
        rows[code] = cells
    return OfficialTable(name, columns, iris_column is not None, rows)


def normalise_insee_code(text: str, length: int) -> str:
    """The INSEE code of a cell, with a leading zero that a spreadsheet has dropped; "" if it is no code."""
    code = text.strip().strip("'\"").upper()
    if code.isdigit() and len(code) == length - 1:
        code = f"0{code}"
    return code if re.fullmatch(rf"(\d\d|2A|2B)\d{{{length - 2}}}", code, re.ASCII) else ""
